import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { Report } from '../../shared/doctor/finding.ts';
import { adminClient } from '../support/client.ts';
import { assertFound, assertOnly, diagnose, GOOD_JWT, PLANTED, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { compiledScript, startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The doctor from the command line and over HTTP, and the faults of services, storage and settings. */
describe('the doctor, on a running stack', function () {
  this.timeout(120_000);
  const closers: (() => Promise<unknown>)[] = [];
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let folder: string;
  let env: { DATABASE_URL: string; REDIS_URL: string };

  before(async function () {
    this.timeout(180_000);
    database = await createTestDatabase();
    redis = await startRedis();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-doctor-stack-'));
    env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    await adminClient(api.url);
    await eventually(async () => assert.deepEqual(problems(await diagnose(env, ['worker'])), []));
  });
  after(async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await redis.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  interface Ran {
    code: number | null;
    stdout: string;
    stderr: string;
  }
  function cli(args: readonly string[], more: Record<string, string> = {}, node: readonly string[] = []): Promise<Ran> {
    const child = spawn(
      process.execPath,
      [...node, compiledScript('doctor'), '--memory', join(folder, 'memory.json'), ...args],
      {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: process.env.HOME, ...more },
      },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
  }
  async function sql(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  }

  it('is silent about a healthy stack: no warning, exit 0, also with --strict, nothing left behind', async () => {
    const keysBefore = await redis.cli('--scan', '--pattern', '*doctor*');
    const { code, stdout, stderr } = await cli(['--json', '--strict'], { ...env, JWT_SECRETS: GOOD_JWT });
    assert.equal(stderr, '', 'no library has anything to add');
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual(problems(report), []);
    assert.deepEqual([code, report.exitCode], [0, 0]);
    assert.deepEqual([keysBefore, await redis.cli('--scan', '--pattern', '*doctor*')], ['', '']);
    assert.deepEqual(Object.keys(report).toSorted(), ['changes', 'exitCode', 'findings', 'startedAt', 'version']);
  });

  it('says the same over HTTP, to admins only, and runs anew when asked', async () => {
    const admin = await adminClient(api.url);
    assert.ok(admin);
    const { accessToken } = (await (
      await fetch(`${api.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'admin@vhm24r.test', password: 'correct horse battery' }),
      })
    ).json()) as { accessToken: string };
    const headers = { authorization: `Bearer ${accessToken}`, 'accept-language': 'en' };
    const ran = (await (
      await fetch(`${api.url}/api/v1/system/diagnostics`, { method: 'POST', headers })
    ).json()) as Report;
    assert.deepEqual(problems(ran), []);
    const shown = (await (await fetch(`${api.url}/api/v1/system/diagnostics`, { headers })).json()) as Report;
    assert.equal(shown.startedAt, ran.startedAt);
    assert.equal((await fetch(`${api.url}/api/v1/system/diagnostics`)).status, 401);
    // whoever asks in another language reads the same run in it
    const uzbek = { ...headers, 'accept-language': 'uz-UZ,uz;q=0.9,ru;q=0.5' };
    const inUzbek = (await (await fetch(`${api.url}/api/v1/system/diagnostics`, { headers: uzbek })).json()) as Report;
    assert.equal(inUzbek.startedAt, ran.startedAt);
    const login = (report: Report) => report.findings.find(({ code }) => code === 'postgres.login')?.title;
    assert.deepEqual([login(shown), login(inUzbek)], ['PostgreSQL lets us in', 'PostgreSQL’ga kirildi']);
    assert.doesNotMatch(JSON.stringify(inUzbek), /[а-яё]/i);
    for (const path of ['monitor', 'queue'])
      assert.equal((await fetch(`${api.url}/api/v1/system/${path}`, { headers })).status, 200, path);
  });

  it('works with a broken configuration, no service and no network, in every language', async () => {
    const broken = {
      DATABASE_URL: `nonsense ${PLANTED}`,
      REDIS_URL: `redis://:${PLANTED}@no-such-host.invalid`,
      PORT: 'many',
      JWT_SECRETS: PLANTED,
      STORAGE_URL: 'ftp://x',
    };
    const [en, ru, uz] = await Promise.all([
      cli(['--json', '--lang', 'en'], broken),
      cli([], broken),
      cli(['--lang', 'uz'], broken),
    ]);
    const report = JSON.parse(en.stdout) as Report;
    for (const code of [
      'config.variable_invalid',
      'postgres.url_malformed',
      'redis.dns_not_found',
      'jwt.secret_short',
      'storage.url_invalid',
    ])
      assertFound(report, code);
    assert.deepEqual([en.code, ru.code, uz.code], [1, 1, 1]);
    assert.match(ru.stdout, /что делать/);
    assert.match(uz.stdout, /DATABASE_URL PostgreSQL manzili emas {2}\[postgres\.url_malformed\]/);
    assert.match(uz.stdout, /nima qilish kerak: DATABASE_URL qiymatini Postgres xizmatining/);
    assert.doesNotMatch(uz.stdout, /[а-яё]/i);
    for (const { stdout, stderr } of [en, ru, uz])
      for (const text of [stdout, stderr]) assert.equal(text.includes(PLANTED), false);
  });

  it('is done within 15 s when everything hangs', async () => {
    const { openSilence } = await import('../support/odd-servers.ts');
    const silence = await openSilence();
    closers.push(() => silence.close());
    const startedAt = Date.now();
    const hanging = {
      DATABASE_URL: `postgres://a:b@127.0.0.1:${silence.port}/x`,
      REDIS_URL: `redis://127.0.0.1:${silence.port}`,
      TELEGRAM_BOT_TOKEN: '1:x',
      TELEGRAM_API_ROOT: `http://127.0.0.1:${silence.port}`,
    };
    const report = await diagnose(hanging, null);
    assert.ok(Date.now() - startedAt < 15_000);
    for (const code of ['postgres.frozen', 'redis.frozen', 'telegram.unreachable']) assertFound(report, code);
  });

  it('exits with 2 for warnings with --strict, with 3 for a wrong option', async () => {
    const without = { DATABASE_URL: database.url, JWT_SECRETS: GOOD_JWT };
    assert.equal((await cli(['--json', '--strict', '--only', 'redis'], without)).code, 2);
    assert.equal((await cli(['--json', '--only', 'redis'], without)).code, 0);
    for (const args of [['--only', 'moon'], ['--nonsense'], ['--lang', 'fr']])
      assert.equal((await cli(args)).code, 3, args.join(' '));
  });

  it('says so in JSON and exits with 4 when it breaks itself', async () => {
    const preload = join(folder, 'break.mjs');
    await writeFile(
      preload,
      `import net from 'node:net';\nconst real = net.Socket.prototype.connect;\nnet.Socket.prototype.connect = ` +
        `function (...args) { if (JSON.stringify(args[0]).includes('54329')) throw new RangeError('${PLANTED}'); ` +
        'return real.apply(this, args); };',
    );
    const { code, stdout, stderr } = await cli(
      ['--json', '--only', 'postgres'],
      { DATABASE_URL: `postgres://a:${PLANTED}@127.0.0.1:54329/x` },
      ['--import', preload],
    );
    const report = JSON.parse(stdout) as Report;
    assert.deepEqual([code, report.exitCode], [4, 4]);
    assert.ok(report.findings.some(({ severity }) => severity === 'crash'));
    assert.equal(`${stdout}${stderr}`.includes(PLANTED), false);
  });

  it('tells a clock that is off by minutes', async () => {
    const preload = join(folder, 'clock.mjs');
    await writeFile(preload, `const real = Date.now; Date.now = () => real() + 5 * 60_000;`);
    const { code, stdout } = await cli(['--json', '--only', 'clock'], env, ['--import', preload]);
    assertFound(JSON.parse(stdout) as Report, 'clock.off');
    assert.equal(code, 1);
  });

  describe('settings', () => {
    for (const [secret, code] of [
      ['', 'secret_missing'],
      ['k1:short', 'secret_short'],
      ['k1:secretsecretsecretsecretsecretsecret', 'secret_default'],
      ['k1:vendingvendingvendingvendingvending', 'secret_repeated'],
      ['k1:abcababccabbacabcbacabbcacbabcabcba', 'secret_low_entropy'],
      ['kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6xx', 'malformed'],
    ] as const) {
      it(`tells jwt.${code}`, async () =>
        void assertOnly(await diagnose({ JWT_SECRETS: secret }, ['jwt']), `jwt.${code}`));
    }
    it('warns of a secret of few kinds of characters', async () => {
      assertOnly(
        await diagnose({ JWT_SECRETS: 'k1:qzvwmxkrtybnchjdshgfpaeuloiqwert' }, ['jwt']),
        'jwt.secret_weak',
        'warn',
      );
    });
    it('tells half of a pair, a pool too small, a missing audit key', async () => {
      const report = await diagnose(
        { ADMIN_EMAIL: 'a@b.uz', DATABASE_URL: database.url, DATABASE_POOL_MAX: '3', NODE_ENV: 'production' },
        ['config'],
      );
      for (const code of ['incomplete', 'pool_too_small', 'variable_missing']) assertFound(report, `config.${code}`);
    });
    it('tells the name of an old variable', async () => {
      assert.equal(
        assertFound(await diagnose({ POSTGRES_URL: 'x' }, ['config']), 'config.look_alike').severity,
        'info',
      );
    });
  });

  describe('workers and the queue', () => {
    it('tells a stuck worker: it keeps its connection and says nothing', async () => {
      worker.freeze();
      try {
        await sql(`update service_instances set seen_at = now() - interval '1 minute' where service = 'worker'`);
        assertOnly(await diagnose(env, ['worker']), 'worker.stuck');
      } finally {
        worker.thaw();
      }
      await eventually(async () => assert.deepEqual(problems(await diagnose(env, ['worker'])), []));
    });
    it("tells another version's worker", async () => {
      await sql(`insert into service_instances (id, service, version) values ('worker-old', 'worker', '0.9.0')`);
      closers.push(() => sql(`delete from service_instances where id = 'worker-old'`));
      assertOnly(await diagnose(env, ['worker']), 'worker.version_mismatch', 'warn');
    });
    it("tells another version's api", async () => {
      await sql(`insert into service_instances (id, service, version) values ('api-old', 'api', '0.9.0')`);
      closers.push(() => sql(`delete from service_instances where id = 'api-old'`));
      assertOnly(await diagnose(env, ['version']), 'version.api_mismatch', 'warn');
    });
    it('tells a paused queue, and --fix resumes it', async () => {
      await redis.cli('hset', 'vhm24r:files:meta', 'paused', '1');
      assertOnly(await diagnose(env, ['queue']), 'queue.paused');
      const { stdout } = await cli(['--json', '--fix', '--dry-run', '--only', 'queue'], env);
      assert.deepEqual(
        (JSON.parse(stdout) as Report).fixes?.map(({ done }) => done),
        [false],
      );
      const fixed = JSON.parse((await cli(['--json', '--fix', '--only', 'queue'], env)).stdout) as Report;
      assert.deepEqual(
        [fixed.exitCode, fixed.fixes?.map(({ code, done }) => [code, done])],
        [0, [['queue.paused', true]]],
      );
    });
    it('tells that no worker is there at all', async () => {
      const empty = await createTestDatabase();
      const other = await startRedis();
      closers.push(
        () => empty.drop(),
        () => other.stop(),
      );
      assertOnly(await diagnose({ DATABASE_URL: empty.url, REDIS_URL: other.url }, ['worker']), 'worker.none_alive');
      assertOnly(
        await diagnose({ DATABASE_URL: empty.url, REDIS_URL: other.url }, ['version']),
        'version.api_none_alive',
        'warn',
      );
    });
  });

  describe('storage and disk', () => {
    async function fileRow(url: string, storageKey: string): Promise<void> {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(
        `insert into users (email, status, role) values ('x@y.uz', 'approved', 'admin') on conflict do nothing`,
      );
      await client.query(
        `insert into processing_sessions (id, created_by) select gen_random_uuid(), min(id) from users`,
      );
      await client.query(
        `insert into uploaded_files (id, session_id, name, size_bytes, sha256, storage_key, status, created_by,
          completed_at)
         select gen_random_uuid(), (select id from processing_sessions limit 1), 'a.csv', 1, repeat('a', 64), $1,
           'completed', min(id), now() from users`,
        [storageKey],
      );
      await client.end();
    }

    it('tells a folder that cannot be written', async () => {
      await writeFile(join(folder, 'a-file'), '');
      assertOnly(
        await diagnose({ ...env, STORAGE_URL: `file:${folder}/a-file/below` }, ['storage']),
        'storage.not_writable',
      );
    });
    it('tells a storage that api and worker do not share', async () => {
      const own = await createTestDatabase();
      closers.push(() => own.drop());
      await fileRow(own.url, 'files/20261122/101010-00000000-0000-4000-8000-000000000000');
      assert.match(
        assertOnly(
          await diagnose({ DATABASE_URL: own.url, STORAGE_URL: `file:${folder}/worker` }, ['storage']),
          'storage.not_shared',
        ).fix.text,
        /postgres:/,
      );
    });
    it('tells bytes that are missing', async () => {
      const own = await createTestDatabase();
      closers.push(() => own.drop());
      const key = 'files/20261122/101010-00000000-0000-4000-8000-000000000001';
      await mkdir(join(folder, 'half/files/20261122'), { recursive: true });
      await writeFile(join(folder, 'half', key), 'x');
      await fileRow(own.url, key);
      await fileRow(own.url, 'files/20261122/101010-00000000-0000-4000-8000-000000000002');
      assertOnly(
        await diagnose({ DATABASE_URL: own.url, STORAGE_URL: `file:${folder}/half` }, ['storage']),
        'storage.bytes_missing',
      );
    });
    it('tells a full disk', async () => {
      const { checkSpace } = await import('../../shared/doctor/checks/disk.ts');
      assert.equal(checkSpace([{ folder: '/a', blocks: 100, bfree: 50, bavail: 50, bsize: 1 }]).code, null);
      assert.equal(checkSpace([{ folder: '/a', blocks: 100, bfree: 8, bavail: 8, bsize: 1 }]).code, 'disk.nearly_full');
      assert.equal(checkSpace([{ folder: '/a', blocks: 100, bfree: 6, bavail: 1, bsize: 1 }]).code, 'disk.full');
    });
  });

  describe('Telegram', () => {
    async function standIn(status: number, body: object): Promise<string> {
      const server = createServer((_request, response) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closers.push(() => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
    const settings = { TELEGRAM_BOT_TOKEN: `12345678:${PLANTED}`, TELEGRAM_ADMIN_IDS: '7' };

    it('tells a token that is wrong', async () => {
      assertOnly(
        await diagnose({ ...settings, TELEGRAM_API_ROOT: await standIn(401, { ok: false }) }, ['telegram']),
        'telegram.token_wrong',
      );
    });
    it('tells a Telegram that is down, and nobody to notify', async () => {
      assertOnly(
        await diagnose({ ...settings, TELEGRAM_API_ROOT: await standIn(502, {}) }, ['telegram']),
        'telegram.unreachable',
        'warn',
      );
      const root = await standIn(200, { ok: true, result: { username: 'bot' } });
      assertOnly(
        await diagnose({ TELEGRAM_BOT_TOKEN: settings.TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT: root }, ['telegram']),
        'telegram.no_admin_ids',
        'warn',
      );
      assert.deepEqual(problems(await diagnose({ ...settings, TELEGRAM_API_ROOT: root }, ['telegram'])), []);
    });
    it('tells a webhook that is elsewhere, and messages that pile up', async () => {
      const result = { username: 'bot', url: 'https://other.test/hook', pending_update_count: 99 };
      const root = await standIn(200, { ok: true, result });
      const report = await diagnose({ ...settings, TELEGRAM_API_ROOT: root }, ['telegram']);
      for (const code of ['telegram.webhook_elsewhere', 'telegram.updates_pending']) assertFound(report, code);
    });
    it('tells ids that are no numbers', async () => {
      assertOnly(
        await diagnose({ ...settings, TELEGRAM_ADMIN_IDS: '@somebody' }, ['telegram']),
        'telegram.admin_ids_invalid',
      );
    });
  });

  it('the database of a test is left as it was', async () => {
    const db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    const { rows } = await db.raw<{ rows: { count: number }[] }>(`select count(*)::int as count from file_chunks`);
    await db.destroy();
    assert.deepEqual(rows, [{ count: 0 }]);
  });
});
