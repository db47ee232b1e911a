/**
 * The producing side of BullMQ. A job says only which row and which claim it is about; the row decides everything else.
 *
 * `add` is called only while the connection is ready, and under a deadline: with Redis away it would otherwise never
 * return. A failed `add` is not a missing one (after a freeze it may still arrive); the claim in PostgreSQL makes that
 * harmless.
 */
import { Queue } from 'bullmq';
import type { JobName, JobTable } from '../jobs.ts';
import type { OpenRedis } from '../redis/breaker.ts';
import { QUEUE_ADD_TIMEOUT_MS, RedisUnavailableError } from '../redis/redis.ts';
import { contextOf, inSpan } from '../tracing/spans.ts';

export const BULL_PREFIX = 'vhm24r';

/** What travels through Redis. */
export interface JobData {
  id: string;
  /** the same as `id` for files, under the name people look for in Bull Board */
  fileId?: string;
  fence: string;
  requestId: string | null;
}

export interface JobTicket {
  name: JobName;
  id: string;
  /** claims of the row so far */
  fence: string;
  requestId: string | null;
  /**
   * Which of this person's waiting ones it is, from 1, where people take turns: everybody's first is before anybody's
   * second, so that three hundred files of one do not stand before the one of another.
   */
  turn?: number;
}

/** BullMQ takes no larger one. */
const LAST_TURN = 2_097_152;

/** A waiting row is added again under the same id, harmlessly; one whose claim was lost under the next. */
export const jobIdOf = (ticket: Pick<JobTicket, 'id' | 'fence'>): string => `${ticket.id}-${ticket.fence}`;

export interface BullQueues {
  /**
   * Puts the job into its queue. Rejects with RedisUnavailableError while Redis is down, and opens the breaker when it
   * fails.
   * @param fresh the row was never dispatched before: nothing can hold its id
   */
  add(ticket: JobTicket, fresh: boolean): Promise<void>;
  /** For Bull Board; empty without Redis. */
  queues(): readonly Queue[];
  close(): Promise<void>;
}

const KEEP_COMPLETED = { age: 3_600, count: 1_000 };
const KEEP_FAILED = { age: 7 * 86_400, count: 1_000 };

export function createBullQueues(redis: OpenRedis, jobs: JobTable): BullQueues {
  const connection = redis.openProducer();
  const queues = new Map<string, Queue>();
  if (connection !== null) {
    for (const { queue: name } of Object.values(jobs)) {
      if (queues.has(name)) continue;
      const queue = new Queue(name, { connection, prefix: BULL_PREFIX });
      // the breaker tells what there is to tell
      queue.on('error', () => undefined);
      queues.set(name, queue);
    }
  }

  async function addNow(queue: Queue, ticket: JobTicket, fresh: boolean): Promise<void> {
    const jobId = jobIdOf(ticket);
    if (!fresh) {
      // of each row that waits, every two seconds: its state alone, not the whole job
      const state = await queue.getJobState(jobId);
      if (state === 'completed' || state === 'failed') await queue.remove(jobId);
      else if (state !== 'unknown') return;
    }
    const data: JobData = { id: ticket.id, fence: ticket.fence, requestId: ticket.requestId };
    if (ticket.name === 'process-file') data.fileId = ticket.id;
    await queue.add(ticket.name, data, {
      jobId,
      // without one it would go before all that have one
      priority: Math.min(ticket.turn ?? 1, LAST_TURN),
      attempts: 1,
      removeOnComplete: KEEP_COMPLETED,
      removeOnFail: KEEP_FAILED,
    });
  }

  return {
    async add(ticket, fresh) {
      const queue = queues.get(jobs[ticket.name].queue);
      if (connection === null || queue === undefined) throw new RedisUnavailableError('not_configured');
      const add = () =>
        redis.run(async () => {
          if (connection.status !== 'ready') throw new RedisUnavailableError('connecting');
          await addNow(queue, ticket, fresh);
        }, QUEUE_ADD_TIMEOUT_MS);
      await inSpan('queue add', { 'vhm24r.queue': queue.name }, add, contextOf(ticket.id));
    },
    queues: () => [...queues.values()],
    async close() {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
    },
  };
}
