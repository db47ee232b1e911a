/** Api and worker with PgBouncer between them and PostgreSQL, in each way it can be set: what a person sees. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Report } from '../../shared/doctor/finding.ts';
import { adminClient } from '../support/client.ts';
import { GOOD_JWT, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { describeLong } from '../support/long.ts';
import { startPgbouncer, type TestPgbouncer } from '../support/pgbouncer.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { compiledScript, startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { differencesFrom, type Truth } from '../support/truth.ts';

const IGNORED = 'options,extra_float_digits,statement_timeout';
const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const REPORTS = ['happy_workers.csv', 'vendhub.xlsx', 'fiscal_bills.csv', 'payme.xlsx', 'click.csv', 'uzum.xlsx'];

describeLong('services behind PgBouncer', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let pooler: TestPgbouncer;
  let folder: string;
  const services: TestService[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-behind-pgbouncer-'));
    database = await createTestDatabase();
    redis = await startRedis();
  });
  afterEach(async () => {
    await Promise.all(services.splice(0).map((service) => service.stop()));
    await pooler.stop();
    await redis.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(settings: Record<string, string>): Promise<TestService> {
    pooler = await startPgbouncer(database.url, { default_pool_size: '60', ...settings });
    const env = { DATABASE_URL: pooler.url, REDIS_URL: redis.url };
    const [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    services.push(api, worker);
    return api;
  }

  /** The doctor as somebody calls it. */
  async function ask(lang: 'ru' | 'uz' | 'en'): Promise<{ code: number; report: Report }> {
    const args = ['--json', '--only', 'postgres', '--lang', lang, '--memory', join(folder, 'memory.json')];
    const env = { PATH: process.env.PATH, DATABASE_URL: pooler.url, JWT_SECRETS: GOOD_JWT };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, [compiledScript('doctor'), ...args], { env }, (error, stdout, stderr) => {
        if (stdout === '') reject(new Error(stderr));
        else resolve({ code: Number(error?.code ?? 0), report: JSON.parse(stdout) as Report });
      });
    });
  }

  /** A month through the pooler, and what it came to. */
  async function loadMonth(api: TestService): Promise<void> {
    const admin = await adminClient(api.url);
    const sent = await admin.upload(REPORTS.map((name) => ({ path: join(examples, name), name })));
    const session = await admin.waitForSession(sent.body.session.id, { timeoutMs: 120_000 });
    assert.equal(session.status, 'completed');
    const truth = JSON.parse(await readFile(join(examples, 'truth.json'), 'utf8')) as Truth;
    assert.deepEqual(await differencesFrom(truth, database.url), []);
  }

  for (const mode of ['transaction', 'session'])
    it(`${mode} mode as installed: 503 that says when to come again, and the doctor says why, in three languages`, async () => {
      const api = await start({ pool_mode: mode });
      assert.equal((await fetch(`${api.url}/livez`)).status, 200);
      const ready = await fetch(`${api.url}/readyz`);
      assert.equal(ready.status, 503);
      assert.match(await ready.text(), /"postgres":\{"status":"down"/);
      const titles: string[] = [];
      for (const lang of ['ru', 'uz', 'en'] as const) {
        const answer = await fetch(`${api.url}/api/v1/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'accept-language': lang },
          body: JSON.stringify(TEST_ADMIN),
        });
        const body = (await answer.json()) as { error: { code: string } };
        assert.deepEqual([answer.status, body.error.code], [503, 'service_unavailable']);
        assert.ok(Number(answer.headers.get('retry-after')) >= 1);
        const { code, report } = await ask(lang);
        assert.equal(code, 1);
        const [found, ...others] = problems(report);
        assert.deepEqual([found?.code, others], ['postgres.startup_refused', []]);
        titles.push(found?.title ?? '');
      }
      assert.match(titles[0] ?? '', /Пул соединений/);
      assert.match(titles[1] ?? '', /ulanishlar puli/);
      assert.match(titles[2] ?? '', /A pooler/);
    });

  it('transaction mode, told to drop what it does not know: a month comes out as it is, yet the doctor warns of it', async () => {
    const api = await start({ pool_mode: 'transaction', ignore_startup_parameters: IGNORED });
    await loadMonth(api);
    const { code, report } = await ask('en');
    assert.deepEqual(
      [code, ...problems(report).map((finding) => finding.code)],
      [0, 'postgres.session_settings_lost', 'postgres.pooled_transaction_mode'],
    );
  });

  it('session mode with the settings of sessions at the database: nothing is wrong', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    for (const setting of [
      "timezone = 'Asia/Tashkent'",
      "lock_timeout = '1s'",
      "idle_in_transaction_session_timeout = '5s'",
      "statement_timeout = '30s'",
      "jit = 'off'",
    ])
      await client.query(`alter database ${database.name} set ${setting}`);
    await client.end();
    const api = await start({ pool_mode: 'session', ignore_startup_parameters: IGNORED });
    await loadMonth(api);
    await eventually(async () => {
      const { code, report } = await ask('en');
      assert.deepEqual([code, problems(report)], [0, []]);
    });
  });
});
