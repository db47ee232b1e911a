/** Progress of a file, written to a table of its own at most every 500 ms; a failed write costs nothing but the look. */
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';

const WRITE_EVERY_MS = 500;

export interface ProgressFigures {
  phase: 'detecting' | 'reading' | 'merging' | 'reconciling';
  rowsRead?: number;
  rowsStaged?: number;
  bytes?: number;
}

export interface Progress {
  report(figures: ProgressFigures): void;
  /** Writes what was reported last. */
  flush(): Promise<void>;
  /** Nothing is written after this. */
  stop(): Promise<void>;
}

export function createProgress(db: Db, fileId: string, logger: Logger): Progress {
  let latest: Required<ProgressFigures> = { phase: 'detecting', rowsRead: 0, rowsStaged: 0, bytes: 0 };
  let dirty = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    if (!dirty || stopped) return;
    dirty = false;
    const { phase, rowsRead, rowsStaged, bytes } = latest;
    try {
      await db.raw(
        `insert into file_progress (file_id, phase, rows_read, rows_staged, bytes) values (?, ?, ?, ?, ?)
         on conflict (file_id) do update set phase = excluded.phase, rows_read = excluded.rows_read, rows_staged = excluded.rows_staged,
           bytes = excluded.bytes, updated_at = clock_timestamp()`,
        [fileId, phase, rowsRead, rowsStaged, bytes],
      );
    } catch (error) {
      logger.debug('progress not written', { error });
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  return {
    report(figures) {
      latest = { ...latest, ...figures };
      dirty = true;
      if (!stopped) timer ??= setTimeout(() => void flush(), WRITE_EVERY_MS);
    },
    flush,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
