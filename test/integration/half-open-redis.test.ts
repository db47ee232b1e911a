import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { isLong } from '../support/long.ts';

/** A file is done this soon after the line went silent, ms. */
const FOUND_WITHIN_MS = 30_000;
const ROUNDS = isLong ? 20 : 1;

/** Connections that stay and say nothing any more: no FIN, no RST, as behind a lost route. */
describe('half-open connections to Redis', function () {
  this.timeout(ROUNDS * 90_000);
  let database: TestDatabase;
  let db: Db;
  let redis: TestRedis;
  let api: InProcessApi;
  let workersProxy: FaultProxy;
  let apisProxy: FaultProxy;
  let deafCount = 0;
  const standIn = standInJobs();
  const closers: (() => Promise<unknown>)[] = [];
  const accepted: string[] = [];
  let uploaded = 0;

  before(async () => {
    database = await createTestDatabase();
    closers.push(() => database.drop());
    db = createDatabase({ url: database.url, poolMax: 3, applicationName: 'test', logger: createSilentLogger() });
    closers.push(() => db.destroy());
    redis = await startRedis();
    closers.push(() => redis.stop());
    [workersProxy, apisProxy] = await Promise.all([openFaultProxy(redis.port), openFaultProxy(redis.port)]);
    closers.push(() => Promise.all([workersProxy.close(), apisProxy.close()]));
    const env = { DATABASE_URL: database.url, SYNC_WAIT_MS: '1000', LEASE_MS: '3000' };
    api = await openTestApi({ ...env, REDIS_URL: apisProxy.urlFor(redis.url) }, { jobs: standIn.jobs });
    closers.push(() => api.close());
    for (let count = 0; count < 2; count++) {
      const worker = await openTestWorker(
        { ...env, REDIS_URL: workersProxy.urlFor(redis.url) },
        {
          jobs: standIn.jobs,
          onDeaf: () => (deafCount += 1),
          logger: createSilentLogger(),
        },
      );
      closers.push(() => worker.close());
    }
  });
  after(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function upload(): Promise<{ id: string; mode: string | null; ms: number }> {
    uploaded += 1;
    const startedAt = performance.now();
    const answer = await api.client.upload([{ name: 'a.csv', content: `half open ${uploaded}` }]);
    assert.ok(answer.status === 200 || answer.status === 202, `${answer.status} ${JSON.stringify(answer.body)}`);
    const id = answer.body.session?.files[0]?.id ?? '';
    accepted.push(id);
    return { id, mode: answer.headers.get('x-processing-mode'), ms: performance.now() - startedAt };
  }

  async function modeWhenDone(id: string): Promise<string> {
    return eventually(
      async () => {
        const row = (await db('uploaded_files').where({ id }).first()) as { status: string; mode: string };
        assert.equal(row.status, 'completed');
        return row.mode;
      },
      { timeoutMs: FOUND_WITHIN_MS },
    );
  }

  /** All is well again: the queue is used, by a worker. */
  async function wellAgain(): Promise<void> {
    await eventually(async () => assert.equal(await modeWhenDone((await upload()).id), 'queue'), {
      timeoutMs: 60_000,
      intervalMs: 500,
    });
  }

  function assertOnceEach(): void {
    assert.deepEqual(
      accepted.filter((id) => standIn.effects.get(id) !== 1),
      [],
      'lost or doubled',
    );
    assert.equal(standIn.effects.size, accepted.length);
    assert.equal(deafCount, 0, 'a worker gave up');
  }

  it('lose no file and keep none waiting when only the workers are cut off: the api takes what they leave', async () => {
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await wellAgain();
      await workersProxy.set('black-hole');
      const startedAt = performance.now();
      const files = await Promise.all([upload(), upload(), upload()]);
      for (const { ms } of files) assert.ok(ms < 3_000, `${ms} ms`);
      const modes = await Promise.all(files.map(({ id }) => modeWhenDone(id)));
      waits.push(Math.round(performance.now() - startedAt));
      assert.deepEqual(modes, ['in-process', 'in-process', 'in-process']);
      await workersProxy.set('pass');
    }
    await wellAgain();
    assertOnceEach();
    console.log(`      files of ${ROUNDS} outages of the workers' lines were done after ${waits.join(', ')} ms`);
  });

  it('are found by a worker whose other lines are well: it makes them anew and goes on', async () => {
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const spared = new Set<number>();
      let newest = 0;
      workersProxy.intercept(({ connection, bytes }) => {
        newest = Math.max(newest, connection);
        if (bytes.includes('vhm24r:probe:')) spared.add(connection);
        return 'pass';
      });
      await wellAgain();
      await eventually(() => assert.equal(spared.size, 2));
      const cut = newest;
      workersProxy.intercept(({ connection }) => (connection <= cut && !spared.has(connection) ? 'swallow' : 'pass'));
      const startedAt = performance.now();
      const { id } = await upload();
      await modeWhenDone(id);
      waits.push(Math.round(performance.now() - startedAt));
      // the old lines stay silent for ever: a worker that takes a file from the queue has made new ones
      await wellAgain();
      assert.ok(performance.now() - startedAt < FOUND_WITHIN_MS, 'the queue was read again in time');
      workersProxy.intercept(null);
    }
    assertOnceEach();
    console.log(
      `      a file was done after ${waits.join(', ')} ms, with the consumers' lines silent and new ones open`,
    );
  });

  it('lose no file when everybody is cut off: the api works without Redis at once', async () => {
    const waits: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await wellAgain();
      await Promise.all([workersProxy.set('black-hole'), apisProxy.set('black-hole')]);
      const startedAt = performance.now();
      const files = [await upload(), await upload()];
      for (const { ms } of files) assert.ok(ms < 3_000, `${ms} ms`);
      await Promise.all(files.map(({ id }) => modeWhenDone(id)));
      waits.push(Math.round(performance.now() - startedAt));
      await Promise.all([workersProxy.set('pass'), apisProxy.set('pass')]);
    }
    await wellAgain();
    assertOnceEach();
    console.log(`      files of ${ROUNDS} outages of all lines were done after ${waits.join(', ')} ms`);
  });
});
