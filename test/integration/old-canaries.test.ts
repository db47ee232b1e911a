import assert from 'node:assert/strict';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis } from '../../shared/redis/breaker.ts';
import { removeOldCanaries } from '../../shared/queue/old-canaries.ts';
import { eventually } from '../support/eventually.ts';
import { openTestWorker } from '../support/in-process-api.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';

describe('canary keys', function () {
  this.timeout(60_000);

  it('that killed workers of earlier versions left are removed, those of a living one stay, and none is made', async () => {
    const database = await createTestDatabase();
    const server = await startRedis();
    const logger = createSilentLogger();
    const db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger });
    const redis = createRedis(server.url, logger);
    try {
      await eventually(() => assert.ok(redis.isUp()));
      await db.raw(`insert into service_instances (id, service, version) values ('worker-alive', 'worker', '1.0.0')`);
      const canaries = async () => (await server.cli('--scan', '--pattern', '*canary*')).split('\n').filter(Boolean);
      for (let killed = 0; killed < 10; killed++) {
        await server.cli('hset', `vhm24r:canary-worker-dead-${killed}:meta`, 'version', 'bullmq');
        await server.cli('xadd', `vhm24r:canary-worker-dead-${killed}:events`, '*', 'a', '1');
      }
      await server.cli('hset', 'vhm24r:canary-worker-alive:meta', 'version', 'bullmq');
      assert.equal(await removeOldCanaries({ db, redis, logger }), 20);
      assert.deepEqual(await canaries(), ['vhm24r:canary-worker-alive:meta']);

      // a worker clears by itself what it finds
      await server.cli('hset', 'vhm24r:canary-worker-dead:meta', 'version', 'bullmq');
      const worker = await openTestWorker({ DATABASE_URL: database.url, REDIS_URL: server.url });
      await eventually(async () => assert.deepEqual(await canaries(), ['vhm24r:canary-worker-alive:meta']));
      await worker.close();
    } finally {
      await redis.close();
      await db.destroy();
      await server.stop();
      await database.drop();
    }
  });
});
