/**
 * The cache on bentocache. What its own promises do not cover, outages and the moment between loading and storing, is
 * here.
 */
import { BentoCache, bentostore, errors } from 'bentocache';
import { memoryDriver, type MemoryDriver } from 'bentocache/drivers/memory';
import type { Logger } from '../logger.ts';
import type { RedisHandle } from '../redis/redis.ts';
import { CACHE_PREFIX, CACHE_TTL_MS, type Cache, type CacheOptions, type CacheStatistics } from './cache.ts';
import { createInvalidationBus } from './invalidation-bus.ts';
import { createParsedOnce, freeze } from './parsed-once.ts';
import { clearPrefix, countPrefix, redisLevel } from './redis-level.ts';

const MAX_MEMORY_ENTRIES = 1_000;
/** Whoever varies a parameter makes an answer each time, of up to half a megabyte. */
const MAX_MEMORY = '32mb';
/** How long beyond its life a value may be shown while its source is away. */
const GRACE_MS = 600_000;
const GRACE_BACKOFF_MS = 5_000;
/** While nobody can be told and nobody can tell us. */
const ALONE_TTL_MS = 5_000;
/**
 * A drop is repeated after this: a message may overtake a load that began before it, or fall into the gap of a new
 * line.
 */
const SECOND_DROP_MS = 1_000;
/** bentocache's own keys, one per tag. */
const TAG_KEY = '___bc:t:';
const COUNT_MAX_STEPS = 50;

export interface CreateCacheOptions {
  redis: RedisHandle;
  /** of the same Redis, for the line on which other processes tell what they dropped; null = none is configured */
  redisUrl: string | null;
  logger: Logger;
}

