/**
 * The worker's way in: BullMQ workers over the table of jobs. PostgreSQL decides about retries, so a job that is not ours or comes
 * later ends quietly, and BullMQ's own counting of stalls is set out of the way (by default two crashed workers fail a job for good).
 */
import { UnrecoverableError, Worker, type Job as BullJob } from 'bullmq';
import { withContext } from '../context.ts';
import { markRunning } from '../db/cancel-running.ts';
import type { Db } from '../db/client.ts';
import type { JobName, JobTable } from '../jobs.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { createRedisConnection } from '../redis/connections.ts';
import { redisFaultReason } from '../redis/fault-reason.ts';
import { BULL_PREFIX, type JobData } from './bull-queues.ts';
import { createWorkGroup } from './work-group.ts';

const LOCK_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
const MAX_STALLED = 1_000;
const DRAIN_DELAY_S = 2;
const CLOSE_LIMIT_MS = 2_000;
/** How long aborted work may take to give its claim back. */
const ABORT_WAIT_MS = 4_000;

export interface Consumer {
  activeCount(): number;
  /** Takes nothing new, lets work finish for `graceMs`, aborts it, and closes; returns within graceMs + about 8 s. */
  close(graceMs: number): Promise<void>;
}

export function createConsumer(deps: {
  redisUrl: string;
  jobs: JobTable;
  concurrency: number;
  instanceId: string;
  db: Db;
  logger: Logger;
}): Consumer {
  const { redisUrl, jobs, concurrency, instanceId, db, logger } = deps;
  const group = createWorkGroup(() => markRunning(db));
  /** kinds of trouble told since the queue was last well: an outage passes through the same few with every attempt */
  const told = new Set<string>();

  async function consume(job: BullJob<JobData>): Promise<string> {
    const name = job.name as JobName;
    const definition = jobs[name];
    if (definition === undefined) throw new UnrecoverableError('unknown job');
    const { id, requestId } = job.data;
    const context = { ...(name === 'process-file' ? { fileId: id } : {}), ...(requestId === null ? {} : { requestId }) };
    const outcome = await withContext(context, () => group.run((signal) => definition.handle(id, { mode: 'queue', instanceId, signal })));
    if (outcome === 'done') await showFailure(definition.table, id);
    return outcome;
  }

  /** A row that ended as failed is a failed job in Bull Board, where a person looks for what to retry. */
  async function showFailure(table: string, id: string): Promise<void> {
    const row = (await db(table).where({ id }).first('status', 'error_code')) as { status: string; error_code: string | null } | undefined;
    if (row?.status === 'failed') throw new UnrecoverableError(row.error_code ?? 'failed');
  }

  const connection = createRedisConnection(redisUrl, { kind: 'patient' });
  const workers = queueNames(jobs).map((queue) => {
    const own = Object.values(jobs).find((job) => job.queue === queue)?.concurrency;
    const worker = new Worker<JobData>(queue, consume, {
      connection,
      prefix: BULL_PREFIX,
      concurrency: own ?? concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED,
      drainDelay: DRAIN_DELAY_S,
      runRetryDelay: 1_000,
    });
    worker.on('error', (error) => {
      const fault = redisFaultReason(error) ?? error.message;
      if (!told.has(fault)) logger.warn('the queue has trouble', { queue, reason: fault });
      told.add(fault);
    });
    worker.on('ready', () => {
      if (told.size > 0) logger.info('the queue is read again', { queue });
      told.clear();
    });
    return worker;
  });

  return {
    activeCount: () => group.activeCount(),
    async close(graceMs) {
      // true: don't wait for running jobs; they are waited for below, with a limit
      await Promise.allSettled(workers.map((worker) => withDeadline(worker.pause(true), CLOSE_LIMIT_MS, 'pausing the queue')));
      const ended = await group.settle(graceMs, ABORT_WAIT_MS);
      // An orderly close() never returns while Redis is down, and cannot be turned into a forced one any more.
      const forced = !ended || connection.status !== 'ready';
      await Promise.allSettled(workers.map((worker) => withDeadline(worker.close(forced), CLOSE_LIMIT_MS, 'closing the queue')));
      connection.disconnect();
    },
  };
}

function queueNames(jobs: JobTable): string[] {
  return [...new Set(Object.values(jobs).map((job) => job.queue))];
}
