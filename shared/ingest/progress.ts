/**
 * Progress of a file, written to a table of its own at most every 500 ms; a failed write costs nothing but the look.
 * How long each phase took is published for the metrics of the process, whoever listens.
 */
import { channel } from 'node:diagnostics_channel';
import { context } from '@opentelemetry/api';
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { noteSpan } from '../tracing/spans.ts';

const WRITE_EVERY_MS = 500;

/** Phases in which a file is at work, in their order. */
export const WORK_PHASES = ['detecting', 'reading', 'merging', 'reconciling'] as const;
type WorkPhase = (typeof WORK_PHASES)[number];
/** What is timed: within merging the wait for those who merge now stands apart, it is no work of this file. */
export const TIMED_PHASES = ['detecting', 'reading', 'waiting_for_lock', 'merging', 'reconciling'] as const;
export type TimedPhase = (typeof TIMED_PHASES)[number];

/** A phase of some file has ended, well or not. */
export interface PhaseEnded {
  phase: TimedPhase;
  seconds: number;
}
const phaseEnded = channel('vhm24r:phase-ended');

/** Tells each phase that ends in this process; returns the way to stop listening. */
export function onPhaseEnded(listener: (ended: PhaseEnded) => void): () => void {
  const listen = (message: unknown): void => listener(message as PhaseEnded);
  phaseEnded.subscribe(listen);
  return () => {
    phaseEnded.unsubscribe(listen);
  };
}

export interface ProgressFigures {
  phase: WorkPhase;
  rowsRead?: number;
  rowsStaged?: number;
  bytes?: number;
}

export interface Progress {
  report(figures: ProgressFigures): void;
  /** The wait for the lock of merging is over; from here on the phase counts as merging. */
  lockTaken(): void;
  /** The merge gave way to others and waits for the lock again. */
  lockLost(): void;
  /** Whole milliseconds that ended phases took so far; 0 for one that was not reached. */
  phasesMs(): Record<TimedPhase, number>;
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
  let phaseSince = performance.now();
  let writing: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    if (!dirty || stopped) return;
    dirty = false;
    const { phase, rowsRead, rowsStaged, bytes } = latest;
    try {
      await db.raw(
        `insert into file_progress (file_id, phase, rows_read, rows_staged, bytes) values (?, ?, ?, ?, ?)
         on conflict (file_id) do update
         set phase = excluded.phase, rows_read = excluded.rows_read, rows_staged = excluded.rows_staged,
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
  // phases end in events of the reader, which know nothing of the work they belong to
  const work = context.active();
  const spentMs = new Map<TimedPhase, number>();
  let waitsForLock = true;
  const endPhase = (): void => {
    const now = performance.now();
    const phase = latest.phase === 'merging' && waitsForLock ? 'waiting_for_lock' : latest.phase;
    spentMs.set(phase, (spentMs.get(phase) ?? 0) + now - phaseSince);
    phaseEnded.publish({ phase, seconds: (now - phaseSince) / 1_000 } satisfies PhaseEnded);
    const endTime = Date.now();
    noteSpan(`phase ${phase}`, { startTime: endTime - (now - phaseSince), endTime }, work);
    phaseSince = now;
  };
  return {
    report(figures) {
      if (figures.phase !== latest.phase && !stopped) endPhase();
      latest = { ...latest, ...figures };
      dirty = true;
      if (!stopped) timer ??= setTimeout(() => void flush(), WRITE_EVERY_MS);
    },
    lockTaken() {
      if (!stopped) endPhase();
      waitsForLock = false;
    },
    lockLost() {
      this.report({ phase: 'merging' });
      if (!stopped) endPhase();
      waitsForLock = true;
    },
    phasesMs: () =>
      Object.fromEntries(TIMED_PHASES.map((phase) => [phase, Math.round(spentMs.get(phase) ?? 0)])) as Record<
        TimedPhase,
        number
      >,
    flush,
    async stop() {
      if (!stopped) endPhase();
      stopped = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
