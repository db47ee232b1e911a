import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { addNotice, createNoticeSender } from '../../shared/notices/notices.ts';
import { createRedisConnection } from '../../shared/redis/connections.ts';
import { createScheduler, type Schedule, type Scheduler } from '../../shared/schedules/scheduler.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { eventually } from '../support/eventually.ts';
import { startRedis } from '../support/redis.ts';

describe('schedules', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown> | void)[] = [];
  let database: TestDatabase;
  let db: Db;
  let ran: string[];

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({
      url: database.url,
      poolMax: 6,
      applicationName: 'test-schedules',
      logger: createSilentLogger(),
    });
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });
  beforeEach(() => (ran = []));
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    await db.raw('truncate schedule_runs');
  });

  const nightly = (more: Partial<Schedule> = {}): Schedule => ({
    name: 'nightly',
    recurrence: { kind: 'daily', hour: 4, minute: 0 },
    limitMs: 1_000,
    run: async (dueAt) => {
      ran.push(dueAt.toISOString());
      return {};
    },
    ...more,
  });
  function scheduler(instanceId: string, more: Partial<Parameters<typeof createScheduler>[0]> = {}): Scheduler {
    const made = createScheduler({
      db,
      logger: createSilentLogger(),
      instanceId,
      schedules: [nightly()],
      redis: { isUp: () => false },
      connections: null,
      ...more,
    });
    closers.push(() => made.stop(0));
    return made;
  }
  const at = (iso: string) => () => Date.parse(iso);

  it('runs at Tashkent time, once, whoever of two services looks first, while Redis is down', async () => {
    const before = [
      scheduler('a', { now: at('2026-11-21T22:59:30Z') }),
      scheduler('b', { now: at('2026-11-21T22:59:30Z') }),
    ];
    await Promise.all(before.map((one) => one.tick()));
    assert.deepEqual(ran, [], '03:59:30 in Tashkent');
    const after = [
      scheduler('a', { now: at('2026-11-21T23:00:30Z') }),
      scheduler('b', { now: at('2026-11-21T23:00:30Z') }),
    ];
    await Promise.all(after.map((one) => one.tick()));
    await Promise.all(after.map((one) => one.tick()));
    assert.deepEqual(ran, ['2026-11-21T23:00:00.000Z']);
  });

  it('makes good what nobody was there for, if it has run before; a new installation starts nothing', async () => {
    const twoHoursLate = scheduler('a', { now: at('2026-11-23T01:00:00Z') });
    assert.deepEqual(await twoHoursLate.tick(), []);
    await scheduler('a').runOnce('nightly', new Date('2026-11-21T23:00:00Z'), 'timer');
    assert.deepEqual(await twoHoursLate.tick(), ['nightly']);
  });

  it('leaves a due time to the queue for a minute while Redis is up, then takes it', async () => {
    const redis = { isUp: () => true };
    assert.deepEqual(await scheduler('a', { redis, now: at('2026-11-21T23:00:30Z') }).tick(), []);
    assert.deepEqual(await scheduler('a', { redis, now: at('2026-11-21T23:01:10Z') }).tick(), ['nightly']);
  });

  it('says what became of a run: done, or failed with its kind of error', async () => {
    const failing = scheduler('a', {
      schedules: [nightly({ run: () => Promise.reject(new RangeError('secret text')) })],
    });
    assert.equal(await failing.runOnce('nightly', new Date('2026-11-21T23:00:00Z'), 'timer'), true);
    await scheduler('b').runOnce('nightly', new Date('2026-11-22T23:00:00Z'), 'queue');
    const { rows } = await db.raw<{ rows: unknown[] }>(
      'select status, error, via, instance_id from schedule_runs order by due_at',
    );
    assert.deepEqual(rows, [
      { status: 'failed', error: 'RangeError', via: 'timer', instance_id: 'a' },
      { status: 'done', error: null, via: 'queue', instance_id: 'b' },
    ]);
  });

  it('runs once through the queue with two workers, and goes on by the timer when Redis dies', async () => {
    const redis = await startRedis();
    closers.push(() => redis.stop());
    let up = true;
    let aheadMs = 0;
    const workers: { status: string }[] = [];
    const everySecond = nightly({ name: 'minute', recurrence: { kind: 'every', minutes: 1 } });
    for (const id of ['a', 'b']) {
      const producer = createRedisConnection(redis.url, { kind: 'producer' });
      const worker = createRedisConnection(redis.url, { kind: 'patient' });
      closers.push(() => {
        producer.disconnect();
        worker.disconnect();
      });
      workers.push(worker);
      await eventually(() => assert.deepEqual([producer.status, worker.status], ['ready', 'ready']));
      const one = scheduler(id, {
        schedules: [everySecond],
        redis: { isUp: () => up },
        connections: { producer, worker },
        now: () => Date.now() + aheadMs,
        intervalMs: 200,
      });
      one.start();
    }
    await eventually(async () => assert.equal(await redis.cli('zcard', 'vhm24r:schedules:delayed'), '1'));
    // the clock of the test does not wait for the minute: the delayed job is made due now
    const [jobId = ''] = (await redis.cli('zrange', 'vhm24r:schedules:delayed', '0', '0')).split('\n');
    const { Queue } = await import('bullmq');
    const connection = createRedisConnection(redis.url, { kind: 'producer' });
    const queue = new Queue('schedules', { connection, prefix: 'vhm24r' });
    const job = await queue.getJob(jobId);
    await job?.promote();
    await eventually(() => assert.equal(ran.length, 1));
    await queue.close();
    connection.disconnect();
    const [first] = ran;
    assert.equal(first, new Date(Number(jobId.split(':').at(-1))).toISOString());
    up = false;
    await redis.kill();
    await eventually(() => assert.ok(workers.every(({ status }) => status !== 'ready')));
    const byQueue = ran.length;
    // past the next full minute, which has had its run
    aheadMs = 120_000;
    await eventually(() => assert.ok(ran.length > byQueue));
    assert.equal(new Set(ran).size, ran.length, 'no due time ran twice');
    const { rows } = await db.raw<{ rows: { via: string }[] }>(
      'select via from schedule_runs order by due_at desc limit 1',
    );
    assert.deepEqual(rows, [{ via: 'timer' }]);
  });

  it('listens to no queue before its Redis is known to be one that can be used, and then does', async () => {
    const redis = await startRedis();
    closers.push(() => redis.stop());
    let usable = false;
    const producer = createRedisConnection(redis.url, { kind: 'producer' });
    const worker = createRedisConnection(redis.url, { kind: 'patient' });
    closers.push(() => {
      producer.disconnect();
      worker.disconnect();
    });
    const { Queue } = await import('bullmq');
    const queue = new Queue('schedules', { connection: producer, prefix: 'vhm24r' });
    // another installation's job lies where a wrong address leads
    const dueAt = Date.now() - 1_000;
    await queue.add('nightly', {}, { jobId: `repeat:nightly:${dueAt}` });
    const one = scheduler('a', { redis: { isUp: () => usable }, connections: { producer, worker }, intervalMs: 100 });
    one.start();
    await eventually(() => assert.equal(worker.status, 'ready'));
    await one.tick();
    // whoever listens blocks on the queue by a connection of its own
    assert.doesNotMatch(await redis.cli('client', 'list'), /cmd=bzpopmin/);
    assert.deepEqual([ran, await redis.cli('llen', 'vhm24r:schedules:wait')], [[], '1']);
    usable = true;
    await eventually(() => assert.deepEqual(ran, [new Date(dueAt).toISOString()]));
    await queue.close();
  });

  it('sends a notice once, and again until the other side takes it', async () => {
    const got: string[] = [];
    let refuse = true;
    const telegram = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        if (!refuse) got.push((JSON.parse(body) as { text: string }).text);
        response.writeHead(refuse ? 500 : 200).end('{"ok":true}');
      });
    });
    await new Promise<void>((resolve) => telegram.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise<void>((resolve) => telegram.close(() => resolve())));
    const sender = createNoticeSender({
      db,
      logger: createSilentLogger(),
      telegram: {
        botToken: '1:t',
        webhookSecret: null,
        adminIds: ['7'],
        apiRoot: `http://127.0.0.1:${(telegram.address() as AddressInfo).port}`,
      },
    });
    assert.equal(await addNotice(db, 'k1', 'backup_failed', { reason: 'tool_missing' }), true);
    assert.equal(await addNotice(db, 'k1', 'backup_failed', { reason: 'tool_missing' }), false);
    assert.equal(await sender.send(), 0);
    const { rows } = await db.raw<{ rows: { last_error: string; sent_at: Date | null }[] }>(
      'select last_error, sent_at from notices',
    );
    assert.deepEqual(rows, [{ last_error: 'http_500', sent_at: null }]);
    refuse = false;
    await db.raw('update notices set next_attempt_at = now()');
    assert.equal(await sender.send(), 1);
    assert.equal(await sender.send(), 0);
    assert.equal(got.length, 1);
    assert.match(got[0] ?? '', /Резервная копия[\s\S]*backup failed/);
    await sender.stop();
  });
});
