/**
 * Brings work to whoever can do it: the queue when Redis is up, this process when it is not and has a pool, else later.
 */
import type { Logger } from '../logger.ts';
import type { RedisHandle } from '../redis/redis.ts';
import type { BullQueues, JobTicket } from './bull-queues.ts';
import type { InProcessPool } from './in-process-pool.ts';

/** later: nobody took it now; its row stays and a sweeper brings it */
export type DispatchedTo = 'queue' | 'in-process' | 'later';

export interface Dispatcher {
  /**
   * Never rejects: the row is the truth, a sweeper repeats what failed here. Takes QUEUE_ADD_TIMEOUT_MS at most.
   * @param fresh the row was never dispatched before
   */
  dispatch(ticket: JobTicket, fresh?: boolean): Promise<DispatchedTo>;
  /** False when dispatching would reach nobody. */
  canDispatch(): boolean;
  /** Whether this process has a pool while Redis is up: it may do what the workers leave. */
  canTakeHere(): boolean;
  /**
   * Gives the job to this process's pool although Redis is up; false when it has no room, so that little waits in two
   * places.
   */
  takeHere(ticket: JobTicket): boolean;
}

export function createDispatcher(deps: {
  redis: RedisHandle;
  queues: BullQueues;
  pool: InProcessPool | null;
  logger: Logger;
}): Dispatcher {
  const { redis, queues, pool, logger } = deps;
  return {
    canDispatch: () => redis.isUp() || pool !== null,
    canTakeHere: () => redis.isUp() && pool !== null,
    takeHere: (ticket) => pool !== null && pool.waitingCount() === 0 && pool.offer(ticket),
    async dispatch(ticket, fresh = false) {
      if (redis.isUp()) {
        try {
          await queues.add(ticket, fresh);
          return 'queue';
        } catch (error) {
          logger.debug('the queue did not take a job', { job: ticket.name, id: ticket.id, error });
          // Redis is well and yet refused this one: running it here would hide that from the worker's side.
          if (redis.isUp()) return 'later';
        }
      }
      return pool?.offer(ticket) === true ? 'in-process' : 'later';
    },
  };
}
