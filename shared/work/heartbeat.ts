import { ClaimEnded, isAway } from '../faults.ts';
import { DeadlineError, withDeadline } from '../lifecycle.ts';
import { extendLease } from './claim.ts';
import type { Assignments, Claim, Outbox, WorkDeps } from './kind.ts';

/** Progress that a heartbeat carries along is written this often while there is some. */
const TELL_EVERY_MS = 500;

export interface Heartbeat {
  /** aborted with a ClaimEnded when the claim is lost, the work cancelled or the process stops */
  readonly signal: AbortSignal;
  onBeat(tell: () => Required<Assignments>): void;
  /** No beat begins any more; resolves when none is under way. */
  stop(): Promise<void>;
}

/**
 * Extends the lease every third of it. When the row has another fence, or the database was out of reach for a whole
 * lease, the claim is lost: somebody else may have it already.
 */
export function startHeartbeat(
  outbox: Outbox,
  { db, logger, leaseMs }: WorkDeps,
  claim: Claim,
  shutdown: AbortSignal,
): Heartbeat {
  const controller = new AbortController();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();
  let lastBeatAt = performance.now();
  let tell: (() => Required<Assignments>) | null = null;
  let written = '';
  const end = (ended: ClaimEnded): void => {
    if (!controller.signal.aborted) controller.abort(ended);
  };
  const onShutdown = (): void => end(new ClaimEnded('shutdown', { cause: shutdown.reason }));
  if (shutdown.aborted) onShutdown();
  else shutdown.addEventListener('abort', onShutdown, { once: true });

  async function beat(): Promise<void> {
    const news = tell?.() ?? null;
    const saying = JSON.stringify(news?.bindings ?? null);
    // the timer fires a little early at times
    const isDue = performance.now() - lastBeatAt >= leaseMs / 3 - 50;
    if (!isDue && saying === written) return;
    try {
      await withDeadline(extendLease(outbox, db, claim, { leaseMs, progress: news }), leaseMs / 3, 'the heartbeat');
      lastBeatAt = performance.now();
      written = saying;
    } catch (error) {
      if (stopped) return;
      if (error instanceof ClaimEnded) end(error);
      else if (performance.now() - lastBeatAt > leaseMs) end(new ClaimEnded('lost', { cause: error }));
      else if (!isAway(error, 'database') && !(error instanceof DeadlineError))
        logger.warn('heartbeat failed', { error });
    }
  }
  function schedule(): void {
    const pauseMs = tell === null ? leaseMs / 3 : Math.min(TELL_EVERY_MS, leaseMs / 3);
    timer = setTimeout(() => {
      beating = beat().then(() => {
        if (!stopped && !controller.signal.aborted) schedule();
      });
    }, pauseMs);
  }
  schedule();
  return {
    signal: controller.signal,
    onBeat(next) {
      tell = next;
      if (stopped) return;
      clearTimeout(timer);
      schedule();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      shutdown.removeEventListener('abort', onShutdown);
      return beating;
    },
  };
}