export function createCache({ redis, redisUrl, logger }: CreateCacheOptions): Cache {
  const counts = { memoryHits: 0, redisHits: 0, staleHits: 0, misses: 0, errors: 0, redisOps: 0, memoryOps: 0 };
  const serializer = createParsedOnce();
  /** grows with everything dropped, here or elsewhere: a load that began before is not kept */
  let drops = 0;
  let memory: MemoryDriver | null = null;
  let readMemory: (key: string) => string | undefined = () => undefined;
  /** keys written to memory; which of them are still there only a look tells */
  const memoryKeys = new Set<string>();
  let ready = false;
  /** Redis may hold what was dropped meanwhile */
  let outdated = false;
  let catchingUp: Promise<void> = Promise.resolve();
  const secondDrops = new Set<NodeJS.Timeout>();

  function forgetMemory(): void {
    drops++;
    memory?.clear();
    memoryKeys.clear();
    serializer.forget();
  }

  function countMemory(): number {
    for (const key of memoryKeys) if (readMemory(key) === undefined) memoryKeys.delete(key);
    return memoryKeys.size;
  }

  const firstLevel = memoryDriver({ maxItems: MAX_MEMORY_ENTRIES, maxSize: MAX_MEMORY });
  const countedFirstLevel = {
    ...firstLevel,
    factory: (config: Parameters<typeof firstLevel.factory>[0]) => {
      const driver = firstLevel.factory(config);
      const { get, set } = driver;
      driver.get = (key) => {
        counts.memoryOps++;
        return get.call(driver, key);
      };
      driver.set = (key, value, ttl) => {
        counts.memoryOps++;
        if (!key.startsWith(TAG_KEY)) memoryKeys.add(key);
        if (memoryKeys.size > 4 * MAX_MEMORY_ENTRIES) countMemory();
        return set.call(driver, key, value, ttl);
      };
      readMemory = (key) => get.call(driver, key);
      memory = driver;
      return driver;
    },
  };
  const secondLevel = redisLevel(redis, {
    isReady: () => ready,
    onOperation: () => counts.redisOps++,
    onError: () => counts.errors++,
    onMissedWrite: () => {
      outdated = true;
    },
    isTag: (key) => key.startsWith(TAG_KEY),
  });
  const bus = redisUrl === null ? null : createInvalidationBus(redisUrl, redis, forgetMemory);
  const base = bentostore({ prefix: CACHE_PREFIX, suppressL2Errors: true })
    .useL1Layer(countedFirstLevel)
    .useL2Layer(secondLevel);
  const bento = new BentoCache({
    default: 'main',
    serializer,
    stores: { main: bus === null ? base : base.useBus(bus.driver) },
  });
  bento.on('cache:hit', ({ key, layer, graced }) => {
    if (key.startsWith(TAG_KEY)) return;
    if (graced) counts.staleHits++;
    else if (layer === 'l1') counts.memoryHits++;
    else counts.redisHits++;
  });
  bento.on('cache:miss', ({ key }) => {
    if (!key.startsWith(TAG_KEY)) counts.misses++;
  });
  bento.on('bus:message:received', ({ message }) => {
    const type = (message as { type: unknown }).type;
    if (type === 'clear' || message.keys.length === 0 || message.keys.some((key) => key.startsWith(TAG_KEY))) drops++;
  });

  /** Redis is back: what it holds may predate what was dropped meanwhile, or come from an old snapshot. */
  async function catchUp(): Promise<void> {
    forgetMemory();
    try {
      if (outdated) {
        outdated = false;
        await clearPrefix(redis, CACHE_PREFIX);
        // whoever came back before us may have read the old values into memory
        await bento.clear();
      }
      ready = redis.isUp() && !outdated;
    } catch (error) {
      outdated = true;
      logger.info('the cache in Redis could not be cleared', { event: 'cache_clear_failed', error });
    }
  }

  const stopListening = redis.onChange((state) => {
    if (state.breaker === 'closed') catchingUp = catchingUp.then(catchUp);
    else {
      if (ready) forgetMemory();
      ready = false;
      outdated = true;
    }
  });
  if (redis.isUp()) catchingUp = catchUp();

  async function drop(tags: readonly string[]): Promise<void> {
    drops++;
    try {
      await bento.deleteByTag({ tags: [...tags] });
    } catch (error) {
      outdated = true;
      logger.warn('cached values could not be dropped', { event: 'cache_drop_failed', tags, error });
    }
  }

  async function readRedis(): Promise<{ info: CacheStatistics['redisInfo']; responseTimeMs: number | null }> {
    try {
      const startedMs = performance.now();
      await redis.run((client) => client.ping());
      const responseTimeMs = Math.round((performance.now() - startedMs) * 100) / 100;
      const text = await redis.run((client) => client.info('memory'));
      const bytes = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)?.[1] ?? 0);
      const keys = await countPrefix(redis, CACHE_PREFIX, COUNT_MAX_STEPS);
      return {
        info: { usedMemoryBytes: bytes('used_memory'), usedMemoryPeakBytes: bytes('used_memory_peak'), keys },
        responseTimeMs,
      };
    } catch {
      // the breaker has counted it, and the answer says that Redis is not there
      return { info: null, responseTimeMs: null };
    }
  }

  return {
    async getOrLoad<T>(
      key: string,
      { ttlMs = CACHE_TTL_MS, tags = [] }: CacheOptions,
      load: () => Promise<T>,
    ): Promise<T> {
      const life = ready ? ttlMs : Math.min(ttlMs, ALONE_TTL_MS);
      try {
        return await bento.getOrSet<T>({
          key,
          ttl: life,
          tags: [...tags],
          grace: life + GRACE_MS,
          graceBackoff: GRACE_BACKOFF_MS,
          // the library's default would show an outdated value first and load behind its back
          timeout: null,
          factory: async (context) => {
            const before = drops;
            // as it will come out of the cache: plain JSON, nobody's to change
            const loaded = freeze(JSON.parse(JSON.stringify(await load())) as T);
            if (drops !== before) context.setOptions({ ttl: -1, skipL2Write: true, skipBusNotify: true });
            return loaded;
          },
        });
      } catch (error) {
        // the caller knows its own errors, not the library's
        throw error instanceof errors.E_FACTORY_ERROR ? error.cause : error;
      }
    },

    async dropTags(tags) {
      await drop(tags);
      const again = setTimeout(() => {
        secondDrops.delete(again);
        void drop(tags);
      }, SECOND_DROP_MS);
      secondDrops.add(again);
    },

    async clear() {
      forgetMemory();
      if (!ready) {
        outdated = true;
        return redisUrl === null;
      }
      const errorsBefore = counts.errors;
      await bento.clear();
      return counts.errors === errorsBefore;
    },

    async statistics() {
      const { info, responseTimeMs } = await readRedis();
      const hits = counts.memoryHits + counts.redisHits + counts.staleHits;
      const lookups = hits + counts.misses;
      return {
        connectedToRedis: info !== null,
        hitRatePercent: lookups === 0 ? 0 : Math.round((hits / lookups) * 1_000) / 10,
        totalOperations: counts.memoryOps + counts.redisOps,
        stats: { hits, ...counts },
        memoryCacheSize: countMemory(),
        redisInfo: info,
        health: {
          status: info === null ? 'degraded' : 'healthy',
          redisAvailable: info !== null,
          memoryCacheAvailable: true,
          responseTimeMs,
        },
      };
    },

    async close() {
      stopListening();
      for (const timer of secondDrops) clearTimeout(timer);
      await catchingUp;
      await bento.disconnectAll();
      bus?.close();
    },
  };
}
