import { setTimeout as sleep } from 'node:timers/promises';

/** For what hangs. Who promises a time gives that as timeoutMs. */
const GIVE_UP_MS = 30_000;

export interface EventuallyOptions {
  timeoutMs?: number;
  intervalMs?: number;
}

/**
 * Repeats `check` until it no longer throws, and gives what it returned; after timeoutMs fails with its last complaint.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { timeoutMs = GIVE_UP_MS, intervalMs = 50 }: EventuallyOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() >= deadline) {
        const message = error instanceof Error ? error.message : String(error);
        throw new Error(`not so within ${timeoutMs} ms: ${message}`, { cause: error });
      }
    }
    await sleep(intervalMs);
  }
}
