import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureDatabase, openEmbeddedPostgres, type EmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { isAlive } from '../../scripts/processes/find-process.ts';
import { eventually } from '../support/eventually.ts';

const isRoot = process.getuid?.() === 0;

describe('embedded PostgreSQL', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-embedded-'));
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps data and password between runs, the password readable by its owner alone, and leaves no process', async () => {
    const first = await openEmbeddedPostgres({ folder });
    await ensureDatabase(first, 'kept');
    await query(first, 'kept', 'create table drinks as select 42 as sold');
    await first.stop();
    assert.ok(!isAlive(first.pid));

    const second = await openEmbeddedPostgres({ folder });
    assert.deepEqual(await query(second, 'kept', 'select sold from drinks'), [{ sold: 42 }]);
    assert.equal(second.password, first.password);
    assert.equal((await stat(join(folder, 'password'))).mode & 0o777, 0o600);
    await second.stop();
  });

  it('asks everybody for the password, also on this machine', async () => {
    const server = await openEmbeddedPostgres({ folder });
    const url = new URL(server.urlFor('postgres'));
    url.password = 'guessed';
    const stranger = new pg.Client({ connectionString: url.href });
    await assert.rejects(stranger.connect(), /password authentication failed/);
    await server.stop();
  });

  it('ends with its parent, even one that is killed', async () => {
    const parent = await startParent(folder);
    parent.process.kill('SIGKILL');
    await eventually(() => assert.ok(!isAlive(parent.serverPid)), { timeoutMs: 10_000 });
  });

  it('starts again after the server was killed', async () => {
    const killed = await openEmbeddedPostgres({ folder });
    await ensureDatabase(killed, 'kept');
    await killed.kill();
    assert.ok(existsSync(join(killed.home, 'data/postmaster.pid')));
    const again = await openEmbeddedPostgres({ folder });
    assert.deepEqual(await query(again, 'kept', 'select 1 as ok'), [{ ok: 1 }]);
    await again.stop();
  });

  it('starts where the process id left behind belongs to somebody else by now', async () => {
    const first = await openEmbeddedPostgres({ folder });
    await first.stop();
    const pidFile = join(first.home, 'data/postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${join(first.home, 'data')}\n`);
    const { uid, gid } = await stat(join(first.home, 'data'));
    await chown(pidFile, uid, gid);
    const again = await openEmbeddedPostgres({ folder });
    await again.stop();
  });

  it('lower() knows Cyrillic letters', async () => {
    const server = await openEmbeddedPostgres({ folder });
    assert.deepEqual(await query(server, 'postgres', `select lower('ЁЛКА') as lower`), [{ lower: 'ёлка' }]);
    await server.stop();
  });

  // Only root has to hand the server to another account; for anybody else the closed folder is their own.
  if (isRoot) {
    it('as root in a folder closed to others, goes where its account can reach, says where, and finds it again', async () => {
      await chmod(folder, 0o700);
      const closed = join(folder, 'postgres-test');
      const notices: string[] = [];
      const first = await openEmbeddedPostgres({ folder: closed, onNotice: (text) => notices.push(text) });
      try {
        await ensureDatabase(first, 'kept');
        await first.stop();
        assert.notEqual(first.home, closed);
        assert.ok(
          notices.some((text) => text.includes(first.home)),
          `nothing says ${first.home}: ${notices.join('; ')}`,
        );
        const second = await openEmbeddedPostgres({ folder: closed });
        assert.deepEqual(await query(second, 'kept', 'select 1 as ok'), [{ ok: 1 }]);
        await second.stop();
        assert.equal((await readFile(join(closed, 'location'), 'utf8')).trim(), first.home);
      } finally {
        await rm(first.home, { recursive: true, force: true });
      }
    });
  }
});

async function query(server: EmbeddedPostgres, database: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.urlFor(database) });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}

/** Another Node process that opens a server and waits to be killed. */
async function startParent(folder: string): Promise<{ process: ReturnType<typeof spawn>; serverPid: number }> {
  const module = new URL('../../scripts/embedded-postgres.ts', import.meta.url).href;
  const script = `
    const { openEmbeddedPostgres } = await import(${JSON.stringify(module)});
    const server = await openEmbeddedPostgres({ folder: ${JSON.stringify(folder)} });
    console.log(server.pid);
    setInterval(() => {}, 1_000);`;
  const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  return { process: parent, serverPid: Number.parseInt(line.toString(), 10) };
}
