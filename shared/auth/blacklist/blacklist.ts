/**
 * Who is not let in any more (api.md section 6). A question goes, until somebody can answer it, to
 *
 *   1. what this process knows: a hit refuses;
 *   2. the copies in Redis: a hit refuses; a miss lets in only while they are trusted (copies.ts) and this process has
 * read PostgreSQL within
 *      the last second, so that a revocation whose copy failed elsewhere has arrived here by itself;
 *   3. PostgreSQL, which knows: where only its last reading is too old, one reading anew for all who ask meanwhile.
 *
 * When none can tell, the answer is an error (503): it never fails open, and never says "revoked" of a token nobody
 * could ask about. Each process follows PostgreSQL by itself every 500 ms. The same library runs in api and worker.
 */
import type { Db } from '../../db/client.ts';
import { unavailable } from '../../errors.ts';
import { withDeadline } from '../../lifecycle.ts';
import { readDatabaseId } from '../../db/database-id.ts';
import type { Logger } from '../../logger.ts';
import type { RedisHandle } from '../../redis/redis.ts';
import { createRevocationCopies } from './copies.ts';
import { createKnownRevocations } from './known.ts';
import { createLatencies, type LatencySummary } from './latencies.ts';
import {
  areRevokedInDatabase,
  isRevokedInDatabase,
  readChanges,
  removeExpired,
  type Changes,
  type Revocation,
} from './revocations.ts';

export const FOLLOW_INTERVAL_MS = 500;
/** How old this process's last reading of PostgreSQL may be for a miss in Redis to count. */
const FRESH_MS = 1_000;
const DATABASE_LIMIT_MS = 1_000;
/** A reading that is not back by then is given up: its connection may be half open. */
const READING_LIMIT_MS = 5_000;
const RESYNC_INTERVAL_MS = 60_000;
const CLEAN_INTERVAL_MS = 600_000;

export interface BlacklistQuestion {
  /** the token's id, and the id of the token it was made from where there is one */
  jtis: readonly string[];
  userId: string;
  version: number;
}

export interface BlacklistStatistics {
  /** who answers a question about a token that is not known to be revoked */
  backend: 'redis' | 'postgres' | 'none';
  degraded: boolean;
  /** revocations and raised versions this process knows */
  size: number;
  raisedVersions: number;
  checks: number;
  /** refused as revoked */
  hits: number;
  answeredBy: { memory: number; redis: number; postgres: number; nobody: number };
  latencyMs: LatencySummary;
  failedCopies: number;
  /** last reading of PostgreSQL, and last full copy into Redis */
  lastReadAt: string | null;
  lastResyncAt: string | null;
}

export interface Blacklist {
  /**
   * The database's clock, epoch ms, as of the last reading and this process's own count since; before the first one
   * this process's clock.
   */
  clockMs(): number;
  /** @throws AppError service_unavailable when nobody can tell */
  isRevoked(question: BlacklistQuestion): Promise<boolean>;
  /**
   * For what lasts, all of it at once: what this process knows, or one question to PostgreSQL where its last reading is
   * too old.
   * @throws AppError service_unavailable when nobody can tell
   */
  areRevoked(questions: readonly BlacklistQuestion[]): Promise<boolean[]>;
  /** To be told after the transaction that wrote it has committed. Never throws: the truth is stored already. */
  learn(changes: {
    revocations?: readonly Revocation[];
    versions?: readonly { userId: string; version: number }[];
  }): Promise<void>;
  statistics(): BlacklistStatistics;
  /** Starts following; resolves after the first reading, or when it is clear that PostgreSQL is away. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface BlacklistOptions {
  db: Db;
  redis: RedisHandle;
  logger: Logger;
  /** removes expired rows now and then; one kind of process is enough */
  cleans?: boolean;
}

