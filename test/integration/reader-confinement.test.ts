/**
 * Code of a file's author, run in place of the reader: what it reaches, asserted against what this platform is known to
 * refuse.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessOf } from '../../shared/ingest/child/last-word.ts';
import { missingFences, permissionFlag } from '../../shared/ingest/child/confinement.ts';
import { detectIsolation, type Isolation } from '../../shared/ingest/child/detect-isolation.ts';
import { defaultCaps, readerCommand, setReaderEntry } from '../../shared/ingest/child/isolation.ts';
import { openReaderProcess } from '../../shared/ingest/child/reader-process.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

type Outcome = { got: string; refused?: undefined } | { refused: string; got?: undefined };
type Outcomes = Record<string, Outcome>;

const fixture = fileURLToPath(new URL('../fixtures/hostile-child.mjs', import.meta.url));
const SECRET = 'secret of the service';

describe('a hostile file that got its code to run in the reader', () => {
  let folder: string;
  let entryBefore: string;
  let isolation: Isolation;
  let port: number;
  let database: TestDatabase;
  let door: Server;

  before(async function () {
    this.timeout(60_000);
    isolation = await detectIsolation();
    database = await createTestDatabase({ migrated: false });
    port = Number(new URL(database.url).port);
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-confined-'));
    // laid out as the compiled services are, so that the command is the one that they use
    const entry = join(folder, 'app/dist/shared/ingest/child/hostile-child.mjs');
    await mkdir(dirname(entry), { recursive: true });
    await copyFile(fixture, entry);
    entryBefore = setReaderEntry(entry);
    // as PostgreSQL and Redis have one where they run beside the service
    door = createServer((socket) => socket.end()).listen(join(folder, 'door'));
    await once(door, 'listening');
  });

  beforeEach(async () => {
    await writeFile(join(folder, 'report.csv'), 'own file');
    await writeFile(join(folder, 'secret'), SECRET);
  });

  after(async () => {
    setReaderEntry(entryBefore);
    door.close();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const task = () => ({
    ...({ task: 'load', name: 'report.csv', overrides: {}, limits: DEFAULT_READ_LIMITS } as const),
    path: join(folder, 'report.csv'),
    own: join(folder, 'report.csv'),
    door: join(folder, 'door'),
    secret: join(folder, 'secret'),
    target: join(folder, 'written'),
    parent: process.pid,
    port,
  });

  /** The child as the services start it. */
  async function attack(): Promise<Outcomes> {
    let take!: (outcomes: Outcomes) => void;
    const told = new Promise<Outcomes>((resolve) => (take = resolve));
    const child = await openReaderProcess({
      caps: defaultCaps(1_000),
      access: accessOf(task()),
      signal: new AbortController().signal,
      onMessage: (message) => take((message as unknown as { outcomes: Outcomes }).outcomes),
    });
    try {
      child.send({ type: 'task', task: task(), zoneShiftHours: undefined });
      return await Promise.race([told, child.failed]);
    } finally {
      await child.finish();
    }
  }

  /** The child behind some of the fences only. */
  async function attackBehind(fences: Partial<Isolation>): Promise<Outcomes> {
    const { program, args } = readerCommand({ ...isolation, ...fences }, defaultCaps(1_000), accessOf(task()));
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: {} });
    try {
      await once(child, 'message');
      child.send({ task: task() });
      const [message] = (await once(child, 'message')) as [{ outcomes: Outcomes }];
      return message.outcomes;
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }

  it('reads its own file, and finds nothing of the service in its environment', async () => {
    const { own, environment } = await attack();
    assert.deepEqual(own, { got: 'own file' });
    assert.deepEqual(environment, { got: '' });
  });

  it('reads no secret, writes no file, starts no program, thread or addon', async () => {
    assert.notEqual(isolation.permission, null, 'every supported Node has the permission model');
    const outcomes = await attack();
    assert.deepEqual(outcomes['evaluation'], { refused: 'EvalError' });
    for (const name of ['secret', 'environ', 'write', 'overwrite', 'program', 'thread']) {
      assert.deepEqual(outcomes[name], { refused: 'ERR_ACCESS_DENIED' }, name);
    }
    assert.deepEqual(outcomes.addon, { refused: 'ERR_DLOPEN_DISABLED' });
    assert.equal(existsSync(join(folder, 'written')), false);
    assert.equal(await readFile(join(folder, 'report.csv'), 'utf8'), 'own file');
  });

  it('reaches no PostgreSQL where the platform has a fence for it', async () => {
    const { network } = await attack();
    if (missingFences(isolation).includes('network'))
      assert.deepEqual([isolation.unshare, isolation.enosys], [null, null]);
    else assert.match(network!.refused ?? 'open', /^(ENETUNREACH|ENOSYS|ERR_ACCESS_DENIED)$/);
    // and it would have, without the fence
    const open = await attackBehind({ unshare: null, enosys: null, permission: null });
    assert.deepEqual(open.network, { got: 'connected' });
    assert.deepEqual(open.socket, { got: 'connected' });
  });

  it('sees into no other process and has no privilege, even where it broke out of Node', async () => {
    const { environ, network, socket, signal, privileges, secret } = await attackBehind({ permission: null });
    // what only Node refuses is open then; so the rest is refused by the kernel
    assert.deepEqual(secret, { got: SECRET });
    const missing = missingFences(isolation);
    if (!missing.includes('processes')) assert.deepEqual(environ, { refused: 'EACCES' });
    if (!missing.includes('network')) assert.match(network!.refused ?? 'open', /^(ENETUNREACH|ENOSYS)$/);
    if (!missing.includes('sockets')) assert.deepEqual(socket, { refused: 'ENOSYS' });
    if (!missing.includes('signals')) assert.deepEqual(signal, { refused: 'ENOSYS' });
    if (isolation.privileges !== null) assert.match(privileges!.got!, /CapEff:\s*0{16}\b.*NoNewPrivs:\s*1/);
  });

  it('as root without namespaces it has no privilege either, and sees into no process that has one', async function () {
    const { privileges, environ } = await attackBehind({ permission: null, unshare: null });
    if (isolation.privileges === null) return;
    assert.match(privileges!.got!, /NoNewPrivs:\s*1/);
    if (process.getuid?.() !== 0 || !isolation.privileges.includes('--bounding-set=-all')) return;
    assert.match(privileges!.got!, /CapEff:\s*0{16}\b/);
    assert.deepEqual(environ, { refused: 'EACCES' });
  });

  it('sees nothing of a service whose runtime may be run and not read, as in the image', async () => {
    const runtime = join(folder, 'node');
    const script = `const { readFileSync } = require('node:fs');
function look() {
  try { return readFileSync('/proc/' + process.ppid + '/environ').length; } catch (error) { return error.code; }
}
if (process.argv[1] === 'child') process.stdout.write(String(look()));
else require('node:child_process').spawn(process.execPath, ['-e', process.env.SCRIPT, 'child'], { stdio: 'inherit' });`;
    await copyFile(process.execPath, runtime);
    await chmod(folder, 0o755);
    const setpriv = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all', '--bounding-set=-all'];
    const isRoot = process.getuid?.() === 0;
    async function lookedAtBy(mode: number): Promise<string> {
      await chmod(runtime, mode);
      // root reads whatever it likes; the exec that counts is one by the user whose service it is
      const run = ['/bin/sh', '-c', 'exec "$0" "$@"', runtime, '-e', script];
      const [program = '', ...args] = isRoot ? ['/usr/bin/setpriv', ...setpriv, ...run] : run;
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { SCRIPT: script } });
      let said = '';
      child.stdout!.on('data', (text: Buffer) => (said += text.toString()));
      await once(child, 'close');
      return said;
    }
    assert.match(await lookedAtBy(0o755), /^\d+$/);
    assert.equal(await lookedAtBy(isRoot ? 0o711 : 0o111), 'EACCES');
    const lastStage = (await readFile(new URL('../../Dockerfile', import.meta.url), 'utf8')).split(/^FROM /m).at(-1)!;
    assert.match(lastStage, /^RUN chmod 711 "\$\(readlink -f "\$\(command -v node\)"\)"$[^]*^USER node$/m);
  });

  it('is told by the doctor wherever a fence is missing', () => {
    const programs = { setpriv: null, prlimit: null, unshare: null, enosys: null, privileges: null };
    const bare = { ...programs, complete: false, seesProcesses: true, permission: null, reservedMb: 0 };
    assert.deepEqual(missingFences(bare), [
      'limits',
      'network',
      'sockets',
      'signals',
      'privileges',
      'processes',
      'files',
    ]);
    const whole = {
      ...bare,
      complete: true,
      enosys: '/usr/bin/enosys',
      privileges: [],
      seesProcesses: false,
      permission: '-',
    };
    assert.deepEqual(missingFences(whole), []);
    assert.deepEqual(missingFences({ ...whole, enosys: null, unshare: '/usr/bin/unshare' }), ['sockets', 'signals']);
  });

  it('is held by the permission model under either of its names', () => {
    assert.equal(permissionFlag(new Set(['--permission', '--experimental-permission'])), '--permission');
    assert.equal(permissionFlag(new Set(['--experimental-permission'])), '--experimental-permission');
    assert.equal(permissionFlag(new Set()), null);
  });
});
