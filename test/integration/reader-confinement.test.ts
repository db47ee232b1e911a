/** Code of a file's author, run in place of the reader: what it reaches, asserted against what this platform is known to refuse. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessOf } from '../../shared/ingest/child/last-word.ts';
import { missingFences, permissionFlag } from '../../shared/ingest/child/confinement.ts';
import { defaultCaps, detectIsolation, readerCommand, setReaderEntry, type Isolation } from '../../shared/ingest/child/isolation.ts';
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
  });

  beforeEach(async () => {
    await writeFile(join(folder, 'report.csv'), 'own file');
    await writeFile(join(folder, 'secret'), SECRET);
  });

  after(async () => {
    setReaderEntry(entryBefore);
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const task = () => ({
    ...({ task: 'load', name: 'report.csv', overrides: {}, limits: DEFAULT_READ_LIMITS } as const),
    path: join(folder, 'report.csv'),
    own: join(folder, 'report.csv'),
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
    for (const name of ['secret', 'environ', 'write', 'overwrite', 'program', 'thread']) {
      assert.deepEqual(outcomes[name], { refused: 'ERR_ACCESS_DENIED' }, name);
    }
    assert.deepEqual(outcomes.addon, { refused: 'ERR_DLOPEN_DISABLED' });
    assert.equal(existsSync(join(folder, 'written')), false);
    assert.equal(await readFile(join(folder, 'report.csv'), 'utf8'), 'own file');
  });

  it('reaches no PostgreSQL where the platform has namespaces', async () => {
    const { network } = await attack();
    if (isolation.unshare !== null) assert.deepEqual(network, { refused: 'ENETUNREACH' });
    else assert.ok(missingFences(isolation).includes('network'));
    // and it would have, without the fence
    assert.deepEqual((await attackBehind({ unshare: null, permission: null })).network, { got: 'connected' });
  });

  it('sees into no other process and has no privilege, even where it broke out of Node', async () => {
    const { environ, network, privileges, secret } = await attackBehind({ permission: null });
    // what only Node refuses is open then; so the rest is refused by the kernel
    assert.deepEqual(secret, { got: SECRET });
    if (isolation.unshare !== null) {
      assert.deepEqual(environ, { refused: 'EACCES' });
      assert.deepEqual(network, { refused: 'ENETUNREACH' });
      assert.match(privileges!.got!, /CapEff:\s*0{16}\b/);
    }
    if (isolation.dropsPrivileges) assert.match(privileges!.got!, /NoNewPrivs:\s*1/);
  });

  it('is told by the doctor wherever a fence is missing', () => {
    const bare = { complete: false, setpriv: null, prlimit: null, unshare: null, dropsPrivileges: false, permission: null, reservedMb: 0 };
    assert.deepEqual(missingFences(bare), ['limits', 'network', 'privileges', 'files']);
    assert.deepEqual(missingFences({ ...bare, complete: true, unshare: '/usr/bin/unshare', dropsPrivileges: true, permission: '-' }), []);
  });

  it('is held by the permission model under either of its names', () => {
    assert.equal(permissionFlag(new Set(['--permission', '--experimental-permission'])), '--permission');
    assert.equal(permissionFlag(new Set(['--experimental-permission'])), '--experimental-permission');
    assert.equal(permissionFlag(new Set()), null);
  });
});
