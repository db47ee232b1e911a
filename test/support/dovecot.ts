/**
 * A real IMAP server on loopback: Debian's Dovecot with a configuration, mailboxes and a certificate of its own. Ends
 * with `stop`; `restart` cuts every connection as an update of the server does.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { eventually } from './eventually.ts';

export const MAIL_USER = 'reports@vhm24r.test';
export const MAIL_PASSWORD = 'pl4nted/mail:pw';

export interface TestDovecot {
  port: number;
  /** imaps:// with user and password, for INTAKE_IMAP_URL */
  url(mailbox?: string): string;
  /** the certificate that clients must trust, for NODE_EXTRA_CA_CERTS */
  certificate: string;
  /** Work with a client of the test's own. */
  signedIn<T>(work: (client: ImapFlow) => Promise<T>): Promise<T>;
  restart(): Promise<void>;
  /** It takes this password alone from now on. */
  setPassword(password: string): Promise<void>;
  /** Nothing can be put into this mailbox, made where it is missing, until it is unlocked. */
  lock(mailbox: string): Promise<() => Promise<void>>;
  /** The mailbox is made anew, with the messages it has: another UIDVALIDITY, other UIDs. */
  renumber(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDovecot(): Promise<TestDovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-dovecot-'));
  const port = await findFreePort();
  const isRoot = process.getuid?.() === 0;
  // mail is never read as root
  const owner = isRoot ? { name: 'nobody', uid: idOf('-u'), gid: idOf('-g') } : { name: userInfo().username, ...me() };
  const certificate = join(folder, 'cert.pem');
  execFileSync(
    'openssl',
    [
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
      ['-keyout', join(folder, 'key.pem'), '-out', certificate],
      ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ].flat(),
    { stdio: 'ignore' },
  );
  await mkdir(join(folder, 'mail'));
  await chmod(folder, 0o755);
  if (isRoot) await chown(join(folder, 'mail'), owner.uid, owner.gid);
  const login = isRoot ? 'dovenull' : owner.name;
  const internal = isRoot ? 'dovecot' : owner.name;
  const config = join(folder, 'dovecot.conf');
  const configure = (password: string) =>
    writeFile(
      config,
      `base_dir = ${folder}/run
state_dir = ${folder}/run
protocols = imap
log_path = ${folder}/log
ssl = required
ssl_cert = <${certificate}
ssl_key = <${folder}/key.pem
listen = 127.0.0.1
default_internal_user = ${internal}
default_login_user = ${login}
${isRoot ? '' : `default_internal_group = ${owner.gid}`}
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = static
  args = user=${MAIL_USER} password=${password}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail/%u
}
service imap-login {
  ${isRoot ? '' : 'chroot =\n'}
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
# who is refused is told at once, and waits for nothing at the next sign-in
auth_failure_delay = 0
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
  ${isRoot ? '' : 'chroot =\n'}
}
namespace inbox {
  inbox = yes
  separator = /
}
`,
    );
  await configure(MAIL_PASSWORD);
  let child: ChildProcess | null = null;
  const start = async () => {
    child = spawn('dovecot', ['-F', '-c', config], { stdio: 'ignore' });
    await eventually(() => answers(port), { timeoutMs: 30_000 });
  };
  const end = async () => {
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  await start();
  const signedIn: TestDovecot['signedIn'] = async (work) => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: true,
      auth: { user: MAIL_USER, pass: MAIL_PASSWORD },
      tls: { ca: readFileSync(certificate) },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  };
  return {
    port,
    certificate,
    url: (mailbox = 'INBOX') =>
      `imaps://${encodeURIComponent(MAIL_USER)}:${encodeURIComponent(MAIL_PASSWORD)}@127.0.0.1:${port}/${mailbox}`,
    async restart() {
      await end();
      await start();
    },
    async setPassword(password) {
      await configure(password);
      await end();
      await start();
    },
    async renumber() {
      await end();
      const home = join(folder, 'mail', MAIL_USER);
      for (const name of await readdir(home))
        if (/^dovecot[.-](?:uid|index|list)/.test(name)) await rm(join(home, name));
      await start();
    },
    async lock(mailbox) {
      await signedIn((client) => client.mailboxCreate(mailbox));
      const places = ['cur', 'new', 'tmp'].map((name) => join(folder, 'mail', MAIL_USER, `.${mailbox}`, name));
      for (const place of places) await chmod(place, 0o500);
      return async () => {
        for (const place of places) await chmod(place, 0o700);
      };
    },
    signedIn,
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const me = () => ({ uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 });
const idOf = (option: string) => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));

async function answers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
