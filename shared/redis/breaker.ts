/**
 * The one breaker of a process (api.md section 3, "Redis counts as down").
 *
 *   open (connecting) --probe ok--> closed --first failure of any use, or of a probe--> open --probe ok--> closed
 *
 * The probe writes and deletes a key, because PING succeeds on a full or read-only Redis. It runs in both states, so
 * that a Redis that froze is noticed before a request has to. On each new connection it first tries all that is needed
 * (abilities.ts); a fault that no waiting mends keeps the breaker open with its name, so that nothing goes to and fro
 * between the two ways. Changes of state are logged once each, attempts never.
 */
import { randomUUID } from 'node:crypto';
import { ReplyError, type Redis } from 'ioredis';
import { DeadlineError } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { findMissingAbility, isLastingFault } from './abilities.ts';
import { createRedisConnection } from './connections.ts';
import { redisFaultReason, type RedisFaultReason } from './fault-reason.ts';
import {
  REDIS_COMMAND_TIMEOUT_MS,
  REDIS_PROBE_INTERVAL_MS,
  RedisUnavailableError,
  type RedisHandle,
  type RedisState,
} from './redis.ts';

/** What no waiting mends is looked at again this often: somebody may have changed the server. */
const LASTING_MS = 15_000;
/** A connection on which nothing came back for so long is made anew: it may be half open. */
const RECONNECT_AFTER_MS = 5_000;
const PROBE_KEY_TTL_S = 60;

/** A connection that must answer before the breaker closes. */
interface Line {
  readonly connection: Redis;
  /** by performance.now() */
  lastAnswerAt: number;
}

