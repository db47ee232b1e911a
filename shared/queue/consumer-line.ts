/**
 * One set of connections and BullMQ workers. It is made anew as a whole when it no longer hears: a connection whose
 * other end is gone without a word (a lost route) stays "ready", and what waits for an answer on it waits for ever.
 *
 * A sign of life is asked of each connection by itself, the blocking ones too: a PING queues behind the blocking read
 * and comes back when that ends, DRAIN_DELAY_S later at most. An idle worker must also begin a new blocking read that
 * often, else its loop stands still.
 */
import { Worker, type Job as BullJob } from 'bullmq';
import type { Redis } from 'ioredis';
import { withDeadline } from '../lifecycle.ts';
import { createRedisConnection } from '../redis/connections.ts';
import { BULL_PREFIX, type JobData } from './bull-queues.ts';

const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
const MAX_STALLED = 1_000;
/** Longest a blocking read takes, seconds. */
const DRAIN_DELAY_S = 2;
const CLOSE_LIMIT_MS = 2_000;

export interface LineQueue {
  name: string;
  concurrency: number;
}

export interface ConsumerLine {
  /** Asks every connection for a sign of life; the answers show in `silentMs`. */
  ask(): void;
  /** Time since the part that has been silent longest gave a sign, ms. */
  silentMs(): number;
  /** Every connection has answered since the line was made. */
  hasAnswered(): boolean;
  /** Takes nothing new. */
  pause(): Promise<void>;
  /** @param forced leaves running jobs and answers that never come alone; needed while Redis is away */
  close(forced: boolean): Promise<void>;
}

export interface LineDeps {
  redisUrl: string;
  queues: readonly LineQueue[];
  consume(job: BullJob<JobData>): Promise<string>;
  onError(queue: string, error: Error): void;
  onReady(queue: string): void;
}

interface Sign {
  at: number;
  asking: boolean;
  answered: boolean;
}

export function createConsumerLine({ redisUrl, queues, consume, onError, onReady }: LineDeps): ConsumerLine {
  const connection = createRedisConnection(redisUrl, { kind: 'patient' });
  const connections = new Map<Redis, Sign>();
  const note = (one: Redis) => connections.set(one, { at: performance.now(), asking: false, answered: false });
  note(connection);
  /** by queue: when its loop last did something */
  const loops = new Map<string, { at: number; active: number }>();

  const workers = queues.map(({ name, concurrency }) => {
    const loop = { at: performance.now(), active: 0 };
    loops.set(name, loop);
    // BullMQ makes the blocking connection of each worker by `duplicate`
    const { duplicate } = connection;
    connection.duplicate = (override) => {
      const copy = duplicate.call(connection, override);
      copy.on('error', () => undefined);
      note(copy);
      const blockingRead = copy.bzpopmin.bind(copy) as (...args: unknown[]) => Promise<unknown>;
      copy.bzpopmin = ((...args: unknown[]) => {
        loop.at = performance.now();
        return blockingRead(...args);
      }) as Redis['bzpopmin'];
      return copy;
    };
    const worker = new Worker<JobData>(
      name,
      async (job) => {
        loop.active += 1;
        try {
          return await consume(job);
        } finally {
          loop.active -= 1;
          loop.at = performance.now();
        }
      },
      {
        connection,
        prefix: BULL_PREFIX,
        concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: MAX_STALLED,
        drainDelay: DRAIN_DELAY_S,
        runRetryDelay: 1_000,
      },
    );
    connection.duplicate = duplicate;
    worker.on('error', (error) => onError(name, error));
    worker.on('ready', () => onReady(name));
    return worker;
  });

  async function askOne(one: Redis, sign: Sign): Promise<void> {
    if (sign.asking) return;
    sign.asking = true;
    try {
      await one.ping();
      sign.at = performance.now();
      sign.answered = true;
    } catch {
      // closed meanwhile; its silence tells
    } finally {
      sign.asking = false;
    }
  }

  return {
    ask() {
      for (const [one, sign] of connections) void askOne(one, sign);
    },
    silentMs() {
      const idleLoops = [...loops.values()].filter(({ active }) => active === 0);
      const signs = [...connections.values(), ...idleLoops].map(({ at }) => at);
      return performance.now() - Math.min(...signs);
    },
    hasAnswered: () => [...connections.values()].every(({ answered }) => answered),
    async pause() {
      // true: don't wait for running jobs
      await Promise.allSettled(
        workers.map((worker) => withDeadline(worker.pause(true), CLOSE_LIMIT_MS, 'pausing the queue')),
      );
    },
    async close(forced) {
      // An orderly close() never returns while Redis is down, and cannot be turned into a forced one any more.
      const force = forced || connection.status !== 'ready';
      await Promise.allSettled(
        workers.map((worker) => withDeadline(worker.close(force), CLOSE_LIMIT_MS, 'closing the queue')),
      );
      for (const one of connections.keys()) one.disconnect();
    },
  };
}
