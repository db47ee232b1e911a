/**
 * Background work inside the api while Redis is down: the same handlers as in the worker, few at once (the heavy part
 * of each runs in a child process), so that a burst of uploads cannot take the service along. What does not fit stays
 * in its row and a sweeper brings it.
 */
import { withContext } from '../context.ts';
import type { JobName, JobTable } from '../jobs.ts';
import type { Logger } from '../logger.ts';
import type { JobTicket } from './bull-queues.ts';
import { createWorkGroup } from './work-group.ts';

const MAX_WAITING = 1_000;

export interface InProcessPool {
  /** Takes the job, now or as soon as there is room; false when it cannot. A job it already has is taken. */
  offer(ticket: JobTicket): boolean;
  /** Called whenever a job has ended, however. */
  onEnded(listener: (name: JobName, id: string) => void): () => void;
  /** Gives back what has not begun: Redis is there again. */
  dropWaiting(): void;
  activeCount(): number;
  waitingCount(): number;
  /** Takes nothing new, lets work finish for `graceMs`, then aborts it. */
  drain(graceMs: number, abortWaitMs: number): Promise<boolean>;
}

export function createInProcessPool(options: {
  jobs: JobTable;
  concurrency: number;
  instanceId: string;
  logger: Logger;
  /** as createWorkGroup wants it */
  mark?(): () => Promise<unknown>;
}): InProcessPool {
  const { jobs, concurrency, instanceId, logger, mark } = options;
  const waiting = new Map<string, JobTicket>();
  const running = new Map<string, JobName>();
  const listeners = new Set<(name: JobName, id: string) => void>();
  const group = createWorkGroup(mark);
  let stopped = false;

  const keyOf = (ticket: JobTicket) => `${ticket.name}:${ticket.id}`;

  async function runOne(ticket: JobTicket): Promise<void> {
    const key = keyOf(ticket);
    running.set(key, ticket.name);
    try {
      await group.run((signal) =>
        withContext({ fileId: ticket.id, ...(ticket.requestId === null ? {} : { requestId: ticket.requestId }) }, () =>
          jobs[ticket.name].handle(ticket.id, { mode: 'in-process', instanceId, signal }),
        ),
      );
    } catch (error) {
      // The row is as it was or its lease runs out; either way a sweeper brings it back.
      logger.error('work in process failed', { job: ticket.name, error });
    } finally {
      running.delete(key);
      for (const listener of listeners) listener(ticket.name, ticket.id);
      fill();
    }
  }

  /** Kinds with a limit of their own leave room for the others; exports and reports wait for none of one another. */
  function isFull(name: JobName): boolean {
    const { concurrency: limit, apart = false, further = 0 } = jobs[name];
    const names = [...running.values()];
    if (limit !== null && names.filter((other) => other === name).length >= limit) return true;
    return !apart && names.filter((other) => jobs[other].apart !== true).length >= concurrency + further;
  }

  function fill(): void {
    if (stopped) return;
    const byTurn = [...waiting].toSorted(([, a], [, b]) => (a.turn ?? 1) - (b.turn ?? 1));
    for (const [key, ticket] of byTurn) {
      if (running.has(key) || isFull(ticket.name)) continue;
      waiting.delete(key);
      void runOne(ticket);
    }
  }

  return {
    offer(ticket) {
      if (stopped) return false;
      const key = keyOf(ticket);
      if (running.has(key) || waiting.has(key)) return true;
      if (waiting.size >= MAX_WAITING) return false;
      waiting.set(key, ticket);
      fill();
      return true;
    },
    onEnded(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dropWaiting: () => waiting.clear(),
    activeCount: () => running.size,
    waitingCount: () => waiting.size,
    drain(graceMs, abortWaitMs) {
      stopped = true;
      waiting.clear();
      return group.drain(graceMs, abortWaitMs);
    },
  };
}
