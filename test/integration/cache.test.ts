import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cache } from '../../shared/cache/cache.ts';
import { createCache } from '../../shared/cache/create-cache.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis, type OpenRedis } from '../../shared/redis/breaker.ts';
import { eventually } from '../support/eventually.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { ownTimeMs } from '../support/own-time.ts';

/** What must not be seen later than this after a drop. */
const TOLD_MS = 500;

interface Instance {
  cache: Cache;
  redis: OpenRedis;
}

describe('the cache', () => {
  let server: TestRedis;
  const opened: Instance[] = [];

  function openInstance(url: string | null = server.url): Instance {
    const logger = createSilentLogger();
    const redis = createRedis(url, logger);
    const instance = { redis, cache: createCache({ redis, redisUrl: url, logger }) };
    opened.push(instance);
    return instance;
  }

  async function up(...instances: Instance[]): Promise<void> {
    await eventually(() => assert.ok(instances.every(({ redis }) => redis.isUp())));
    // the second level is used from the next turn on
    await eventually(async () => {
      for (const { cache } of instances) assert.equal((await cache.statistics()).connectedToRedis, true);
    });
  }

  /** A source whose value a test changes, and that counts how often it was asked. */
  function makeSource(value: unknown) {
    const source = { value, loads: 0, fails: false };
    const load = async () => {
      source.loads++;
      await sleep(5);
      if (source.fails) throw new Error('the source is away');
      return source.value;
    };
    return {
      source,
      get: (instance: Instance, key = 'k', ttlMs = 60_000) =>
        instance.cache.getOrLoad(key, { ttlMs, tags: ['records'] }, load),
    };
  }

  async function freshWithin(read: () => Promise<unknown>, expected: unknown): Promise<void> {
    await eventually(async () => assert.deepEqual(await read(), expected), { timeoutMs: TOLD_MS, intervalMs: 20 });
  }

  beforeEach(async () => {
    server = await startRedis();
  });

  afterEach(async () => {
    for (const { cache, redis } of opened.splice(0)) {
      await cache.close();
      await redis.close();
    }
    await server.stop();
  });

  it('loads a key once however many ask at once, then answers from memory, and from Redis in another process', async () => {
    const [one, two] = [openInstance(), openInstance()];
    await up(one, two);
    const { source, get } = makeSource({ sum: '10.50', at: new Date(0) });
    const answers = await Promise.all(Array.from({ length: 50 }, () => get(one)));
    assert.equal(source.loads, 1);
    assert.deepEqual(
      answers[0],
      { sum: '10.50', at: '1970-01-01T00:00:00.000Z' },
      'the first answer is as plain as the later ones',
    );
    assert.deepEqual(await get(two), answers[0]);
    assert.equal(source.loads, 1, 'the other process took it from Redis');
    assert.throws(() => ((answers[0] as { sum: string }).sum = '0'), TypeError);
    const statistics = await one.cache.statistics();
    assert.equal(statistics.stats.misses, 1);
    assert.equal(statistics.memoryCacheSize, 1);
    assert.equal((await server.cli('keys', 'vhm24r_cache:*')).split('\n').filter(Boolean).length > 0, true);
    assert.ok((statistics.redisInfo?.usedMemoryBytes ?? 0) > 0);
  });

  it('what is dropped in one process is loaded anew in all, within half a second', async () => {
    const [one, two] = [openInstance(), openInstance()];
    await up(one, two);
    const { source, get } = makeSource(1);
    await get(one);
    await get(two);
    source.value = 2;
    assert.equal(await get(two), 1);
    await one.cache.dropTags(['other']);
    assert.equal(await get(two), 1, 'another tag');
    await one.cache.dropTags(['records']);
    assert.equal(await get(one), 2);
    await freshWithin(() => get(two), 2);
    source.value = 3;
    assert.equal(await two.cache.clear(), true);
    assert.equal(await get(two), 3);
    await freshWithin(() => get(one), 3);
  });

  it('a value loaded before a drop and arriving after it is not kept', async () => {
    const one = openInstance();
    await up(one);
    let release: (value: number) => void = () => undefined;
    const slow = one.cache.getOrLoad(
      'k',
      { tags: ['records'] },
      () => new Promise<number>((resolve) => (release = resolve)),
    );
    await sleep(20);
    await one.cache.dropTags(['records']);
    release(1);
    assert.equal(await slow, 1);
    assert.equal(await one.cache.getOrLoad('k', { tags: ['records'] }, async () => 2), 2);
  });

  it('shows the old value while the source is away, and passes its error on when there is none', async () => {
    const one = openInstance();
    await up(one);
    const { source, get } = makeSource(1);
    await get(one, 'k', 30);
    await sleep(60);
    source.fails = true;
    assert.equal(await get(one, 'k', 30), 1);
    assert.equal((await one.cache.statistics()).stats.staleHits, 1);
    await assert.rejects(get(one, 'unknown'), /^Error: the source is away$/);
  });

  it('fills neither Redis nor memory, however many answers somebody makes by varying a parameter', async function () {
    this.timeout(60_000);
    const one = openInstance();
    await up(one);
    const rows = 'x'.repeat(1024 * 1024);
    for (let n = 0; n < 90; n++) {
      const value = await one.cache.getOrLoad(`report:${n}`, { tags: ['records'] }, async () => ({ n, rows }));
      assert.equal(value.n, n);
    }
    const { redisInfo, memoryCacheSize } = await one.cache.statistics();
    assert.ok((redisInfo?.usedMemoryBytes ?? 0) < 100 * 1024 ** 2, `${redisInfo?.usedMemoryBytes} bytes in Redis`);
    assert.ok(memoryCacheSize <= 32, `${memoryCacheSize} of them in memory`);
    await one.cache.dropTags(['records']);
    const fresh = await one.cache.getOrLoad('report:1', { tags: ['records'] }, async () => ({ n: -1, rows: '' }));
    assert.equal(fresh.n, -1, 'what is beyond the room is dropped as well');
  });

  it('works with Redis absent from the start and hears the others once it comes', async function () {
    this.timeout(60_000);
    await server.kill();
    const [one, two] = [openInstance(), openInstance()];
    const { source, get } = makeSource(1);
    const startedMs = ownTimeMs();
    assert.deepEqual([await get(one), await get(one), await get(two)], [1, 1, 1]);
    assert.ok(ownTimeMs() - startedMs < 200, 'nobody waits for Redis');
    assert.equal((await one.cache.statistics()).health.status, 'degraded');
    await server.restart();
    await up(one, two);
    await get(one);
    await get(two);
    source.value = 2;
    await one.cache.dropTags(['records']);
    await freshWithin(() => get(two), 2);
  });

  it('after an outage shows nothing that was dropped during it, in no process', async function () {
    this.timeout(40_000);
    const [one, two] = [openInstance(), openInstance()];
    await up(one, two);
    const { source, get } = makeSource(1);
    await get(one);
    await get(two);
    // frozen: the data stays where it is, and so does what it should have been told
    server.freeze();
    await eventually(() => assert.ok(!one.redis.isUp() && !two.redis.isUp()));
    source.value = 2;
    const startedMs = ownTimeMs();
    await one.cache.dropTags(['records']);
    assert.equal(await get(one), 2);
    assert.ok(ownTimeMs() - startedMs < 500);
    server.thaw();
    await up(one, two);
    await freshWithin(() => get(one), 2);
    await freshWithin(() => get(two), 2);
  });

  it('memory does not outlive a reconnect', async function () {
    this.timeout(40_000);
    const one = openInstance();
    await up(one);
    const { source, get } = makeSource(1);
    await get(one);
    source.value = 2;
    assert.equal(await get(one), 1);
    await server.kill();
    await eventually(() => assert.ok(!one.redis.isUp()));
    await server.restart();
    await up(one);
    await freshWithin(() => get(one), 2);
  });

  it('goes on in memory without any Redis configured', async () => {
    const one = openInstance(null);
    const { source, get } = makeSource(1);
    await get(one);
    await get(one);
    assert.equal(source.loads, 1);
    source.value = 2;
    await one.cache.dropTags(['records']);
    assert.equal(await get(one), 2);
    assert.equal(await one.cache.clear(), true);
  });

  it('closes at once while Redis is away', async () => {
    const one = openInstance();
    await up(one);
    await makeSource(1).get(one);
    server.freeze();
    opened.splice(0);
    const startedMs = ownTimeMs();
    await one.cache.close();
    await one.redis.close();
    assert.ok(ownTimeMs() - startedMs < 1_000);
  });
});
