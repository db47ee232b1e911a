/**
 * The one table of background work, name -> handler, used by both ways in: BullMQ delivers into it in the worker, the bounded pool in the
 * api. Every job is a row of a table that is its outbox (columns id, status, fence, lease_until, next_attempt_at); a further kind of work
 * is a line here.
 */
import { EXPORTS_AT_ONCE } from './exports/export-turns.ts';
import { createExportRunner } from './exports/run-export.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from './ingest/process-deps.ts';
import { processFile } from './ingest/process-file.ts';
import { runPeriod } from './reconcile/run-period.ts';
import { runUndo } from './undo/run-undo.ts';

export type JobName = 'process-file' | 'reconcile-period' | 'write-export' | 'undo-files';

export interface Job {
  /** BullMQ queue, under the prefix of bull-queues.ts */
  queue: string;
  /** the outbox */
  table: string;
  /** jobs of this kind at once in one process; null = WORKER_CONCURRENCY */
  concurrency: number | null;
  /** of these, places that stay free for some of the work: that they are is no sign that nobody works */
  reserved?: number;
  handle(id: string, run: ProcessRun): Promise<ProcessOutcome>;
}

export type JobTable = Readonly<Record<JobName, Job>>;

export function createJobs(deps: ProcessDeps): JobTable {
  const exporting = createExportRunner(deps);
  return {
    'process-file': { queue: 'files', table: 'uploaded_files', concurrency: null, handle: (id, run) => processFile(deps, id, run) },
    'reconcile-period': {
      queue: 'maintenance',
      table: 'reconciliation_runs',
      concurrency: 1,
      handle: (id, run) => runPeriod(deps, id, run),
    },
    'undo-files': { queue: 'undos', table: 'undos', concurrency: 1, handle: (id, run) => runUndo(deps, id, run) },
    'write-export': { queue: 'exports', table: 'exports', concurrency: EXPORTS_AT_ONCE, reserved: 1, handle: (_id, run) => exporting(run) },
  };
}