export function createBlacklist({ db, redis, logger, cleans = false }: BlacklistOptions): Blacklist {
  const known = createKnownRevocations();
  const copies = createRevocationCopies(redis);
  const latencies = createLatencies();
  const answeredBy = { memory: 0, redis: 0, postgres: 0, nobody: 0 };
  let hits = 0;
  let nextXid = '0';
  let readAtMs = Number.NEGATIVE_INFINITY;
  let lastReadAt: Date | null = null;
  /** the database's clock before the monotonic one of this process */
  let clockOffsetMs: number | null = null;
  let lastResyncAt: Date | null = null;
  let resyncDueMs = 0;
  let cleanDueMs = performance.now() + CLEAN_INTERVAL_MS / 10;
  let databaseId: string | null = null;
  let runningReading: Promise<void> | null = null;
  let comingReading: Promise<void> | null = null;
  let following: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let wake: (() => void) | null = null;
  let stopped = true;
  let readable: boolean | null = null;

  const clockMs = () => (clockOffsetMs === null ? Date.now() : clockOffsetMs + performance.now());
  const isFresh = () => performance.now() - readAtMs < FRESH_MS;

  function answer(by: keyof typeof answeredBy, revoked: boolean, startedMs: number): boolean {
    answeredBy[by]++;
    if (revoked) hits++;
    latencies.add(performance.now() - startedMs);
    return revoked;
  }

  /** @param from '0' reads everything */
  async function read(from: string): Promise<Changes> {
    const startedMs = performance.now();
    const changes = await withDeadline(readChanges(db, from), READING_LIMIT_MS, 'reading revocations');
    known.add(changes);
    // a database restored under a running process counts from a lower number: begin again
    if (BigInt(changes.nextXid) < BigInt(from)) return read('0');
    nextXid = changes.nextXid;
    readAtMs = startedMs;
    // the clock was read between the two: off by the way there and back at most
    clockOffsetMs = changes.clockMs - performance.now();
    lastReadAt = new Date(clockMs());
    return changes;
  }

  /**
   * A reading that begins after now, one for all who ask before it does: a crowd that asked one by one would have each
   * wait for all others.
   */
  function readAnew(): Promise<void> {
    if (comingReading !== null) return comingReading;
    const begin = async (): Promise<void> => {
      await runningReading?.catch(() => undefined);
      comingReading = null;
      const reading = withDeadline(read(nextXid), DATABASE_LIMIT_MS, 'reading revocations').then(() => undefined);
      runningReading = reading;
      await reading;
    };
    comingReading = begin();
    return comingReading;
  }

  async function follow(): Promise<void> {
    try {
      const resync = performance.now() >= resyncDueMs || (redis.isUp() && !copies.isTrusted());
      if (!resync) await read(nextXid);
      else {
        databaseId ??= await withDeadline(readDatabaseId(db), READING_LIMIT_MS, 'reading the database id');
        await resyncAll(databaseId);
      }
      if (cleans && performance.now() >= cleanDueMs) {
        cleanDueMs = performance.now() + CLEAN_INTERVAL_MS;
        await withDeadline(removeExpired(db), READING_LIMIT_MS, 'removing expired tokens');
      }
      if (readable === false) logger.info('revocations are read again', { event: 'blacklist_follows' });
      readable = true;
    } catch (error) {
      if (readable !== false) logger.warn('revocations cannot be read', { event: 'blacklist_blind', error });
      readable = false;
    }
  }

  async function resyncAll(id: string): Promise<void> {
    known.prune();
    let readFault: unknown = null;
    const readAll = async () => {
      try {
        return await read('0');
      } catch (error) {
        readFault = error;
        throw error;
      }
    };
    try {
      if (redis.isUp()) await copies.resync(id, readAll);
      else await readAll();
      if (copies.isTrusted()) lastResyncAt = new Date(clockMs());
    } catch (error) {
      if (readFault !== null) throw readFault;
      // Redis is away again; the first tick after its return begins anew
      logger.info('revocations could not be copied', { event: 'blacklist_copy_failed', error });
    }
    resyncDueMs = performance.now() + RESYNC_INTERVAL_MS;
  }

  async function followUntilStopped(): Promise<void> {
    while (!stopped) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, FOLLOW_INTERVAL_MS);
      });
      if (!stopped) await follow();
    }
  }

  return {
    clockMs,

    async isRevoked({ jtis, userId, version }) {
      const startedMs = performance.now();
      if (known.isRevoked(jtis, userId, version)) return answer('memory', true, startedMs);
      const copied = await copies.ask(jtis, userId, version);
      if (copied === 'revoked') return answer('redis', true, startedMs);
      // what this process learned while it was asking counts as well
      if (copied === 'not_revoked' && isFresh())
        return answer('redis', known.isRevoked(jtis, userId, version), startedMs);
      try {
        if (copied === 'not_revoked') {
          await withDeadline(readAnew(), DATABASE_LIMIT_MS, 'reading revocations');
          return answer('postgres', known.isRevoked(jtis, userId, version), startedMs);
        }
        const asked = isRevokedInDatabase(db, jtis, userId, version);
        return answer('postgres', await withDeadline(asked, DATABASE_LIMIT_MS, 'asking for a revocation'), startedMs);
      } catch (error) {
        answeredBy.nobody++;
        throw unavailable(error);
      }
    },

    async areRevoked(questions) {
      const revoked = questions.map(({ jtis, userId, version }) => known.isRevoked(jtis, userId, version));
      if (isFresh() || questions.length === 0) return revoked;
      try {
        return await withDeadline(areRevokedInDatabase(db, questions), DATABASE_LIMIT_MS, 'asking for revocations');
      } catch (error) {
        throw unavailable(error);
      }
    },

    async learn({ revocations = [], versions = [] }) {
      const nowMs = clockMs();
      const tokens = revocations.map(({ jti, expiresAtS, reason }) => ({
        jti,
        remainingS: expiresAtS - nowMs / 1000,
        reason,
        revokedAt: new Date(nowMs).toISOString(),
      }));
      known.add({ tokens, versions: [...versions] });
      await copies.copy({ tokens, versions: [...versions] });
    },

    statistics() {
      const { tokens, versions } = known.size();
      const backend = isFresh() ? (copies.isTrusted() ? 'redis' : 'postgres') : readable === true ? 'postgres' : 'none';
      return {
        backend,
        degraded: backend !== 'redis',
        size: tokens,
        raisedVersions: versions,
        checks: answeredBy.memory + answeredBy.redis + answeredBy.postgres + answeredBy.nobody,
        hits,
        answeredBy: { ...answeredBy },
        latencyMs: latencies.summary(),
        failedCopies: copies.failedCopies(),
        lastReadAt: lastReadAt?.toISOString() ?? null,
        lastResyncAt: lastResyncAt?.toISOString() ?? null,
      };
    },

    async open() {
      if (!stopped) return;
      stopped = false;
      await follow();
      following = followUntilStopped();
    },

    async close() {
      stopped = true;
      clearTimeout(timer);
      wake?.();
      await following;
      following = null;
      await copies.close();
    },
  };
}
