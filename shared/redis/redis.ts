/**
 * Redis as the product sees it: something that may vanish, be emptied or freeze at any moment (api.md section 3). One
 * breaker per process stands before all uses on the path of a request: the first failure opens it, a probe that writes
 * and deletes a key every 500 ms closes it again. The implementation is breaker.ts and connections.ts; only
 * shared/resources.ts builds it.
 */
import type { Redis } from 'ioredis';

/** Longest a plain command on the path of a request may take, ms. */
export const REDIS_COMMAND_TIMEOUT_MS = 250;
/** Longest `queue.add` may take, ms. */
export const QUEUE_ADD_TIMEOUT_MS = 800;
export const REDIS_PROBE_INTERVAL_MS = 500;

/**
 * Redis counts as down: not configured, no connection, too slow, READONLY, OOM, LOADING, NOAUTH, wrong password, or
 * without something that the queue and the cache need (abilities.ts).
 */
export class RedisUnavailableError extends Error {
  readonly reason: string;
  constructor(reason: string, options?: { cause?: unknown }) {
    super(`redis is unavailable: ${reason}`, options);
    this.name = 'RedisUnavailableError';
    this.reason = reason;
  }
}

export interface RedisState {
  /** closed = Redis is used; open = everything goes on without it */
  breaker: 'closed' | 'open';
  /**
   * why it is open: not_configured, connecting, timeout, refused, readonly, oom, loading, noauth, wrongpass, noperm,
   * cluster, sentinel, no_database, error
   */
  reason: string | null;
  since: Date;
  /** how often it opened since the process started */
  openedCount: number;
}

export interface RedisHandle {
  state(): RedisState;
  /** True while the breaker is closed. */
  isUp(): boolean;
  /**
   * Runs commands on the fail-fast client under a deadline (250 ms unless told). Throws RedisUnavailableError at once
   * while the breaker is open; a failure opens it. Errors that are the command's own fault (WRONGTYPE, a script's
   * error) pass through.
   */
  run<T>(work: (client: Redis) => Promise<T>, limitMs?: number): Promise<T>;
  /** Tells every change of the breaker; returns the way to stop listening. */
  onChange(listener: (state: RedisState) => void): () => void;
}
