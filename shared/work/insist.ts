import { setTimeout as delay } from 'node:timers/promises';
import { isAway } from '../faults.ts';

export interface Insistence {
  /** aborted when the process stops */
  signal: AbortSignal;
  leaseMs: number;
}

const WRITE_PAUSE_MS = 250;

/**
 * The write's result, also when the database comes back only later: as long as a process lives its claim is not one
 * that was lost by a death. A process that is told to stop waits no longer than a lease.
 * @throws whatever else the write throws, and its last error when a process that stops gives up
 */
export async function insist<T>(write: () => Promise<T>, { signal, leaseMs }: Insistence): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isAway(error, 'database') || (signal.aborted && performance.now() - startedAt > leaseMs)) throw error;
      await delay(WRITE_PAUSE_MS);
    }
  }
}
