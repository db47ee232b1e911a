/**
 * The worker watches itself: a canary job on a queue of its own each minute. When none has finished for five minutes although Redis is ready,
 * this worker has gone deaf, for whatever reason, and says so: the process ends and the platform starts a new one.
 */
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { BULL_PREFIX } from '../queue/bull-queues.ts';

const EVERY_MS = 60_000;
const DEAF_AFTER_MS = 300_000;
const CHECK_MS = 10_000;
const LIMIT_MS = 5_000;
const QUEUE = 'canary';

export interface Canary {
  start(): void;
  /** Seconds since one last finished, or since the start. */
  ageS(): number;
  stop(): Promise<void>;
}

export interface CanaryDeps {
  producer: Redis;
  worker: Redis;
  /** name of this process: each has canaries of its own */
  instanceId: string;
  redis: { isUp(): boolean };
  logger: Logger;
  onDeaf(ageS: number): void;
  everyMs?: number;
  deafAfterMs?: number;
  checkMs?: number;
}

export function createCanary(deps: CanaryDeps): Canary {
  const {
    producer,
    worker: connection,
    instanceId,
    redis,
    logger,
    onDeaf,
    everyMs = EVERY_MS,
    deafAfterMs = DEAF_AFTER_MS,
    checkMs = CHECK_MS,
  } = deps;
  // a queue a process: another worker must not answer for this one
  const name = `${QUEUE}-${instanceId}`;
  let finishedAt = performance.now();
  let addedAt = Number.NEGATIVE_INFINITY;
  let strikes = 0;
  let timer: NodeJS.Timeout | null = null;
  let queue: Queue | null = null;
  let worker: Worker | null = null;

  const ageS = () => Math.round((performance.now() - finishedAt) / 1000);

  async function check(): Promise<void> {
    if (!redis.isUp()) {
      // the time Redis was away does not count
      finishedAt = performance.now();
      strikes = 0;
      return;
    }
    if (producer.status === 'ready' && performance.now() - addedAt >= everyMs) {
      addedAt = performance.now();
      queue ??= quiet(new Queue(name, { connection: producer, prefix: BULL_PREFIX }));
      await withDeadline(queue.add('canary', {}, { removeOnComplete: true, removeOnFail: true }), LIMIT_MS, 'a canary').catch(
        () => undefined,
      );
    }
    strikes = performance.now() - finishedAt > deafAfterMs ? strikes + 1 : 0;
    // two looks in a row: one may fall into a moment
    if (strikes === 2) {
      logger.error('no canary has come back: this worker is deaf', { event: 'worker_deaf', ageS: ageS() });
      onDeaf(ageS());
    }
  }

  return {
    ageS,
    start() {
      worker = quiet(
        new Worker(
          name,
          async () => {
            finishedAt = performance.now();
          },
          { connection, prefix: BULL_PREFIX, drainDelay: 2, runRetryDelay: 1_000 },
        ),
      );
      timer ??= setInterval(() => void check(), checkMs);
      void check();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      if (worker !== null) {
        await withDeadline(worker.pause(true), 1_000, 'pausing the canary').catch(() => undefined);
        await withDeadline(worker.close(connection.status !== 'ready'), 1_000, 'closing the canary').catch(() => undefined);
      }
      if (queue !== null && producer.status === 'ready')
        await withDeadline(queue.obliterate({ force: true }), 1_000, 'removing the canary').catch(() => undefined);
      if (queue !== null) await withDeadline(queue.close(), 1_000, 'closing the canary').catch(() => undefined);
    },
  };
}

function quiet<T extends { on(event: 'error', listener: () => void): unknown }>(thing: T): T {
  thing.on('error', () => undefined);
  return thing;
}
