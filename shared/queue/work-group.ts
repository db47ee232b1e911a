import { DeadlineError, withDeadline } from '../lifecycle.ts';

/** Work at hand in one process, which can be let finish or told to stop. */
export interface WorkGroup {
  /** Runs the work with the group's signal; rejects at once after drain() began. */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  activeCount(): number;
  /**
   * Lets work finish for `graceMs`, then aborts its signal and waits `abortWaitMs` at most. What does not heed the
   * signal, because it waits for a statement, is interrupted again and again meanwhile. True when everything ended.
   */
  drain(graceMs: number, abortWaitMs: number): Promise<boolean>;
}

/** The reason carried by a group's signal. */
export class ShutdownError extends Error {
  constructor() {
    super('the service is shutting down');
    this.name = 'ShutdownError';
  }
}

const INTERRUPT_EVERY_MS = 500;

/** @param mark called when work is aborted; gives what stops the statements that were running then, and may fail */
export function createWorkGroup(mark: () => () => Promise<unknown> = () => async () => undefined): WorkGroup {
  const active = new Set<Promise<unknown>>();
  const controller = new AbortController();
  let draining = false;

  async function allEnded(limitMs: number): Promise<boolean> {
    try {
      await withDeadline(Promise.allSettled(active), limitMs, 'work at hand');
      return true;
    } catch (error) {
      if (error instanceof DeadlineError) return active.size === 0;
      throw error;
    }
  }

  return {
    async run(work) {
      if (draining) throw new ShutdownError();
      const running = work(controller.signal);
      active.add(running);
      try {
        return await running;
      } finally {
        active.delete(running);
      }
    },
    activeCount: () => active.size,
    async drain(graceMs, abortWaitMs) {
      draining = true;
      if (await allEnded(graceMs)) return true;
      const interrupt = mark();
      controller.abort(new ShutdownError());
      const interrupting = setInterval(() => void interrupt().catch(() => undefined), INTERRUPT_EVERY_MS);
      try {
        return await allEnded(abortWaitMs);
      } finally {
        clearInterval(interrupting);
      }
    },
  };
}
