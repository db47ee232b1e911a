/**
 * How often somebody may ask (api.md section 6). Anonymous callers are counted by address, signed-in ones by person,
 * sign-ins by account and address together, so that nobody can lock out another. All numbers are multiplied by
 * RATE_LIMIT_FACTOR, 0 switches them off; the lock after five wrong passwords alone always stands.
 */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { AppError, unavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { RedisHandle } from '../redis/redis.ts';
import { createLimiter, type Limiter, type LimitState, type Rule } from './limiter.ts';

export const SIGN_IN_FAILURES = 5;
export const SIGN_IN_LOCK_S = 900;

/** Of one account from one address, in one process. */
const MAX_WAITING_TRIES = 200;

const RULES = {
  anonymous: { name: 'anonymous', points: 60, durationS: 60 },
  user: { name: 'user', points: 1_000, durationS: 60 },
  burst: { name: 'burst', points: 250, durationS: 10 },
  upload: { name: 'upload', points: 60, durationS: 60 },
  signInMinute: { name: 'sign_in_minute', points: 5, durationS: 60 },
  signInHour: { name: 'sign_in_hour', points: 20, durationS: 3_600 },
} as const satisfies Record<string, Rule>;
/** Of all requests to this process; only logged. */
const GLOBAL_PER_MINUTE = 1_000;

/** Wrong passwords of one account within an hour, from wherever, that somebody should hear of. */
export const ALARMING_FAILURES = 100;

export interface SignInAttempt {
  matches: boolean;
  /** this wrong password locked the pair */
  locked: boolean;
  /** this was the account's hundredth within an hour, from whatever addresses */
  guessedOften: boolean;
}

export interface SignInLimits {
  /**
   * Counts a try as a wrong one, then lets the password be looked at, and forgets the count when it was right. Tries of
   * one account from one address go one after another here, so that a hundred at once are not a hundred guesses.
   * @throws AppError rate_limited while the pair is locked or asks too often; the password is then not even looked at
   */
  attempt(account: string, address: string, check: () => Promise<boolean>): Promise<SignInAttempt>;
}

export interface RateLimits {
  /** The tightest of the limits that apply, null when there are none. */
  takeAnonymous(address: string): Promise<LimitState | null>;
  takeUser(userId: string, options: { upload: boolean }): Promise<LimitState | null>;
  signIn: SignInLimits;
}

export function rateLimited(state: LimitState): AppError {
  const retryAfterS = Math.max(1, Math.ceil(state.resetMs / 1000));
  return new AppError('rate_limited', { params: { retryAfterS }, details: { retryAfterS } });
}

/** What an address is counted as: an IPv6 client owns a whole /64. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').split('%')[0] ?? '';
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** The account is hashed: addresses of people have no business in Redis. */
function pairKey(account: string, address: string): string {
  return createHash('sha256')
    .update(`${account.trim().toLowerCase()}\n${addressKey(address)}`)
    .digest('base64url');
}

export interface RateLimitOptions {
  redis: RedisHandle;
  /** RATE_LIMIT_FACTOR */
  factor: number;
  logger: Logger;
}

export function createRateLimits({ redis, factor, logger }: RateLimitOptions): RateLimits {
  const scaled = (rule: Rule): Limiter =>
    createLimiter(redis, { ...rule, points: Math.max(1, Math.round(rule.points * factor)) });
  const limiters = {
    anonymous: scaled(RULES.anonymous),
    user: scaled(RULES.user),
    burst: scaled(RULES.burst),
    upload: scaled(RULES.upload),
    signInMinute: scaled(RULES.signInMinute),
    signInHour: scaled(RULES.signInHour),
  };
  const failures = createLimiter(
    redis,
    { name: 'sign_in_failures', points: SIGN_IN_FAILURES, durationS: SIGN_IN_LOCK_S, blockS: SIGN_IN_LOCK_S },
    { always: true },
  );
  const ofAccount = createLimiter(
    redis,
    { name: 'sign_in_account', points: ALARMING_FAILURES, durationS: 3_600 },
    { always: true },
  );
  const inTurn = createTurns();
  const window = { startedMs: performance.now(), count: 0 };

  function countGlobally(): void {
    const nowMs = performance.now();
    if (nowMs - window.startedMs > 60_000) Object.assign(window, { startedMs: nowMs, count: 0 });
    window.count++;
    if (window.count === GLOBAL_PER_MINUTE + 1)
      logger.warn('more than 1000 requests within a minute', { event: 'global_rate' });
  }

  async function takeAll(key: string, rules: readonly Limiter[]): Promise<LimitState | null> {
    countGlobally();
    if (factor === 0) return null;
    const states = await Promise.all(rules.map((rule) => rule.take(key)));
    return states.reduce(tighter);
  }

  return {
    takeAnonymous: (address) => takeAll(addressKey(address), [limiters.anonymous]),
    takeUser: (userId, { upload }) =>
      takeAll(userId, upload ? [limiters.user, limiters.burst, limiters.upload] : [limiters.user, limiters.burst]),
    signIn: {
      attempt: (account, address, check) => {
        const key = pairKey(account, address);
        return inTurn(key, async () => {
          const counted = await failures.take(key);
          if (!counted.allowed) throw rateLimited(counted);
          if (factor > 0) {
            const state = (await Promise.all([limiters.signInMinute.take(key), limiters.signInHour.take(key)])).reduce(
              tighter,
            );
            if (!state.allowed) {
              await failures.giveBack(key);
              throw rateLimited(state);
            }
          }
          const matches = await check().catch(async (error: unknown) => {
            // nobody has looked at the password: no guess
            await failures.giveBack(key);
            throw error;
          });
          if (!matches) {
            const locked = counted.remaining === 0;
            if (locked) await failures.lock(key);
            const all = await ofAccount.take(pairKey(account, ''));
            return { matches, locked, guessedOften: all.allowed && all.remaining === 0 };
          }
          await failures.forget(key);
          // the limits are against guessing: who knew the password has not guessed
          if (factor > 0) await Promise.all([limiters.signInMinute.giveBack(key), limiters.signInHour.giveBack(key)]);
          return { matches, locked: false, guessedOften: false };
        });
      },
    },
  };
}

/** Runs work of one key one after another; at most so many wait. */
function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, { last: Promise<unknown>; waiting: number }>();
  return async (key, work) => {
    const tail = tails.get(key) ?? { last: Promise.resolve(), waiting: 0 };
    if (tail.waiting >= MAX_WAITING_TRIES) throw unavailable(new Error('too many sign-ins of one account wait'));
    tails.set(key, tail);
    tail.waiting += 1;
    const mine = tail.last.then(work);
    tail.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      tail.waiting -= 1;
      if (tail.waiting === 0) tails.delete(key);
    }
  };
}

function tighter(one: LimitState, other: LimitState): LimitState {
  if (one.allowed !== other.allowed) return one.allowed ? other : one;
  if (!one.allowed) return one.resetMs >= other.resetMs ? one : other;
  return one.remaining <= other.remaining ? one : other;
}
