import type { Db } from '../db/client.ts';
import type { InProcessPool } from '../queue/in-process-pool.ts';

const LOOK_AGAIN_MS = 500;

/**
 * Waits until no file of the session is queued or processing. Looks whenever the pool has ended a job, and now and then.
 * @returns false when `limitMs` passed first, or the signal was aborted
 */
export async function waitForSession(
  deps: { db: Db; pool: InProcessPool },
  sessionId: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let wake: () => void = () => undefined;
  const stopListening = deps.pool.onSettled(() => wake());
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      let settled = false;
      const nextChange = new Promise<void>((resolve) => {
        wake = () => {
          settled = true;
          resolve();
        };
      });
      const { rows } = await deps.db.raw<{ rows: { open: boolean }[] }>(
        `select exists (select 1 from uploaded_files where session_id = ? and status in ('queued', 'processing')) as open`,
        [sessionId],
      );
      if (rows[0]?.open !== true) return true;
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || signal.aborted) return false;
      if (settled) continue;
      const timer = setTimeout(() => wake(), Math.min(LOOK_AGAIN_MS, leftMs));
      await nextChange;
      clearTimeout(timer);
    }
  } finally {
    stopListening();
    signal.removeEventListener('abort', onAbort);
  }
}
