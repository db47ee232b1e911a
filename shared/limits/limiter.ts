/**
 * One counted rule, kept in Redis for all processes and in memory while Redis is away (each process then counts for
 * itself).
 */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RedisUnavailableError, type RedisHandle } from '../redis/redis.ts';

export interface Rule {
  name: string;
  points: number;
  durationS: number;
  /** locked for so long once the points are overdrawn */
  blockS?: number;
}

export interface LimitState {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** until the count starts anew, or the lock ends */
  resetMs: number;
}

export interface Limiter {
  take(key: string): Promise<LimitState>;
  /** Gives a point back. */
  giveBack(key: string): Promise<void>;
  /** Without counting. */
  look(key: string): Promise<LimitState>;
  forget(key: string): Promise<void>;
  /** Refuses the key for the rule's blockS from now on. */
  lock(key: string): Promise<void>;
}

const KEY_PREFIX = 'vhm24r_limit';

/** @param always keep the count in memory as well, so that an emptied Redis forgets nothing this process has seen */
export function createLimiter(redis: RedisHandle, rule: Rule, { always = false }: { always?: boolean } = {}): Limiter {
  const settings = {
    keyPrefix: `${KEY_PREFIX}:${rule.name}`,
    points: rule.points,
    duration: rule.durationS,
    ...(rule.blockS === undefined ? {} : { blockDuration: rule.blockS }),
  };
  const memory = new RateLimiterMemory(settings);
  const byClient = new WeakMap<Redis, RateLimiterRedis>();

  function shared(client: Redis): RateLimiterRedis {
    let limiter = byClient.get(client);
    if (limiter === undefined) {
      limiter = new RateLimiterRedis({ ...settings, storeClient: client });
      byClient.set(client, limiter);
    }
    return limiter;
  }

  function stateOf(result: RateLimiterRes | null): LimitState {
    const consumed = result?.consumedPoints ?? 0;
    return {
      allowed: consumed <= rule.points,
      limit: rule.points,
      remaining: Math.max(0, rule.points - consumed),
      resetMs: Math.max(0, result?.msBeforeNext ?? rule.durationS * 1000),
    };
  }

  /** The library throws its answer when the points are spent: that is no fault of Redis. */
  async function answered(work: Promise<RateLimiterRes | null>): Promise<LimitState> {
    try {
      return stateOf(await work);
    } catch (error) {
      if (error instanceof RateLimiterRes) return stateOf(error);
      throw error;
    }
  }

  /** Redis where it can be had, else memory; with `always` both, and the stricter answer counts. */
  async function ask(
    work: (limiter: RateLimiterRedis | RateLimiterMemory) => Promise<RateLimiterRes | null>,
  ): Promise<LimitState> {
    const own = always || !redis.isUp() ? await answered(work(memory)) : null;
    if (!redis.isUp() && own !== null) return own;
    try {
      const common = await redis.run((client) => answered(work(shared(client))));
      return own === null || (common.remaining <= own.remaining && common.allowed <= own.allowed) ? common : own;
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return own ?? answered(work(memory));
    }
  }

  async function tell(work: (limiter: RateLimiterRedis | RateLimiterMemory) => Promise<unknown>): Promise<void> {
    await work(memory);
    if (!redis.isUp()) return;
    try {
      await redis.run((client) => work(shared(client)));
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
    }
  }

  return {
    take: (key) => ask((limiter) => limiter.consume(key)),
    giveBack: async (key) => void (await ask((limiter) => limiter.reward(key))),
    look: (key) => ask((limiter) => limiter.get(key)),
    lock: (key) => tell((limiter) => limiter.block(key, rule.blockS ?? rule.durationS)),
    forget: (key) => tell((limiter) => limiter.delete(key)),
  };
}
