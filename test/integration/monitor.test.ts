import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createMonitor } from '../../shared/monitor/monitor.ts';
import { stateOf, type Sample } from '../../shared/monitor/states.ts';
import { createNoticeSender } from '../../shared/notices/notices.ts';
import { createRedis } from '../../shared/redis/breaker.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/faults.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';

describe('the monitor', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown> | void)[] = [];
  const logger = createSilentLogger();
  let database: TestDatabase;
  let db: Db;
  // samples are kept for a day by the database's clock
  let clock = Date.now();

  beforeEach(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test-monitor', logger });
    closers.push(
      () => database.drop(),
      () => db.destroy(),
    );
    await db.raw(`insert into service_instances (id, service, version) values ('worker-a', 'worker', '1.0.0')`);
  });
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  const later = () => (clock += 30_000);
  const tables = async () => {
    const { rows } = await db.raw<{ rows: { notices: number; audited: number }[] }>(
      `select (select count(*)::int from notices) as notices,
        (select count(*)::int from audit_log where action = 'monitor.changed') as audited`,
    );
    return rows[0];
  };

  it('calls a store critical at the first failure, offline at the third, degraded when slow or often away', () => {
    const samples = (...oks: boolean[]): Sample[] => oks.map((ok) => ({ at: new Date(), ok, ms: 1 }));
    assert.equal(stateOf(samples(true)), 'healthy');
    assert.equal(stateOf(samples(true, false)), 'critical');
    assert.equal(stateOf(samples(true, false, false)), 'critical');
    assert.equal(stateOf(samples(true, false, false, false)), 'offline');
    assert.equal(stateOf([{ at: new Date(), ok: true, ms: 5_000 }]), 'degraded');
    assert.equal(stateOf(samples(...Array<boolean>(9).fill(true), false, true)), 'degraded');
    assert.equal(stateOf(samples(false, false, false, ...Array<boolean>(120).fill(true))), 'healthy');
  });

  it('tells each change once, though two processes watch, and keeps the samples', async () => {
    const server = await startRedis();
    closers.push(() => server.stop());
    const watchers = await Promise.all(
      [1, 2].map(async () => {
        const redis = createRedis(server.url, logger);
        closers.push(() => redis.close());
        await eventually(() => assert.ok(redis.isUp()));
        return {
          redis,
          monitor: createMonitor({
            db,
            redis,
            redisConfigured: true,
            logger,
            notices: { deliverNow: () => Promise.reject(new Error('no')) },
            now: () => clock,
          }),
        };
      }),
    );
    const look = () => Promise.all(watchers.map(({ monitor }) => monitor.tick()));
    later();
    assert.deepEqual((await look()).flat(), []);
    await server.kill();
    await eventually(() => assert.ok(watchers.every(({ redis }) => !redis.isUp())));
    for (const expected of ['critical', null, 'offline']) {
      later();
      const [changes = []] = await look();
      assert.deepEqual(
        changes.map(({ to }) => to),
        expected === null ? [] : [expected],
      );
    }
    assert.deepEqual(await tables(), { notices: 2, audited: 2 });
    const [postgres, redis, worker] = (await watchers[0]?.monitor.view()) ?? [];
    assert.deepEqual([postgres?.state, redis?.state, worker?.state], ['healthy', 'offline', 'healthy']);
    assert.deepEqual([redis?.samples.length, redis?.uptimePercent], [4, 25]);
    const { rows } = await db.raw<{ rows: { count: number }[] }>(
      `select count(*)::int as count from monitor_samples where target = 'redis'`,
    );
    assert.deepEqual(rows, [{ count: 4 }]);
  });

  it('tells by Telegram that PostgreSQL is away, and writes the samples when it is back', async () => {
    const got: string[] = [];
    const telegram = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => got.push(chunk.toString()));
      request.on('end', () => response.end('{"ok":true}'));
    });
    await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve));
    closers.push(
      () => new Promise<void>((resolve) => (telegram.closeAllConnections(), telegram.close(() => resolve()))),
    );
    const proxy = await openFaultProxy(Number(new URL(database.url).port));
    closers.push(() => proxy.close());
    const through = createDatabase({
      url: proxy.urlFor(database.url),
      poolMax: 4,
      applicationName: 'test-monitor-proxy',
      logger,
    });
    closers.push(() => through.destroy());
    const notices = createNoticeSender({
      db: through,
      logger,
      telegram: {
        botToken: '1:t',
        webhookSecret: null,
        adminIds: ['7'],
        apiRoot: `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`,
      },
    });
    const redis = createRedis(null, logger);
    closers.push(() => redis.close());
    const monitor = createMonitor({ db: through, redis, redisConfigured: false, logger, notices, now: () => clock });
    later();
    await monitor.tick();
    await proxy.set('refuse');
    later();
    assert.deepEqual(await monitor.tick(), [{ target: 'postgres', from: 'healthy', to: 'critical' }]);
    assert.equal(got.length, 1);
    await proxy.set('pass');
    later();
    await eventually(async () => {
      await monitor.tick();
      const { rows } = await db.raw<{ rows: { count: number }[] }>(
        `select count(*)::int as count from monitor_samples where target = 'postgres'`,
      );
      assert.deepEqual(rows, [{ count: 3 }]);
    });
  });
});
