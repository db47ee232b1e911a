import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { Queue } from 'bullmq';
import { createLogger } from '../../shared/logger.ts';
import { createRedis, type OpenRedis } from '../../shared/redis/breaker.ts';
import { RedisUnavailableError } from '../../shared/redis/redis.ts';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy } from '../support/faults.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { ownTimeMs } from '../support/own-time.ts';

describe('redis breaker', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown>)[] = [];
  let lines: string[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
    lines = [];
  });

  async function redis(options: Parameters<typeof startRedis>[0] = {}): Promise<TestRedis> {
    const server = await startRedis(options);
    closers.push(() => server.stop());
    return server;
  }

  function open(url: string | null): OpenRedis {
    const stream = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const handle = createRedis(url, createLogger({ level: 'info', format: 'json', service: 'test', stream }));
    closers.push(() => handle.close());
    return handle;
  }

  const up = (handle: OpenRedis) => eventually(() => assert.equal(handle.isUp(), true), { timeoutMs: 10_000 });
  const downBecause = (handle: OpenRedis, reason: string) =>
    eventually(() => assert.deepEqual([handle.isUp(), handle.state().reason], [false, reason]), { timeoutMs: 8_000 });

  async function timedFailure(work: Promise<unknown>): Promise<number> {
    const startedAt = ownTimeMs();
    await assert.rejects(work, RedisUnavailableError);
    return ownTimeMs() - startedAt;
  }

  it('is down for ever and refuses at once when no Redis is configured', async () => {
    const handle = open(null);
    assert.deepEqual([handle.isUp(), handle.state().reason], [false, 'not_configured']);
    assert.ok((await timedFailure(handle.run((client) => client.ping()))) < 50);
  });

  it('finds a Redis that was absent at start and comes later', async () => {
    const port = await findFreePort();
    const handle = open(`redis://127.0.0.1:${port}`);
    await downBecause(handle, 'refused');
    assert.ok((await timedFailure(handle.run((client) => client.ping()))) < 50);
    const server = await redis({ port });
    await up(handle);
    assert.equal(await handle.run((client) => client.set('a', '1')), 'OK');
    assert.equal(await server.cli('get', 'a'), '1');
  });

  it('notices a killed Redis, refuses at once, finds it again and says so once each', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    await server.kill();
    await downBecause(handle, 'refused');
    assert.ok((await timedFailure(handle.run((client) => client.ping()))) < 50);
    await server.restart();
    await up(handle);
    assert.equal(handle.state().openedCount, 1);
    await server.cli('ping');
    assert.equal(lines.filter((line) => line.includes('"redis_down"')).length, 1);
    assert.equal(lines.filter((line) => line.includes('"redis_up"')).length, 2);
  });

  it('answers within the command limit when Redis freezes, then at once, and goes back when it thaws', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    server.freeze();
    assert.ok((await timedFailure(handle.run((client) => client.ping()))) < 400);
    assert.equal(handle.state().reason, 'timeout');
    assert.ok((await timedFailure(handle.run((client) => client.ping()))) < 50);
    server.thaw();
    await up(handle);
  });

  it('finds a Redis again that was frozen for longer than connections are kept', async () => {
    const server = await redis();
    const line = await openFaultProxy(server.port);
    closers.push(() => line.close());
    let lastConnection = 0;
    line.intercept(({ from, connection }) => {
      if (from === 'client') lastConnection = Math.max(lastConnection, connection);
      return 'pass';
    });
    const handle = open(line.urlFor(server.url));
    await up(handle);
    const kept = lastConnection;
    server.freeze();
    await downBecause(handle, 'timeout');
    // it has given that connection up and asks on another
    await eventually(() => assert.ok(lastConnection > kept), { timeoutMs: 25_000 });
    assert.equal(handle.isUp(), false);
    server.thaw();
    await up(handle);
  });

  it('is down while the line of a producer is silent, says so once, and makes that line anew', async () => {
    const server = await redis();
    const line = await openFaultProxy(server.port);
    closers.push(() => line.close());
    const connections = new Set<number>();
    let probing = 0;
    line.intercept(({ connection, bytes }) => {
      connections.add(connection);
      if (bytes.includes('vhm24r:probe:')) probing = connection;
      return 'pass';
    });
    const handle = open(line.urlFor(server.url));
    const producer = handle.openProducer();
    assert.ok(producer !== null);
    await up(handle);
    const kept = Math.max(...connections);
    line.intercept(({ connection }) => (connection <= kept && connection !== probing ? 'swallow' : 'pass'));
    await downBecause(handle, 'timeout');
    await up(handle);
    assert.equal(await producer.set('a', '1'), 'OK');
    assert.equal(handle.state().openedCount, 1);
    assert.equal(lines.filter((text) => text.includes('redis is down')).length, 1);
  });

  it('counts a read-only Redis as down', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    await server.cli('replicaof', '127.0.0.1', '1');
    await downBecause(handle, 'readonly');
    await server.cli('replicaof', 'no', 'one');
    await up(handle);
  });

  it('counts a full Redis as down although it answers PING', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    await server.cli('config', 'set', 'maxmemory', '1');
    await downBecause(handle, 'oom');
    assert.equal(await server.cli('ping'), 'PONG');
    await server.cli('config', 'set', 'maxmemory', '0');
    await up(handle);
  });

  it('tells a missing from a wrong password', async () => {
    const server = await redis({ password: 'hush' });
    await downBecause(open(`redis://127.0.0.1:${server.port}`), 'noauth');
    await downBecause(open(`redis://:other@127.0.0.1:${server.port}`), 'wrongpass');
    await up(open(server.url));
  });

  it('lets a fault of the command through and stays closed', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    await handle.run((client) => client.set('text', 'a'));
    await assert.rejects(
      handle.run((client) => client.lpush('text', 'b')),
      /WRONGTYPE/,
    );
    assert.equal(handle.isUp(), true);
  });

  it('closes only when its producer is ready too, so that a queue built while Redis was absent takes jobs later', async () => {
    const port = await findFreePort();
    const handle = open(`redis://127.0.0.1:${port}`);
    const producer = handle.openProducer();
    assert.ok(producer);
    const queue = new Queue('later', { connection: producer, prefix: 'test' });
    queue.on('error', () => undefined);
    closers.push(() => queue.close());
    await redis({ port });
    await up(handle);
    const startedAt = ownTimeMs();
    await handle.run(() => queue.add('job', {}), 800);
    assert.ok(ownTimeMs() - startedAt < 500);
  });

  it('survives FLUSHALL without noticing', async () => {
    const server = await redis();
    const handle = open(server.url);
    await up(handle);
    await server.cli('flushall');
    await handle.probe();
    assert.equal(handle.isUp(), true);
    assert.equal(await server.cli('dbsize'), '0');
  });
});
