/**
 * Opening and closing in order. Each opened thing pushes its closer; closing runs them last-in first-out under one
 * deadline, keeps going after a failure and refuses a second run. A closer that hangs costs only its own limit.
 */
export interface Closer {
  name: string;
  /** longest time this step may take, ms */
  limitMs: number;
  close(): Promise<void>;
}

export interface CloseReport {
  name: string;
  outcome: 'closed' | 'failed' | 'timed_out';
  error?: unknown;
  ms: number;
}

export interface CloserStack {
  push(name: string, close: () => Promise<void> | void, limitMs?: number): void;
  /** Closes everything once; later calls get the first run's promise. */
  close(): Promise<CloseReport[]>;
}

const DEFAULT_CLOSE_LIMIT_MS = 5_000;

export function createCloserStack(): CloserStack {
  const closers: Closer[] = [];
  let closing: Promise<CloseReport[]> | null = null;
  async function closeAll(): Promise<CloseReport[]> {
    const reports: CloseReport[] = [];
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) {
      const startedAt = performance.now();
      const { name, limitMs, close } = closer;
      try {
        await withDeadline(close(), limitMs, `closing ${name}`);
        reports.push({ name, outcome: 'closed', ms: performance.now() - startedAt });
      } catch (error) {
        const outcome = error instanceof DeadlineError ? 'timed_out' : 'failed';
        reports.push({ name, outcome, error, ms: performance.now() - startedAt });
      }
    }
    return reports;
  }
  return {
    push(name, close, limitMs = DEFAULT_CLOSE_LIMIT_MS) {
      closers.push({ name, limitMs, close: async () => close() });
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

/** The work did not end in its time; the work itself may still be running. */
export class DeadlineError extends Error {
  readonly limitMs: number;
  constructor(what: string, limitMs: number) {
    super(`${what} took longer than ${limitMs} ms`);
    this.name = 'DeadlineError';
    this.limitMs = limitMs;
  }
}

/**
 * Resolves or rejects with the work, or rejects with DeadlineError after `limitMs`; a late rejection of the work is not
 * left unhandled.
 */
export async function withDeadline<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const tooLate = (): void => reject(new DeadlineError(what, limitMs));
    // after this process stood still its timers fire before answers that wait on the sockets
    timer = setTimeout(() => setImmediate(() => setImmediate(tooLate)), limitMs);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, or rejects with the signal's reason as soon as it is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/**
 * Runs `stop` at the first SIGTERM or SIGINT (and at an uncaught fault, then with exit code 1); a second signal or the
 * force clock ends the process at once.
 */
export function bindSignals(
  stop: (reason: string) => Promise<void>,
  options: { forceAfterMs: number; onFault(error: unknown): void },
): void {
  let stopping = false;
  const begin = (reason: string, exitCode: number) => {
    if (stopping) process.exit(exitCode === 0 ? 130 : exitCode);
    stopping = true;
    setTimeout(() => process.exit(1), options.forceAfterMs).unref();
    stop(reason).then(
      () => process.exit(exitCode),
      (error: unknown) => {
        options.onFault(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => begin('SIGTERM', 0));
  process.on('SIGINT', () => begin('SIGINT', 0));
  process.on('uncaughtException', (error) => {
    options.onFault(error);
    if (stopping) return;
    begin('uncaught exception', 1);
  });
  process.on('unhandledRejection', (error) => {
    options.onFault(error);
    if (stopping) return;
    begin('unhandled rejection', 1);
  });
}
