/**
 * Tries what the queue and the cache need of a Redis, on a connection of its own, before anything relies on it: a
 * server may answer PING and SET and still be of no use, because it is a node of a Cluster or a Sentinel, has not the
 * database that was asked for, or lets this user neither run scripts nor block nor subscribe. What is found so stays
 * until somebody changes the server, its users or the address.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { withDeadline } from '../lifecycle.ts';
import { redisFaultReason, type RedisFaultReason } from './fault-reason.ts';

const LIMIT_MS = 5_000;
const KEY_TTL_MS = 60_000;
const BLOCK_S = 0.01;
/** On which the processes tell each other what they dropped from their caches. */
const CACHE_CHANNEL = 'bentocache.notifications:main';

/** The commands of BullMQ's scripts by the rights they need: lists, hashes, sorted sets, streams, counters, expiry. */
const SCRIPT = `
redis.call('HSET', KEYS[1], 'a', '1')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('LPUSH', KEYS[2], '1')
redis.call('RPOPLPUSH', KEYS[2], KEYS[2])
redis.call('LREM', KEYS[2], 0, '1')
redis.call('ZADD', KEYS[3], 1, 'a')
redis.call('ZRANGEBYSCORE', KEYS[3], 0, 1)
redis.call('XADD', KEYS[4], 'MAXLEN', '~', 10, '*', 'a', '1')
redis.call('INCR', KEYS[5])
redis.call('SET', KEYS[6], '1', 'PX', ARGV[1])
redis.call('GET', KEYS[6])
return redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6])`;

/** What this Redis cannot do, and what told so, e.g. `{ reason: 'noperm', evidence: 'eval=NOPERM' }`. */
export interface MissingAbility {
  reason: RedisFaultReason;
  evidence: string;
}

/** Faults that no waiting mends. */
const LASTING_FAULTS = ['cluster', 'sentinel', 'no_database', 'noperm'] as const satisfies RedisFaultReason[];
type LastingFault = (typeof LASTING_FAULTS)[number];

export const isLastingFault = (reason: string | null): reason is LastingFault =>
  LASTING_FAULTS.some((one) => one === reason);

/**
 * @param like a client of the address to try; a connection of the same settings is opened and closed
 * @returns null when all is there; never rejects
 */
export async function findMissingAbility(like: Redis): Promise<MissingAbility | null> {
  const client = like.duplicate({
    enableOfflineQueue: true,
    enableReadyCheck: false,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  client.on('error', () => undefined);
  let step = 'connect';
  try {
    return await withDeadline(
      (async () => {
        await client.connect();
        for (const [name, ability] of abilities(client)) {
          step = name;
          const missing = await ability();
          if (missing !== null) return missing;
        }
        return null;
      })(),
      LIMIT_MS,
      'trying redis',
    );
  } catch (error) {
    return { reason: reasonOf(step, error), evidence: `${step}=${replyCode(error)}` };
  } finally {
    client.disconnect();
  }
}

function abilities(client: Redis): [string, () => Promise<MissingAbility | null>][] {
  const key = `vhm24r:trial:${randomUUID()}`;
  const keys = ['hash', 'list', 'set', 'stream', 'count', 'text'].map((kind) => `${key}:${kind}`);
  const database = client.options.db ?? 0;
  const well = async (work: Promise<unknown>) => {
    await work;
    return null;
  };
  return [
    // BullMQ asks for it too, for the version
    ['info', async () => whatItIs(await client.info())],
    ['select', () => well(client.select(database))],
    ['eval', () => well(client.eval(SCRIPT, keys.length, ...keys, KEY_TTL_MS))],
    ['evalsha', () => well(client.evalsha('0'.repeat(40), 0).catch(unlessUnknownScript))],
    ['bzpopmin', () => well(client.bzpopmin(`${key}:set`, BLOCK_S))],
    ['publish', () => well(client.publish(CACHE_CHANNEL, ''))],
    ['subscribe', () => well(client.subscribe(CACHE_CHANNEL))],
  ];
}

/** A plain server, or not: both kinds below answer PING, and neither serves. */
export function whatItIs(info: string): (MissingAbility & { reason: LastingFault }) | null {
  const mode = /^redis_mode:(\w+)/m.exec(info)?.[1] ?? '?';
  if (mode === 'sentinel') return { reason: 'sentinel', evidence: 'redis_mode=sentinel' };
  if (mode === 'cluster' || /^cluster_enabled:1/m.test(info))
    return { reason: 'cluster', evidence: 'cluster_enabled=1' };
  return null;
}

function unlessUnknownScript(error: unknown): null {
  if (replyCode(error) === 'NOSCRIPT') return null;
  throw error;
}

function reasonOf(step: string, error: unknown): RedisFaultReason {
  const known = redisFaultReason(error);
  if (known !== null) return known;
  if (step === 'select') return 'no_database';
  // a script's own words for a command that the user may not run, or one that was renamed away
  return 'noperm';
}

/** The first word of a reply, which is its code; else the error's name. */
function replyCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.name === 'ReplyError' ? (/^[A-Z]+/.exec(error.message)?.[0] ?? 'ERR') : error.name;
}
