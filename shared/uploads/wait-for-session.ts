import type { Db } from '../db/client.ts';
import type { InProcessPool } from '../queue/in-process-pool.ts';

const LOOK_AGAIN_MS = 100;
/**
 * A request waits for its own work, not for a place behind the work of others: while none of its files is at work, this
 * much in all. No request may take more than a second beyond its own processing (api.md section 1).
 */
const MAX_IDLE_MS = 500;

/**
 * Waits until no file of the session is queued or processing. Looks whenever the pool has ended a job, and now and
 * then.
 * @returns false when `limitMs` passed first, when its files only wait for a place, or when the signal was aborted
 */
export async function waitForSession(
  deps: { db: Db; pool: InProcessPool },
  sessionId: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + limitMs;
  let idleMs = 0;
  let lookedAt = performance.now();
  let wake: () => void = () => undefined;
  const stopListening = deps.pool.onEnded(() => wake());
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for (;;) {
      let hasChanged = false;
      const nextChange = new Promise<void>((resolve) => {
        wake = () => {
          hasChanged = true;
          resolve();
        };
      });
      const { rows } = await deps.db.raw<{ rows: { open: number; working: number }[] }>(
        `select count(*)::int as open, count(*) filter (where status = 'processing')::int as working
         from uploaded_files where session_id = ? and status in ('queued', 'processing')`,
        [sessionId],
      );
      const { open, working } = rows[0] ?? { open: 0, working: 0 };
      if (open === 0) return true;
      const now = performance.now();
      if (working === 0) idleMs += now - lookedAt;
      lookedAt = now;
      const leftMs = Math.min(deadline - now, MAX_IDLE_MS - idleMs);
      if (leftMs <= 0 || signal.aborted) return false;
      if (hasChanged) continue;
      const timer = setTimeout(() => wake(), Math.min(LOOK_AGAIN_MS, leftMs));
      await nextChange;
      clearTimeout(timer);
    }
  } finally {
    stopListening();
    signal.removeEventListener('abort', onAbort);
  }
}
