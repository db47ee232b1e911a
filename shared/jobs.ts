/**
 * The one table of background work, name -> kind, used by both ways in: BullMQ delivers into it in the worker, the
 * bounded pool in the api. A further kind of work is one object (work/kind.ts) and a line here.
 */
import { EXPORTS_AT_ONCE } from './exports/export-turns.ts';
import { createExportRunner } from './exports/run-export.ts';
import type { ProcessDeps } from './ingest/process-deps.ts';
import { createFileRunner } from './ingest/file-places.ts';
import { FILES } from './ingest/claimed-file.ts';
import { previewWork } from './preview/run-preview.ts';
import { periodWork } from './reconcile/run-period.ts';
import { undoWork } from './undo/run-undo.ts';
import type { Claim, Kind, WorkOutcome, WorkRun } from './work/kind.ts';
import { runWork } from './work/run-work.ts';

export interface Job {
  /** BullMQ queue, under the prefix of bull-queues.ts */
  queue: string;
  /** the outbox */
  table: string;
  /** jobs of this kind at once in one process; null = WORKER_CONCURRENCY */
  concurrency: number | null;
  /** places beside these, for some of the work */
  further?: number;
  /** in the api's pool too its places are beside those of all other work */
  apart?: boolean;
  /** people take turns: a row's is what it is of those that this person has waiting */
  byTurns?: boolean;
  /** of these, places that stay free for some of the work: that they are is no sign that nobody works */
  reserved?: number;
  handle(id: string, run: WorkRun): Promise<WorkOutcome>;
}

export type JobName = 'process-file' | 'reconcile-period' | 'write-export' | 'undo-files' | 'preview-session';

export type JobTable = Readonly<Record<JobName, Job>>;

export function createJobs(deps: ProcessDeps): JobTable {
  const job = <C extends Claim>(queue: string, concurrency: number | null, kind: Kind<ProcessDeps, C>): Job => ({
    queue,
    table: kind.outbox.table,
    concurrency,
    handle: (id, run) => runWork(kind, deps, id, run),
  });
  const exporting = createExportRunner(deps);
  return {
    'process-file': {
      queue: 'files',
      table: FILES.table,
      concurrency: null,
      further: deps.filePlaces.small,
      byTurns: true,
      handle: createFileRunner(deps),
    },
    'reconcile-period': job('maintenance', 1, periodWork),
    'undo-files': job('undos', 1, undoWork),
    'preview-session': job('previews', 1, previewWork),
    // which row is taken is decided when a place is free (exports/export-turns.ts)
    'write-export': {
      queue: 'exports',
      table: 'exports',
      concurrency: EXPORTS_AT_ONCE,
      reserved: 1,
      apart: true,
      handle: (_id, run) => exporting(run),
    },
  };
}
