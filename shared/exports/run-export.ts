/**
 * The way of an export, in the worker and in the api's pool alike: claim -> one read-only transaction with a cursor -> format -> store,
 * all of it a stream, so memory stays flat whatever the number of rows. It may be repeated at any point: bytes without a row are swept.
 */
import { isDatabaseUnavailable } from '../db/faults.ts';
import { pauseAfter } from '../ingest/process-file.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from '../ingest/process-deps.ts';
import { DeadlineError } from '../lifecycle.ts';
import { newStorageKey } from '../storage/storage-key.ts';
import { claimExport, type ClaimedExport, ExportClaimEnded, exportEnds, type ExportProgress, startHeartbeat } from './export-claim.ts';
import { restoreRequest } from './export-kinds.ts';
import { EXPORTS_AT_ONCE, nextExport } from './export-turns.ts';
import { FORMAT_WRITERS } from './formats.ts';
import { createLabels } from './labels.ts';
import type { RowBatch, Sheet } from './sheet.ts';
import { openTables } from './tables.ts';

export type ExportDeps = Pick<ProcessDeps, 'db' | 'store' | 'logger' | 'leaseMs'>;

/** While it runs the database keeps old row versions; and bytes without a row are swept after an hour. */
export const EXPORT_LIMIT_MS = 30 * 60_000;
const MAX_ATTEMPTS = 10;
const STATEMENT_LIMIT_MS = 120_000;
/** The transaction of a process that stands still ends by itself; a store may take a while over a chunk. */
const IDLE_LIMIT_MS = 60_000;

export async function runExport(
  deps: ExportDeps,
  id: string,
  run: Pick<ProcessRun, 'signal'>,
  options: { limitMs?: number } = {},
): Promise<ProcessOutcome> {
  const { db, logger, leaseMs } = deps;
  const { limitMs = EXPORT_LIMIT_MS } = options;
  const insistence = { leaseMs, signal: run.signal };
  const claim = await claimExport(db, id, insistence);
  if (claim === null) return 'not_mine';
  const ends = exportEnds(db, claim, insistence);
  if (claim.userBlocked) return (await ends.fail('user_blocked')) ? 'done' : 'not_mine';
  if (claim.attempts >= MAX_ATTEMPTS) return (await ends.fail('poison', { attempts: claim.attempts })) ? 'done' : 'not_mine';
  const progress: ExportProgress = { rowsDone: 0, rowsTotal: null };
  const heartbeat = startHeartbeat(db, claim, { leaseMs, progress, signal: run.signal });
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new DeadlineError('the export', limitMs)), limitMs);
  const signal = AbortSignal.any([heartbeat.signal, deadline.signal]);
  const storageKey = newStorageKey('exports');
  try {
    const { sizeBytes } = await writeFile(deps, claim, { storageKey, progress, signal });
    await heartbeat.stop();
    if (await ends.complete({ storageKey, sizeBytes, rows: progress.rowsDone })) {
      logger.info('export written', { exportId: id, rows: progress.rowsDone, sizeBytes });
      return 'done';
    }
    await deps.store.remove(storageKey);
    return 'not_mine';
  } catch (thrown) {
    await heartbeat.stop();
    const error: unknown = signal.aborted ? signal.reason : thrown;
    if (error instanceof ExportClaimEnded) {
      if (error.reason === 'lost') {
        logger.warn('claim of an export lost, somebody else may have it', { exportId: id, error });
        await ends.disown();
        return 'not_mine';
      }
      await ends.release(0, { countAttempt: false });
      return 'retry_later';
    }
    if (error instanceof DeadlineError) {
      logger.warn('export stopped at its deadline', { exportId: id, rows: progress.rowsDone });
      return (await ends.fail('export_timeout', { minutes: Math.round(limitMs / 60_000) })) ? 'done' : 'not_mine';
    }
    logger.warn('export stopped by a fault, it will be tried again', { exportId: id, error, attempt: claim.attempts + 1 });
    // a database that is away says nothing about the export
    await ends.release(pauseAfter(claim.attempts), { countAttempt: !isDatabaseUnavailable(error) });
    return 'retry_later';
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The handler of the jobs: each runs whatever export is due next, of which large ones leave one place of the process to small ones. A job that finds
 * nothing to do has lost nothing: rows that wait are dispatched again.
 */
export function createExportRunner(deps: ExportDeps): (run: Pick<ProcessRun, 'signal'>) => Promise<ProcessOutcome> {
  let large = 0;
  return async (run) => {
    const next = await nextExport(deps.db, { onlySmall: large >= EXPORTS_AT_ONCE - 1 });
    if (next === null) return 'not_mine';
    // between the look and the claim another large one may have begun
    if (!next.small && large >= EXPORTS_AT_ONCE - 1) return 'not_mine';
    if (!next.small) large += 1;
    try {
      return await runExport(deps, next.id, run);
    } finally {
      if (!next.small) large -= 1;
    }
  };
}

async function writeFile(
  { db, store }: ExportDeps,
  claim: ClaimedExport,
  { storageKey, progress, signal }: { storageKey: string; progress: ExportProgress; signal: AbortSignal },
): Promise<{ sizeBytes: number }> {
  const writer = FORMAT_WRITERS[claim.format];
  if (writer === undefined) throw new Error(`no writer for ${claim.format}`);
  const labels = createLabels(claim.lang);
  return db.transaction(
    async (trx) => {
      await trx.raw(
        `set local statement_timeout = ${STATEMENT_LIMIT_MS}; set local idle_in_transaction_session_timeout = ${IDLE_LIMIT_MS}`,
      );
      const { sheets, rowCount } = await openTables({ db, trx, labels, signal }, restoreRequest(claim.kind, claim.filter));
      progress.rowsTotal = rowCount;
      return store.put(
        storageKey,
        writer.write(
          sheets.map((sheet) => ({ ...sheet, rows: counted(sheet.rows, progress) })),
          labels,
        ),
        signal,
      );
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

async function* counted(rows: Sheet['rows'], progress: ExportProgress): AsyncGenerator<RowBatch> {
  for await (const batch of rows) {
    yield batch;
    progress.rowsDone += batch.length;
  }
}
