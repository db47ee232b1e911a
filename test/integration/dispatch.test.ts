import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { RunningWorker } from '../../worker/start-worker.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { standInJobs } from '../support/stand-in-job.ts';
import { isLong } from '../support/long.ts';

/** Longest an answer may take beyond the work that is done for it. */
const ANSWER_LIMIT_MS = 1_000;

describe('dispatching files', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;
  let redis: TestRedis;
  let api: InProcessApi;
  let worker: RunningWorker;
  const standIn = standInJobs({ failWith: (name) => (name.startsWith('bad') ? 'bad_file' : null) });
  const closers: (() => Promise<unknown>)[] = [];

  beforeEach(async () => {
    standIn.effects.clear();
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

  async function openBoth(
    options: { redisPort?: number; startWorker?: boolean; startRedis?: boolean } = {},
  ): Promise<void> {
    const port = options.redisPort ?? (await findFreePort());
    if (options.startRedis !== false) await openRedis(port);
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: `redis://127.0.0.1:${port}`,
      SYNC_WAIT_MS: '10000',
      LEASE_MS: '2000',
    };
    api = await openTestApi(env, { jobs: standIn.jobs });
    closers.push(() => api.close());
    if (options.startWorker === false) return;
    worker = await openTestWorker(env, { jobs: standIn.jobs });
    closers.push(() => worker.close());
  }

  async function openRedis(port: number): Promise<void> {
    redis = await startRedis({ port });
    closers.push(() => redis.stop());
  }

  const redisIsUsed = () => eventually(() => assert.equal(api.opened.resources.redis.isUp(), true));
  let uploaded = 0;
  const upload = async (name = 'a.csv') => {
    uploaded += 1;
    const startedAt = performance.now();
    const answer = await api.client.upload([{ name, content: `file ${uploaded} of this run` }]);
    return {
      answer,
      ms: performance.now() - startedAt,
      fileId: answer.body.session?.files[0]?.id ?? '',
      sessionId: answer.body.session?.id ?? '',
    };
  };
  const modeOf = async (id: string) => (await api.client.get<{ mode: string; status: string }>(`/files/${id}`)).body;

  it('goes through the queue into the worker', async () => {
    await openBoth();
    await redisIsUsed();
    const { answer, fileId, sessionId } = await upload();
    assert.deepEqual([answer.status, answer.headers.get('x-processing-mode')], [202, 'queue']);
    const session = await api.client.waitForSession(sessionId);
    assert.deepEqual([session.status, session.mode], ['completed', 'queue']);
    assert.equal(standIn.effects.get(fileId), 1);
  });

  it('processes here while Redis is gone, and by the queue again without restart', async () => {
    await openBoth();
    await redisIsUsed();
    await redis.kill();
    const down = await upload();
    assert.equal(down.answer.status, 200);
    assert.equal(down.answer.headers.get('x-processing-mode'), 'in-process');
    assert.ok(down.ms < ANSWER_LIMIT_MS, `${down.ms} ms`);
    await redis.restart();
    await redisIsUsed();
    const back = await upload();
    assert.deepEqual([back.answer.status, back.answer.headers.get('x-processing-mode')], [202, 'queue']);
    await api.client.waitForSession(back.sessionId, { timeoutMs: 15_000 });
    assert.equal((await modeOf(back.fileId)).mode, 'queue');
    assert.deepEqual([...standIn.effects.values()], [1, 1]);
  });

  it('starts without Redis and uses one that comes later', async () => {
    const port = await findFreePort();
    await openBoth({ redisPort: port, startRedis: false });
    const before = await upload();
    assert.equal(before.answer.status, 200);
    await openRedis(port);
    await redisIsUsed();
    const after = await upload();
    assert.equal(after.answer.headers.get('x-processing-mode'), 'queue');
    await api.client.waitForSession(after.sessionId, { timeoutMs: 15_000 });
    assert.equal((await modeOf(after.fileId)).mode, 'queue');
  });

  it('answers within a second when Redis freezes in the middle, and takes effect once when it thaws', async () => {
    await openBoth();
    await redisIsUsed();
    redis.freeze();
    const frozen = await upload();
    assert.ok(frozen.ms < ANSWER_LIMIT_MS + 200, `${frozen.ms} ms`);
    assert.equal(frozen.answer.status, 200);
    assert.ok((await upload()).ms < ANSWER_LIMIT_MS);
    redis.thaw();
    await redisIsUsed();
    // the add that timed out arrives now, before any later one: the row has ended, its job does nothing
    const later = await upload();
    assert.equal(later.answer.headers.get('x-processing-mode'), 'queue');
    await api.client.waitForSession(later.sessionId, { timeoutMs: 15_000 });
    const [queue] = api.opened.resources.queues.queues();
    await eventually(async () =>
      assert.equal(await queue?.getJobCountByTypes('waiting', 'prioritized', 'active', 'delayed'), 0),
    );
    assert.deepEqual([...standIn.effects.values()], [1, 1, 1]);
  });

  for (const [what, spoil, heal] of [
    ['read-only', ['replicaof', '127.0.0.1', '1'], ['replicaof', 'no', 'one']],
    ['full', ['config', 'set', 'maxmemory', '1'], ['config', 'set', 'maxmemory', '0']],
  ] as const) {
    it(`processes here while Redis is ${what}`, async () => {
      await openBoth();
      await redisIsUsed();
      await redis.cli(...spoil);
      const { answer, ms } = await upload();
      assert.ok(ms < ANSWER_LIMIT_MS, `${ms} ms`);
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get('x-processing-mode'), 'in-process');
      await redis.cli(...heal);
      await redisIsUsed();
      const back = await upload();
      assert.equal(back.answer.headers.get('x-processing-mode'), 'queue');
      await api.client.waitForSession(back.sessionId, { timeoutMs: 20_000 });
    });
  }

  it('loses no file to FLUSHALL', async () => {
    await openBoth({ startWorker: false });
    await redisIsUsed();
    const sessions = await Promise.all([upload(), upload(), upload()]);
    await redis.cli('flushall');
    worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: standIn.jobs });
    closers.push(() => worker.close());
    for (const { sessionId } of sessions)
      assert.equal((await api.client.waitForSession(sessionId, { timeoutMs: 10_000 })).status, 'completed');
    assert.deepEqual([...standIn.effects.values()], [1, 1, 1]);
  });

  it('brings a file back whose claimant died, under the next job id, past a finished job that holds an id', async () => {
    await openBoth({ startWorker: false });
    await redisIsUsed();
    const { fileId, sessionId } = await upload();
    const connection = new Redis(redis.url);
    const queue = new Queue('files', { connection, prefix: 'vhm24r' });
    closers.push(async () => {
      await queue.close();
      connection.disconnect();
    });
    assert.ok(await queue.getJob(`${fileId}-0`));
    // somebody claimed it and died; and the job id of that claim is held by a job that has failed
    await db.raw(
      `update uploaded_files set status = 'processing', fence = 1, lease_until = clock_timestamp() - interval '1 second'
        where id = ?`,
      [fileId],
    );
    // before there is a worker: one that starts takes the job of the first claim, and no second would be needed
    await eventually(async () => assert.ok(await queue.getJob(`${fileId}-1`)));
    worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: standIn.jobs });
    closers.push(() => worker.close());
    assert.equal((await api.client.waitForSession(sessionId, { timeoutMs: 10_000 })).status, 'completed');
    assert.equal(standIn.effects.get(fileId), 1);
    await eventually(async () => assert.equal(await (await queue.getJob(`${fileId}-1`))?.getState(), 'completed'));
    await db.raw(
      `update uploaded_files set status = 'queued', next_attempt_at = clock_timestamp(), fence = 1 where id = ?`,
      [fileId],
    );
    await eventually(() => assert.equal(standIn.effects.get(fileId), 2), { timeoutMs: 8_000 });
  });

  it('shows a failed file as a failed job', async () => {
    await openBoth();
    await redisIsUsed();
    const { sessionId, fileId } = await upload('bad.csv');
    assert.equal((await api.client.waitForSession(sessionId)).status, 'failed');
    const [queue] = api.opened.resources.queues.queues();
    await eventually(async () => assert.equal(await (await queue?.getJob(`${fileId}-0`))?.getState(), 'failed'));
  });

  it('gives its files back when it must close, and another goes on with them', async () => {
    const slow = standInJobs({ workMs: 30_000 });
    await openBoth({ startWorker: false });
    await redisIsUsed();
    const first = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: slow.jobs });
    const { fileId, sessionId } = await upload();
    await eventually(() => assert.equal(slow.active(), 1));
    const startedAt = performance.now();
    const closed = first.close();
    worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: standIn.jobs });
    closers.push(() => worker.close());
    await closed;
    assert.ok(performance.now() - startedAt < 20_000);
    assert.equal((await api.client.waitForSession(sessionId, { timeoutMs: 10_000 })).status, 'completed');
    assert.deepEqual([slow.effects.size, standIn.effects.get(fileId)], [0, 1]);
  });

  it('ends every accepted file exactly once while Redis is killed and restarted under eight clients', async function () {
    this.timeout(180_000);
    const perClient = isLong ? 200 : 25;
    await openBoth();
    await redisIsUsed();
    let running = true;
    const chaos = (async () => {
      while (running) {
        await sleep(700);
        await redis.kill();
        await sleep(900);
        await redis.restart();
        await sleep(900);
      }
    })();
    const accepted: string[] = [];
    let slowestMs = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let turn = 0; turn < perClient; turn++) {
          const { answer, ms, fileId } = await upload();
          assert.ok(answer.status === 200 || answer.status === 202, `${answer.status} ${JSON.stringify(answer.body)}`);
          accepted.push(fileId);
          slowestMs = Math.max(slowestMs, ms);
          await sleep(10);
        }
      }),
    );
    running = false;
    await chaos;
    assert.equal(accepted.length, 8 * perClient);
    await eventually(
      async () =>
        assert.equal(
          Number((await db('uploaded_files').whereNot({ status: 'completed' }).count({ n: '*' }))[0]?.['n']),
          0,
        ),
      { timeoutMs: 30_000 },
    );
    assert.deepEqual(
      accepted.filter((id) => standIn.effects.get(id) !== 1),
      [],
    );
    assert.equal(standIn.effects.size, accepted.length);
    assert.ok(slowestMs < 3_000, `slowest answer ${slowestMs} ms`);
    const modes = await db('uploaded_files').distinct('mode');
    assert.equal(modes.length, 2, 'both ways were gone');
  });

  it('cancels a waiting file at once, and notes on one at work that it is to stop', async () => {
    await openBoth({ startWorker: false });
    await redisIsUsed();
    const { fileId, sessionId } = await upload();
    const answer = await api.client.post<{ status: string }>(`/files/${fileId}/cancel`);
    assert.deepEqual([answer.status, answer.body.status], [200, 'cancelled']);
    assert.equal((await api.client.waitForSession(sessionId)).status, 'cancelled');
    worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: redis.url }, { jobs: standIn.jobs });
    closers.push(() => worker.close());
    const later = await upload();
    await api.client.waitForSession(later.sessionId);
    assert.equal(standIn.effects.has(fileId), false);
    await db.raw(`update uploaded_files set status = 'processing' where id = ?`, [later.fileId]);
    assert.equal((await api.client.post(`/files/${later.fileId}/cancel`)).status, 200);
    assert.equal(
      ((await db('uploaded_files').where({ id: later.fileId }).first()) as { cancel_requested: boolean })
        .cancel_requested,
      true,
    );
  });
});
