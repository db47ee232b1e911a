import assert from 'node:assert/strict';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis } from '../../shared/redis/breaker.ts';
import { createRedisConnection } from '../../shared/redis/connections.ts';
import { createCanary } from '../../shared/schedules/canary.ts';
import { eventually } from '../support/eventually.ts';
import { startRedis } from '../support/redis.ts';

describe("the worker's canary", function () {
  this.timeout(30_000);

  it('comes back while all is well; a worker that stopped hearing is told, one without Redis is not', async () => {
    const server = await startRedis();
    const redis = createRedis(server.url, createSilentLogger());
    const producer = createRedisConnection(server.url, { kind: 'producer' });
    const worker = createRedisConnection(server.url, { kind: 'patient' });
    let deaf = 0;
    const canary = createCanary({
      producer,
      worker,
      instanceId: 'a',
      redis,
      logger: createSilentLogger(),
      onDeaf: () => (deaf += 1),
      everyMs: 200,
      deafAfterMs: 1_500,
      checkMs: 100,
    });
    try {
      await eventually(() => assert.ok(redis.isUp()));
      canary.start();
      await eventually(async () => assert.match(await server.cli('--scan', '--pattern', 'vhm24r:canary-a:*'), /canary-a/));
      // three times the limit of hearing nothing: it does hear
      const until = performance.now() + 3_000;
      await eventually(() => assert.ok(performance.now() > until));
      assert.deepEqual([deaf, canary.ageS() <= 1], [0, true]);

      // the queue is paused behind its back: jobs go in and none comes out, while Redis is well
      await server.cli('hset', 'vhm24r:canary-a:meta', 'paused', '1');
      await eventually(() => assert.equal(deaf, 1));
    } finally {
      await canary.stop();
      await redis.close();
      producer.disconnect();
      worker.disconnect();
      await server.stop();
    }
  });
});
