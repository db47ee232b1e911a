import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { isLong } from '../support/long.ts';
import { ownTimeMs } from '../support/own-time.ts';

const HEADER =
  'Order number,Goods name,Order resource,Order status,Machine Code,Order price,Brew status,Creation time,Paying time\n';
let made = 0;
/** A small machine report that nobody has sent before. */
function report(rowCount = 3): { name: string; content: string } {
  const rows = Array.from({ length: rowCount }, () => {
    made += 1;
    return (
      `ff${made.toString(16).padStart(8, '0')}20250804070128a7ca181f0000,MacCoffee,Cash payment,Paid,a7ca181f0000,` +
      '10000,Delivered,2025-08-04 04:01:30,2025-08-04 04:01:30'
    );
  });
  return { name: `report ${made}.csv`, content: HEADER + rows.join('\n') };
}

describe('with Redis going away and coming back, api and worker as processes', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    client = await adminClient(api.url);
    await redisIsUsed();
  });
  after(async () => {
    await Promise.allSettled([api?.stop(), worker?.stop()]);
    await redis?.stop();
    await database?.drop();
  });

  const readiness = async () => (await client.get<{ status: string }>('/readyz')).body.status;
  const redisIsUsed = () => eventually(async () => assert.equal(await readiness(), 'ready'));

  it('loads a file here while Redis is killed, answers reads at once, and uses the queue again', async () => {
    await redis.kill();
    const answer = await client.upload([report()]);
    assert.deepEqual([answer.status, answer.headers.get('x-processing-mode')], [200, 'in-process']);
    assert.deepEqual(
      [answer.body.session.status, answer.body.session.mode, answer.body.session.totals.new],
      ['completed', 'in-process', 3],
    );
    for (const path of ['/files', '/sessions', '/limits', '/auth/me']) {
      const startedAt = ownTimeMs();
      assert.equal((await client.get(path)).status, 200);
      assert.ok(ownTimeMs() - startedAt < 1_000, path);
    }
    assert.equal(await readiness(), 'degraded');
    await redis.restart();
    await redisIsUsed();
    const back = await client.upload([report()]);
    assert.equal(back.headers.get('x-processing-mode'), 'queue');
    assert.equal((await client.waitForSession(back.body.session.id, { timeoutMs: 20_000 })).mode, 'queue');
  });

  it('answers in time while Redis is frozen', async () => {
    redis.freeze();
    try {
      for (let turn = 0; turn < 5; turn++) {
        const startedAt = ownTimeMs();
        assert.equal((await client.get('/files')).status, 200);
        assert.ok(ownTimeMs() - startedAt < 1_000);
      }
      const answer = await client.upload([report()]);
      assert.equal(answer.status, 200);
    } finally {
      redis.thaw();
    }
    await redisIsUsed();
  });

  it('ends every accepted upload of eight clients exactly once while Redis is killed and emptied', async () => {
    const perClient = isLong ? 25 : 2;
    let running = true;
    const chaos = (async () => {
      while (running) {
        await sleep(1_500);
        await redis.kill();
        await sleep(1_500);
        await redis.restart();
        await sleep(1_000);
        await redis.cli('flushall');
      }
    })();
    const sessions: string[] = [];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let turn = 0; turn < perClient; turn++) {
          const answer = await client.upload([report()], { timeoutMs: 60_000 });
          assert.ok(answer.status === 200 || answer.status === 202, `${answer.status} ${JSON.stringify(answer.body)}`);
          sessions.push(answer.body.session.id);
        }
      }),
    );
    running = false;
    await chaos;
    let rows = 0;
    for (const id of sessions) {
      const session = await client.waitForSession(id, { timeoutMs: 60_000 });
      assert.equal(session.status, 'completed', JSON.stringify(session.files[0]));
      rows += session.totals.new;
    }
    assert.equal(rows, sessions.length * 3);
  });
});