export interface OpenRedis extends RedisHandle {
  /** null where no Redis is configured */
  readonly url: string | null;
  /**
   * A further connection that must be ready before the breaker closes, so that a closed breaker means all of them work.
   * It is closed with the handle; null where no Redis is configured.
   */
  openProducer(): Redis | null;
  /** Asks now instead of at the next tick, e.g. in tests. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param url null = no Redis is configured, which is Redis down for ever
 */
export function createRedis(url: string | null, logger: Logger): OpenRedis {
  const listeners = new Set<(state: RedisState) => void>();
  const producers: Line[] = [];
  const loggedReasons = new Set<string | null>();
  const probeKey = `vhm24r:probe:${randomUUID()}`;
  let state: RedisState = {
    breaker: 'open',
    reason: url === null ? 'not_configured' : 'connecting',
    since: new Date(),
    openedCount: 0,
  };
  let connectionFault: RedisFaultReason | null = null;
  let lastAnswerAt = performance.now();
  let probing: Promise<void> | null = null;
  let closed = false;
  /** all abilities were there, on this connection */
  let proven = false;
  /** when to look again after a fault that stays */
  let lastingUntil = Number.NEGATIVE_INFINITY;

  function move(next: Pick<RedisState, 'breaker' | 'reason'>): void {
    if (closed || (next.breaker === state.breaker && next.reason === state.reason)) return;
    const changed = next.breaker !== state.breaker;
    state = {
      ...next,
      since: changed ? new Date() : state.since,
      openedCount: state.openedCount + (changed && next.breaker === 'open' ? 1 : 0),
    };
    tell(changed);
    for (const listener of listeners) listener(state);
  }

  /**
   * One line per change, and one per cause within an outage: each new attempt passes through the same few causes again.
   */
  function tell(changed: boolean): void {
    const { breaker, reason } = state;
    if (changed) loggedReasons.clear();
    if (breaker === 'closed') logger.info('redis is used', { event: 'redis_up' });
    else if (changed) logger.warn('redis is down, going on without it', { event: 'redis_down', reason });
    else if (reason !== 'connecting' && !loggedReasons.has(reason))
      logger.info('redis is still down', { event: 'redis_down', reason });
    loggedReasons.add(reason);
  }

  const client =
    url === null
      ? null
      : createRedisConnection(url, {
          kind: 'command',
          onError: (error) => {
            connectionFault = redisFaultReason(error) ?? 'error';
          },
        });
  client?.on('close', () => {
    // whatever answers next may be another server
    proven = false;
    lastingUntil = Number.NEGATIVE_INFINITY;
    if (state.breaker === 'closed') move({ breaker: 'open', reason: connectionFault ?? 'refused' });
  });
  // a new connection is asked at once: coming back should not wait for the next tick
  client?.on('ready', () => void probe());

  /** Runs work on the client under a deadline and tells what a failure says about Redis. */
  async function attempt<T>(work: (client: Redis) => Promise<T>, limitMs: number): Promise<T> {
    if (client === null) throw new RedisUnavailableError('not_configured');
    if (client.status !== 'ready') throw new RedisUnavailableError(connectionFault ?? 'connecting');
    const result = await withLaxDeadline(work(client), limitMs);
    lastAnswerAt = performance.now();
    return result;
  }

  /** @throws RedisUnavailableError when something is missing */
  async function prove(like: Redis): Promise<void> {
    const missing = await findMissingAbility(like);
    if (missing === null) {
      proven = true;
      return;
    }
    if (isLastingFault(missing.reason)) {
      lastingUntil = performance.now() + LASTING_MS;
      if (!loggedReasons.has(missing.reason))
        logger.warn('this redis cannot be used', { event: 'redis_unfit', ...missing });
    }
    throw new RedisUnavailableError(missing.reason);
  }

  function isLasting(): boolean {
    return state.breaker === 'open' && performance.now() < lastingUntil;
  }

  function reasonOf(error: unknown): string | null {
    return error instanceof RedisUnavailableError ? error.reason : redisFaultReason(error);
  }

  async function probeOnce(): Promise<void> {
    if (client === null || closed || isLasting()) return;
    try {
      if (!proven && client.status === 'ready') await prove(client);
      await attempt(async (redis) => {
        await redis.set(probeKey, '1', 'EX', PROBE_KEY_TTL_S);
        await redis.del(probeKey);
      }, REDIS_COMMAND_TIMEOUT_MS);
      connectionFault = null;
      if (producers.some(({ connection }) => connection.status !== 'ready')) {
        if (state.breaker === 'open') move({ breaker: 'open', reason: 'connecting' });
        return;
      }
      const silent = await findSilentProducers();
      move(silent.length === 0 ? { breaker: 'closed', reason: null } : { breaker: 'open', reason: 'timeout' });
      for (const line of silent) renewIfDead(line);
    } catch (error) {
      const reason = reasonOf(error) ?? 'error';
      move({ breaker: 'open', reason });
      // a server that answers, if only with a refusal, is not a dead line; READONLY may be, after a failover
      if (reason !== 'timeout' && reason !== 'connecting' && reason !== 'readonly') lastAnswerAt = performance.now();
      if (performance.now() - lastAnswerAt > RECONNECT_AFTER_MS) {
        lastAnswerAt = performance.now();
        for (const connection of everyConnection()) connection.disconnect(true);
      }
    }
  }

  /**
   * A producer's line may be half open while the probe's own is well: without asking it, the breaker would close on
   * each probe and open on each use.
   */
  async function findSilentProducers(): Promise<Line[]> {
    const silent: Line[] = [];
    await Promise.all(
      producers.map(async (line) => {
        try {
          await withLaxDeadline(line.connection.ping(), REDIS_COMMAND_TIMEOUT_MS);
        } catch (error) {
          // a refusal is an answer; what it says is found by the probe on the command line
          if (!(error instanceof ReplyError)) {
            silent.push(line);
            return;
          }
        }
        line.lastAnswerAt = performance.now();
      }),
    );
    return silent;
  }

  function renewIfDead(line: Line): void {
    if (performance.now() - line.lastAnswerAt <= RECONNECT_AFTER_MS) return;
    line.lastAnswerAt = performance.now();
    line.connection.disconnect(true);
  }

  function everyConnection(): Redis[] {
    return [...(client === null ? [] : [client]), ...producers.map(({ connection }) => connection)];
  }

  function probe(): Promise<void> {
    probing ??= probeOnce().finally(() => {
      probing = null;
    });
    return probing;
  }

  const timer = client === null ? null : setInterval(() => void probe(), REDIS_PROBE_INTERVAL_MS);

  return {
    url,
    state: () => state,
    isUp: () => state.breaker === 'closed',
    async run(work, limitMs = REDIS_COMMAND_TIMEOUT_MS) {
      if (state.breaker === 'open') throw new RedisUnavailableError(state.reason ?? 'connecting');
      try {
        return await attempt(work, limitMs);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason === null) throw error;
        if (isLastingFault(reason)) {
          proven = false;
          lastingUntil = performance.now() + LASTING_MS;
        }
        move({ breaker: 'open', reason });
        throw error instanceof RedisUnavailableError ? error : new RedisUnavailableError(reason, { cause: error });
      }
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    openProducer() {
      if (url === null) return null;
      const producer = createRedisConnection(url, { kind: 'producer' });
      producers.push({ connection: producer, lastAnswerAt: performance.now() });
      return producer;
    },
    probe,
    async close() {
      closed = true;
      if (timer !== null) clearInterval(timer);
      listeners.clear();
      await probing?.catch(() => undefined);
      for (const connection of everyConnection()) connection.disconnect();
    },
  };
}

/**
 * A deadline that gives an answer already on the socket its chance: when this process itself stood still, its timers
 * fire before its sockets are read, and a healthy Redis would look frozen.
 */
async function withLaxDeadline<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => setImmediate(() => setImmediate(() => reject(new DeadlineError('redis', limitMs)))),
      limitMs,
    );
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
