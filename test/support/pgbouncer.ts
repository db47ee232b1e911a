import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { chooseServerAccount } from '../../scripts/postgres/account.ts';
import { openChild } from '../../scripts/processes/managed-child.ts';
import { eventually } from './eventually.ts';
import { connect } from 'node:net';

export interface TestPgbouncer {
  /** the target's URL through the pooler */
  url: string;
  stop(): Promise<void>;
}

/** Debian's PgBouncer in front of one database, `settings` as in its configuration. */
export async function startPgbouncer(
  targetUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<TestPgbouncer> {
  const target = new URL(targetUrl);
  const name = target.pathname.slice(1);
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-pgbouncer-'));
  // it does not run as root
  const account = chooseServerAccount();
  const config = join(folder, 'pgbouncer.ini');
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'any',
    ...settings,
  };
  await writeFile(
    config,
    [
      '[databases]',
      `${name} = host=127.0.0.1 port=${target.port} dbname=${name} user=${target.username} password=${target.password}`,
      '[pgbouncer]',
      ...Object.entries(all).map(([key, value]) => `${key} = ${value}`),
      '',
    ].join('\n'),
  );
  await chmod(folder, 0o755);
  if (account !== null) await chown(config, account.uid, account.gid);
  await chmod(config, 0o600);
  const child = await openChild({
    name: 'pgbouncer',
    command: 'pgbouncer',
    args: [config],
    account,
    logPath: join(folder, 'log'),
    stopSignal: 'SIGINT',
  });
  await eventually(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port }, () => {
          socket.destroy();
          resolve();
        });
        socket.once('error', () => reject(new Error(child.output())));
      }),
    { timeoutMs: 20_000 },
  );
  target.port = String(port);
  return {
    url: target.href,
    async stop() {
      await child.stop(5_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
