/**
 * The worker's way in: BullMQ workers over the table of jobs. PostgreSQL decides about retries, so a job that is not
 * ours or comes later ends quietly, and BullMQ's own counting of stalls is set out of the way (by default two crashed
 * workers fail a job for good).
 *
 * It listens to itself: a line that has been silent for SILENT_MS although Redis is well is torn down and made anew,
 * and when that does not help for DEAF_MS the process is logged to end. How long it has been silent stands in the
 * heartbeat, where the apis read it.
 */
import { UnrecoverableError, type Job as BullJob } from 'bullmq';
import { withContext } from '../context.ts';
import { markRunning } from '../db/cancel-running.ts';
import type { Db } from '../db/client.ts';
import type { JobName, JobTable } from '../jobs.ts';
import type { Logger } from '../logger.ts';
import { redisFaultReason } from '../redis/fault-reason.ts';
import type { RedisHandle } from '../redis/redis.ts';
import type { JobData } from './bull-queues.ts';
import { createConsumerLine, type ConsumerLine } from './consumer-line.ts';
import { createWorkGroup } from './work-group.ts';

/** How long aborted work may take to give its claim back. */
const ABORT_WAIT_MS = 4_000;
const CHECK_MS = 2_000;
/** Silence after which a line is made anew; its own reads take two seconds at most. */
const SILENT_MS = 10_000;
/** New lines that hear nothing either, for so long while Redis answers others: only a new process can help. */
const DEAF_MS = 60_000;

export interface Consumer {
  activeCount(): number;
  /** Seconds since every part of it last gave a sign of life. */
  silentS(): number;
  /** Takes nothing new, lets work finish for `graceMs`, aborts it, and closes; returns within graceMs + about 8 s. */
  close(graceMs: number): Promise<void>;
}

export interface ConsumerDeps {
  redisUrl: string;
  jobs: JobTable;
  concurrency: number;
  instanceId: string;
  db: Db;
  logger: Logger;
  /** whether this process reaches Redis at all, by connections of its own */
  redis: Pick<RedisHandle, 'isUp' | 'onChange'>;
  /** called once when new lines do not help */
  onDeaf(silentS: number): void;
  checkMs?: number;
  silentMs?: number;
  deafMs?: number;
}

export function createConsumer(deps: ConsumerDeps): Consumer {
  const { redisUrl, jobs, concurrency, instanceId, db, logger, redis, onDeaf } = deps;
  const { checkMs = CHECK_MS, silentMs = SILENT_MS, deafMs = DEAF_MS } = deps;
  const group = createWorkGroup(() => markRunning(db));
  /** kinds of trouble logged since the queue was last well: an outage passes through the same few with every attempt */
  const logged = new Set<string>();
  const queues = queueNames(jobs).map((name) => {
    const job = Object.values(jobs).find(({ queue }) => queue === name);
    return { name, concurrency: (job?.concurrency ?? concurrency) + (job?.further ?? 0) };
  });
  /** null until this Redis is known to be one that can be used: another's jobs may lie where a wrong address leads */
  let line: ConsumerLine | null = null;
  let heardAt = performance.now();
  /** since when silence is not explained by Redis being away */
  let unexplainedAt: number | null = null;
  let deaf = false;
  let closing = false;

  async function consume(job: BullJob<JobData>): Promise<string> {
    const name = job.name as JobName;
    const definition = jobs[name];
    if (definition === undefined) throw new UnrecoverableError('unknown job');
    const { id, requestId } = job.data;
    const context = {
      ...(name === 'process-file' ? { fileId: id } : {}),
      ...(requestId === null ? {} : { requestId }),
    };
    const outcome = await withContext(context, () =>
      group.run((signal) => definition.handle(id, { mode: 'queue', instanceId, signal })),
    );
    if (outcome === 'done') await showFailure(definition.table, id);
    return outcome;
  }

  /** A row that ended as failed is a failed job in Bull Board, where a person looks for what to retry. */
  async function showFailure(table: string, id: string): Promise<void> {
    const row = (await db(table).where({ id }).first('status', 'error_code')) as
      | { status: string; error_code: string | null }
      | undefined;
    if (row?.status === 'failed') throw new UnrecoverableError(row.error_code ?? 'failed');
  }

  function openLine(): ConsumerLine {
    return createConsumerLine({
      redisUrl,
      queues,
      consume,
      onError(queue, error) {
        // while Redis is known to be away, that its connections fail is no news
        if (!redis.isUp()) return;
        const fault = redisFaultReason(error) ?? error.message;
        if (!logged.has(fault)) logger.warn('the queue has trouble', { queue, reason: fault });
        logged.add(fault);
      },
      onReady(queue) {
        if (logged.size > 0) logger.info('the queue is read again', { queue });
        logged.clear();
      },
    });
  }

  const silentS = () =>
    Math.round((performance.now() - Math.min(heardAt, performance.now() - (line?.silentMs() ?? 0))) / 1000);

  function openFirst(): void {
    if (line !== null || closing || !redis.isUp()) return;
    line = openLine();
    heardAt = performance.now();
    line.ask();
  }

  function check(): void {
    const at = performance.now();
    openFirst();
    if (line === null) return;
    if (line.silentMs() < silentMs) {
      // a new line counts as heard only when it has answered
      if (line.hasAnswered()) {
        heardAt = at;
        unexplainedAt = null;
      }
    } else if (!redis.isUp()) {
      unexplainedAt = null;
    } else if (unexplainedAt === null) {
      // one more look: when this process itself stood still, its timers fire before its sockets are read
      unexplainedAt = at;
    } else if (!deaf && at - unexplainedAt > deafMs) {
      deaf = true;
      logger.error('the queue is silent on new connections too: this worker is deaf', {
        event: 'worker_deaf',
        silentS: silentS(),
      });
      onDeaf(silentS());
      return;
    } else {
      logger.warn('the queue has been silent although redis answers, its connections are made anew', {
        event: 'consumer_rebuilt',
        silentS: silentS(),
      });
      const old = line;
      line = openLine();
      void old.close(true);
    }
    line.ask();
  }
  openFirst();
  const stopListening = redis.onChange(openFirst);
  const timer = setInterval(check, checkMs);

  return {
    activeCount: () => group.activeCount(),
    silentS,
    async close(graceMs) {
      if (closing) return;
      closing = true;
      clearInterval(timer);
      stopListening();
      await line?.pause();
      const ended = await group.drain(graceMs, ABORT_WAIT_MS);
      await line?.close(!ended);
    },
  };
}

function queueNames(jobs: JobTable): string[] {
  return [...new Set(Object.values(jobs).map((job) => job.queue))];
}
