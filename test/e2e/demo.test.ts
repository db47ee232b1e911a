import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import pg from 'pg';
import { createApiClient } from '../../scripts/api-client.ts';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { itLong } from '../support/long.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** A copy of the project as a new user has it: installed, in a folder that nobody else may enter. */
describe('npm run demo', function () {
  this.timeout(180_000);
  let folder: string;
  let project: string;
  let demo: RunningDemo | null = null;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-demo-'));
    await chmod(folder, 0o700);
    project = join(folder, 'project');
    await copyProject(project);
  });

  after(async () => {
    // Both what PostgreSQL's account was given: its data and the copy of its programs.
    const outside = await readFile(join(project, '.data/postgres-15/location'), 'utf8').catch(() => null);
    if (outside) await rm(dirname(outside.trim()), { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    demo?.process.kill('SIGTERM');
    await demo?.ended;
    demo = null;
  });

  it('shows the reconciled month in a closed folder, says where its data went, lets no second one at it, and Ctrl-C ends everything', async () => {
    demo = startDemo(project, await findFreePort(), process.env.PATH ?? '');
    const output = await demo.ready();

    if (isRoot) assert.match(output, /PostgreSQL keeps its data in \/\S+/);
    assert.match(output, /worker beside it/);
    for (const report of ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum']) {
      assert.match(output, new RegExp(`^${report}\\S*\\s+${report}\\s+completed`, 'm'));
    }
    const truth = JSON.parse(await readFile(join(root, 'examples/truth.json'), 'utf8')) as {
      byStatus: Record<string, number>;
    };
    // The own rows of ambiguous proofs stand beside the orders that the truth counts.
    for (const [status, count] of Object.entries(truth.byStatus)) {
      if (status !== 'ambiguous_match')
        assert.match(
          output,
          new RegExp(`^${status}\\s.*\\s${count}\\s`, 'm'),
          `${status} ${count} is not in the table`,
        );
    }
    assert.match(output, /fully_matched\s+Matched\s/);
    assert.equal((await fetch(`${demo.address}/`)).status, 200);
    await signIn(output, demo.address);
    await connectAsTold(output);

    const second = startDemo(project, await findFreePort(), process.env.PATH ?? '');
    assert.equal(await second.ended, 1);
    assert.match(second.output(), new RegExp(`running already \\(process ${demo.process.pid}\\)`));

    assert.equal(await demo.interrupt(), 0);
    await assert.rejects(fetch(`${demo.address}/livez`));
  });

  it('starts again on the kept data, without Redis on PATH, and finds the month already there, in the language of the shell', async () => {
    demo = startDemo(project, await findFreePort(), await pathWithoutRedis(folder), 'ru_RU.UTF-8');
    const output = await demo.ready();
    assert.match(output, /redis-server нет в PATH: файлы обрабатывает сам api/);
    assert.equal(output.match(/\bduplicate\s+уже загружен раньше/g)?.length, 6);
    assert.match(output, /fully_matched\s+Сошлось\s/);
    assert.match(output, /^Откройте: http.*\nВход: {5}\S+/m);
    await signIn(output, demo.address);
    assert.equal(await demo.interrupt(), 0);
  });

  itLong('stops by itself when the npm that started it is killed, and leaves no process behind', async () => {
    const npm = spawn('npm', ['run', 'demo'], {
      cwd: project,
      env: { ...process.env, PORT: String(await findFreePort()) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [npm.stdout, npm.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const closed = new Promise((resolve) => npm.once('close', resolve));
    await eventually(() => assert.match(output, /Ctrl-C/), { timeoutMs: 150_000 });
    npm.kill('SIGKILL');
    // its pipes close when the last of its descendants has ended
    await closed;
    assert.match(output, /stopping…\n(?:.*\n)*stopped/);
    const { stdout } = await run('ps', ['-eo', 'args']);
    assert.deepEqual(
      stdout.split('\n').filter((line) => line.includes(folder)),
      [],
    );
  });

  itLong('ends with an error and names the part when one of its services dies', async () => {
    demo = startDemo(project, await findFreePort(), process.env.PATH ?? '');
    await demo.ready();
    await run('pkill', ['-KILL', '-f', join(project, 'dist/worker/worker.js')]);
    assert.equal(await demo.ended, 1);
    assert.match(demo.output(), /worker ended by itself \(SIGKILL\)/);
  });
});

interface RunningDemo {
  process: ChildProcess;
  address: string;
  ended: Promise<number | null>;
  output(): string;
  /** What it has said once it runs. */
  ready(): Promise<string>;
  /** As Ctrl-C does. @returns the exit code */
  interrupt(): Promise<number | null>;
}

function startDemo(project: string, port: number, path: string, locale = 'C.UTF-8'): RunningDemo {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/demo.ts'], {
    cwd: project,
    env: {
      ...process.env,
      PATH: path,
      PORT: String(port),
      LC_ALL: locale,
      // A demo must not touch what the shell happens to point at.
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      REDIS_URL: 'redis://127.0.0.1:1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    process: child,
    address: `http://127.0.0.1:${port}`,
    ended,
    output: () => output,
    ready: () => {
      const said = eventually(() => assert.match(output, /Ctrl-C/), { timeoutMs: 150_000 }).then(() => output);
      const endedEarly = ended.then((code) => {
        throw new Error(`the demo ended with ${code}:\n${output}`);
      });
      return Promise.race([said, endedEarly]);
    },
    interrupt: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** The addresses that it prints are what psql, redis-cli and `npm run doctor` can use. */
async function connectAsTold(output: string): Promise<void> {
  const told = (name: string) => new RegExp(`^${name}=(\\S+)$`, 'm').exec(output)?.[1] ?? assert.fail(`no ${name}`);
  const database = new pg.Client({ connectionString: told('DATABASE_URL') });
  await database.connect();
  try {
    const { rows } = await database.query<{ count: string }>('select count(*) from orders');
    assert.ok(Number(rows[0]?.count) > 0);
  } finally {
    await database.end();
  }
  const redis = new Redis(told('REDIS_URL'), { lazyConnect: true, maxRetriesPerRequest: 1 });
  try {
    await redis.connect();
    assert.equal(await redis.ping(), 'PONG');
  } finally {
    redis.disconnect();
  }
}

async function signIn(output: string, address: string): Promise<void> {
  const [, email = '', password = ''] = output.match(/(?:Sign in|Вход):\s+(\S+)\s+(\S+)/) ?? [];
  await createApiClient(address).login(email, password);
}

/**
 * Packages, half a gigabyte, are linked where that works; what a build writes is copied, so that it never reaches the
 * original.
 */
async function copyProject(to: string): Promise<void> {
  await mkdir(to);
  const { stdout } = await run('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    maxBuffer: 1 << 26,
  });
  const tops = new Set(stdout.split('\0').flatMap((path) => path.split('/')[0] || []));
  await run('cp', ['-a', ...[...tops, 'dist'].map((name) => join(root, name)), to]);
  const packages = join(root, 'node_modules');
  await run('cp', ['-al', packages, to]).catch(() => run('cp', ['-a', packages, to]));
}

async function pathWithoutRedis(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  for (const program of ['sh', 'setpriv', 'prlimit', 'ps']) {
    const { stdout } = await run('which', [program]);
    await symlink(stdout.trim(), join(bin, program));
  }
  await symlink(process.execPath, join(bin, 'node'));
  return bin;
}
