import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { findDue } from '../../shared/work/claim.ts';
import { createApiClient, type ApiClient } from '../../scripts/api-client.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, openTestWorker } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';

const MANY = 60;
const PER_UPLOAD = 10;

describe('the files of two people', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let db: Db;
  const closers: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 3, applicationName: 'test', logger: createSilentLogger() });
    closers.push(async () => {
      await db.destroy();
      await database.drop();
    });
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function personAt(url: string): Promise<ApiClient> {
    const { email, password } = await makePerson(db, { role: 'operator' });
    const client = createApiClient(url);
    await client.login(email, password);
    return client;
  }

  async function sendMany(client: ApiClient): Promise<void> {
    for (let first = 0; first < MANY; first += PER_UPLOAD) {
      const files = Array.from({ length: PER_UPLOAD }, (_, at) => ({
        name: `${first + at}.csv`,
        content: `file ${first + at} of many`,
      }));
      const { status, body } = await client.upload(files);
      assert.ok([200, 202].includes(status), JSON.stringify(body));
    }
  }

  for (const way of ['queue', 'in-process'] as const) {
    it(`take turns: one is served while most of another's many still wait (${way})`, async () => {
      const { jobs, effects } = standInJobs({ workMs: 150 });
      const env = { DATABASE_URL: database.url, REDIS_URL: '', SYNC_WAIT_MS: '0', WORKER_CONCURRENCY: '1' };
      if (way === 'queue') {
        const redis = await startRedis();
        closers.push(() => redis.stop());
        env.REDIS_URL = redis.url;
      }
      const api = await openTestApi(env, { jobs });
      closers.push(() => api.close());
      if (way === 'queue') {
        await eventually(() => assert.equal(api.opened.resources.redis.isUp(), true));
        const worker = await openTestWorker(env, { jobs });
        closers.push(() => worker.close());
      }
      const [busy, other] = [await personAt(api.url), await personAt(api.url)];
      await sendMany(busy);
      const { body } = await other.upload([{ name: 'only.csv', content: 'the only file of somebody else' }]);
      await other.waitForSession(body.session.id, { timeoutMs: 20_000 });
      assert.ok(effects.size < MANY / 2, `${effects.size} of ${MANY} were served before`);
    });
  }

  it('are found by turns where they wait for somebody', async () => {
    const api = await openTestApi(
      { DATABASE_URL: database.url, SYNC_WAIT_MS: '0', WORKER_CONCURRENCY: '1' },
      { jobs: standInJobs({ workMs: 60_000 }).jobs, sweepIntervalMs: 3_600_000 },
    );
    closers.push(() => api.close());
    const [busy, other] = [await personAt(api.url), await personAt(api.url)];
    await sendMany(busy);
    const { body } = await other.upload([{ name: 'only.csv', content: 'the only file of somebody else' }]);
    await db.raw(`update uploaded_files set status = 'queued', next_attempt_at = created_at`);
    const due = await findDue(db, 'uploaded_files', 3, true);
    assert.deepEqual(
      due.map(({ turn }) => turn),
      [1, 1, 2],
    );
    assert.ok(due.some(({ id }) => id === body.session.files[0]?.id));
  });
});
