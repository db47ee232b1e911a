/**
 * The second level: bentocache's driver contract over our Redis handle, so that the one breaker and the one deadline
 * hold here too, and no connection of its own is needed. Walks keys by SCAN, never by KEYS.
 */
import { BaseDriver } from 'bentocache/drivers/base_driver';
import type { CreateDriverResult, L2CacheDriver } from 'bentocache/types';
import { RedisUnavailableError, type RedisHandle } from '../redis/redis.ts';
import { createRoom } from './room.ts';

const SCAN_COUNT = 1_000;
const CLEAR_STEP_LIMIT_MS = 1_000;
/** Of one process, at once. A day's pages take a few megabytes. */
const ROOM = { maxBytes: 64 * 1024 ** 2, maxKeys: 10_000 };

export interface RedisLevelWatch {
  /** false while what Redis holds may be older than what was dropped */
  isReady(): boolean;
  onOperation(): void;
  onError(): void;
  /** a drop did not reach Redis */
  onMissedWrite(): void;
  /** what says that others were dropped: it is stored however full the place is */
  isTag(key: string): boolean;
}

export function redisLevel(redis: RedisHandle, watch: RedisLevelWatch): CreateDriverResult<L2CacheDriver> {
  return { options: {}, factory: (config: { prefix?: string }) => new RedisLevel(config, redis, watch) };
}

class RedisLevel extends BaseDriver implements L2CacheDriver {
  readonly type = 'l2' as const;
  readonly #redis: RedisHandle;
  readonly #watch: RedisLevelWatch;
  readonly #room = createRoom(ROOM);

  constructor(config: { prefix?: string }, redis: RedisHandle, watch: RedisLevelWatch) {
    super(config);
    this.#redis = redis;
    this.#watch = watch;
  }

  namespace(namespace: string): RedisLevel {
    return new RedisLevel({ prefix: this.createNamespacePrefix(namespace) }, this.#redis, this.#watch);
  }

  async #run<T>(writes: boolean, work: Parameters<RedisHandle['run']>[0]): Promise<T> {
    if (!this.#watch.isReady()) {
      if (writes) this.#watch.onMissedWrite();
      throw new RedisUnavailableError('not ready');
    }
    this.#watch.onOperation();
    try {
      return (await this.#redis.run(work)) as T;
    } catch (error) {
      this.#watch.onError();
      if (writes) this.#watch.onMissedWrite();
      throw error;
    }
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#run<string | null>(false, (client) => client.get(this.getItemKey(key)))) ?? undefined;
  }

  async pull(key: string): Promise<string | undefined> {
    return (await this.#run<string | null>(true, (client) => client.getdel(this.getItemKey(key)))) ?? undefined;
  }

  async set(key: string, value: string, ttlMs?: number): Promise<boolean> {
    const name = this.getItemKey(key);
    const bytes = name.length + Buffer.byteLength(value);
    // what it held of this key before is older than its drop or at its end: nobody is shown it
    if (!this.#watch.isTag(key) && !this.#room.take(name, bytes, ttlMs ?? Infinity)) return true;
    await this.#run(true, (client) =>
      ttlMs === undefined ? client.set(name, value) : client.set(name, value, 'PX', Math.ceil(ttlMs)),
    );
    return true;
  }

  async delete(key: string): Promise<boolean> {
    this.#room.forget([this.getItemKey(key)]);
    return (await this.#run<number>(true, (client) => client.unlink(this.getItemKey(key)))) > 0;
  }

  async deleteMany(keys: string[]): Promise<boolean> {
    const names = keys.map((key) => this.getItemKey(key));
    this.#room.forget(names);
    if (names.length > 0) await this.#run(true, (client) => client.unlink(names));
    return true;
  }

  async clear(): Promise<void> {
    this.#room.clear();
    this.#watch.onOperation();
    try {
      await clearPrefix(this.#redis, this.prefix);
    } catch (error) {
      this.#watch.onError();
      this.#watch.onMissedWrite();
      throw error;
    }
  }

  async disconnect(): Promise<void> {
    // the handle is not ours to close
  }
}

/** Removes all keys under the prefix, a thousand looked at per step. */
export async function clearPrefix(redis: RedisHandle, prefix: string): Promise<void> {
  await walk(redis, prefix, Number.POSITIVE_INFINITY, async (keys) => {
    if (keys.length > 0) await redis.run((client) => client.unlink(keys), CLEAR_STEP_LIMIT_MS);
  });
}

/** How many keys there are under the prefix, looking at so many steps at most. */
export async function countPrefix(redis: RedisHandle, prefix: string, maxSteps: number): Promise<number> {
  let count = 0;
  await walk(redis, prefix, maxSteps, async (keys) => {
    count += keys.length;
  });
  return count;
}

async function walk(
  redis: RedisHandle,
  prefix: string,
  maxSteps: number,
  use: (keys: string[]) => Promise<void>,
): Promise<void> {
  let cursor = '0';
  let steps = 0;
  do {
    const [next, keys] = await redis.run(
      (client) => client.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', SCAN_COUNT),
      CLEAR_STEP_LIMIT_MS,
    );
    await use(keys);
    cursor = next;
  } while (cursor !== '0' && ++steps < maxSteps);
}
