/**
 * The copies in Redis. A hit refuses. A miss says something only while three things hold: the marker that this process
 * wrote at the end of its last full resync comes back in the same command (an emptied or exchanged Redis has none, or
 * an old one), the connection has not been broken since (the breaker counts), and no copy has failed since. Anything
 * else is "unknown", and somebody else must be asked.
 */
import { randomUUID } from 'node:crypto';
import type { ChainableCommander } from 'ioredis';
import type { RedisHandle } from '../../redis/redis.ts';
import type { Changes } from './revocations.ts';

export type CopyAnswer = 'revoked' | 'not_revoked' | 'unknown';

const MARKER_TTL_S = 180;
const BATCH_COUNT = 500;
const BATCH_LIMIT_MS = 2_000;
const VERSION_TTL_S = 2 * 3_600;
/** Two processes may copy in the wrong order; a version only grows. */
const RAISE_SCRIPT = `local known = tonumber(redis.call('get', KEYS[1]) or '0')
if tonumber(ARGV[1]) >= known then redis.call('set', KEYS[1], ARGV[1], 'EX', ARGV[2]) end
return 1`;

export interface RevocationCopies {
  ask(jtis: readonly string[], userId: string, version: number): Promise<CopyAnswer>;
  /**
   * Copies what was just revoked. A failure costs the trust in all later misses until the next resync; it is never
   * thrown.
   */
  copy(changes: Pick<Changes, 'tokens' | 'versions'>): Promise<void>;
  /** Writes everything that `readAll` gives, then the marker. */
  resync(databaseId: string, readAll: () => Promise<Pick<Changes, 'tokens' | 'versions'>>): Promise<void>;
  isTrusted(): boolean;
  /** Takes the marker away; the copies stay, they are true. */
  close(): Promise<void>;
  failedCopies(): number;
}

export function createRevocationCopies(redis: RedisHandle): RevocationCopies {
  const markerKey = `blacklist_marker:${randomUUID()}`;
  let namespace: string | null = null;
  let resyncs = 0;
  let marker: string | null = null;
  /** the breaker's count of openings that the marker was written under */
  let trustedAt = -1;
  let failedCopies = 0;

  const versionKey = (userId: string) => `blacklist_version:${namespace ?? ''}:${userId}`;
  const isTrusted = () => marker !== null && redis.isUp() && redis.state().openedCount === trustedAt;

  function addTo(pipeline: ChainableCommander, changes: Pick<Changes, 'tokens' | 'versions'>): void {
    for (const { jti, remainingS, reason, revokedAt } of changes.tokens) {
      const ttlS = Math.max(1, Math.ceil(remainingS));
      pipeline.set(`blacklist:${jti}`, JSON.stringify({ reason, revoked_at: revokedAt }), 'EX', ttlS);
    }
    for (const { userId, version } of changes.versions)
      pipeline.eval(RAISE_SCRIPT, 1, versionKey(userId), version, VERSION_TTL_S);
  }

  async function write(changes: Pick<Changes, 'tokens' | 'versions'>, limitMs?: number): Promise<void> {
    if (changes.tokens.length + changes.versions.length === 0) return;
    await redis.run(async (client) => {
      const pipeline = client.pipeline();
      addTo(pipeline, changes);
      for (const [error] of (await pipeline.exec()) ?? []) if (error !== null) throw error;
    }, limitMs);
  }

  return {
    isTrusted,
    failedCopies: () => failedCopies,

    async ask(jtis, userId, version) {
      if (!isTrusted()) return 'unknown';
      const expected = marker;
      try {
        const keys = [markerKey, versionKey(userId), ...jtis.map((jti) => `blacklist:${jti}`)];
        const [foundMarker, foundVersion, ...foundTokens] = await redis.run((client) => client.mget(keys));
        if (foundTokens.some((found) => found !== null)) return 'revoked';
        if (typeof foundVersion === 'string' && Number(foundVersion) > version) return 'revoked';
        if (foundMarker !== expected) {
          if (marker === expected) marker = null;
          return 'unknown';
        }
        // a raised version is copied by whoever raised it; a token newer than the copy proves nothing either way
        return isTrusted() ? 'not_revoked' : 'unknown';
      } catch {
        // the breaker has counted it; the next store is asked
        return 'unknown';
      }
    },

    async copy(changes) {
      if (!redis.isUp()) return;
      try {
        await write(changes);
      } catch {
        failedCopies++;
        marker = null;
      }
    },

    async resync(databaseId, readAll) {
      const openedCount = redis.state().openedCount;
      const failedBefore = failedCopies;
      namespace = databaseId;
      const all = await readAll();
      for (let at = 0; at < Math.max(all.tokens.length, all.versions.length); at += BATCH_COUNT) {
        const batch = {
          tokens: all.tokens.slice(at, at + BATCH_COUNT),
          versions: all.versions.slice(at, at + BATCH_COUNT),
        };
        await write(
          { tokens: batch.tokens.filter(({ remainingS }) => remainingS > 0), versions: batch.versions },
          BATCH_LIMIT_MS,
        );
      }
      const next = `${++resyncs}-${randomUUID()}`;
      await redis.run((client) => client.set(markerKey, next, 'EX', MARKER_TTL_S));
      if (failedCopies !== failedBefore || redis.state().openedCount !== openedCount) return;
      marker = next;
      trustedAt = openedCount;
    },

    async close() {
      marker = null;
      if (!redis.isUp()) return;
      await redis.run((client) => client.del(markerKey)).catch(() => undefined);
    },
  };
}
