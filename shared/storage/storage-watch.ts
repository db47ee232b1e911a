/**
 * Whether the storage can be used, asked behind everybody's back: /readyz tells what was found last and waits for
 * nothing. A storage that hangs is asked once, not again and again.
 */
import type { Logger } from '../logger.ts';
import { DeadlineError, withDeadline } from '../lifecycle.ts';
import { StorageUnavailableError, type FileStore, type StorageFaultReason } from './file-store.ts';

/** A bucket takes money for each question. */
const INTERVAL_MS = 10_000;
const LIMIT_MS = 8_000;

export interface StorageState {
  /** unknown: not answered yet since the start */
  status: 'ok' | 'down' | 'unknown';
  /** why it is away; null when it is not, and where the storage did not say */
  reason: StorageFaultReason | null;
  since: Date;
}

export interface StorageWatch {
  state(): StorageState;
  start(): void;
  stop(): void;
}

export function createStorageWatch(options: {
  store: FileStore;
  logger: Logger;
  intervalMs?: number | undefined;
}): StorageWatch {
  const { store, logger, intervalMs = INTERVAL_MS } = options;
  let state: StorageState = { status: 'unknown', reason: null, since: new Date() };
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;

  function note(status: 'ok' | 'down', reason: StorageFaultReason | null, error?: unknown): void {
    if (state.status === status && state.reason === reason) return;
    const wasDown = state.status === 'down';
    state = { status, reason, since: new Date() };
    if (status === 'down') logger.error('the storage is away', { event: 'storage_down', reason, error });
    else if (wasDown) logger.info('the storage is back', { event: 'storage_up' });
  }

  async function ask(): Promise<void> {
    // started apart from the deadline, so that a question which hangs is known to hang
    const question = store.probe();
    const noted = question.then(
      () => note('ok', null),
      (error: unknown) => note('down', error instanceof StorageUnavailableError ? error.reason : null, error),
    );
    await withDeadline(noted, LIMIT_MS, 'a question to the storage').catch((error: unknown) => {
      if (!(error instanceof DeadlineError)) throw error;
      note('down', 'no_answer', error);
    });
    await noted;
  }

  function round(): void {
    asking ??= ask().finally(() => {
      asking = null;
    });
  }

  return {
    state: () => state,
    start() {
      round();
      timer = setInterval(round, intervalMs);
      timer.unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
