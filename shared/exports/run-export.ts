/**
 * An export as a kind of work, in the worker and in the api's pool alike: one read-only transaction with a cursor ->
 * format -> store, all of it a stream, so memory stays flat whatever the number of rows. It may be repeated at any
 * point: bytes without a row are swept.
 */
import type { MatchingConfig } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { ReplicaReads } from '../db/replica-reads.ts';
import { ClaimEnded, FinalFault } from '../faults.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import { newStorageKey } from '../storage/storage-key.ts';
import type { ExportErrorCode } from '../texts/tables.ts';
import type { Claim, Held, Kind, WorkDeps, WorkOutcome, WorkRun } from '../work/kind.ts';
import { runWork } from '../work/run-work.ts';
import { restoreRequest } from './export-kinds.ts';
import type { ExportRow } from './export-rows.ts';
import { EXPORTS_AT_ONCE, nextExport } from './export-turns.ts';
import { FORMAT_WRITERS } from './formats.ts';
import { createLabels } from './labels.ts';
import { rowsAhead } from './rows-ahead.ts';
import type { RowBatch, Sheet } from './sheet.ts';
import { openTables } from './tables.ts';

export interface ExportDeps extends WorkDeps {
  store: FileStore;
  spool: Pick<SpoolFolder, 'newFile'>;
  /** where rows are read; absent = from the primary */
  replica?: ReplicaReads;
  matching: MatchingConfig;
}

/** While it runs the database keeps old row versions; and bytes without a row are swept after an hour. */
export const EXPORT_LIMIT_MS = 30 * 60_000;
const MAX_ATTEMPTS = 10;
const STATEMENT_LIMIT_MS = 120_000;
/** The transaction of a process that stands still ends by itself; a store may take a while over a chunk. */
const IDLE_LIMIT_MS = 60_000;
/** Kept so long after it was completed. */
const KEPT = '24 hours';

type ClaimedExport = Claim & Pick<ExportRow, 'kind' | 'format' | 'filter' | 'lang'> & { userBlocked: boolean };

interface ExportProgress {
  rowsDone: number;
  rowsTotal: number | null;
}

/** @param limitMs longest time that writing may take */
function exportWork(limitMs = EXPORT_LIMIT_MS): Kind<ExportDeps, ClaimedExport> {
  return {
    name: 'export',
    idInLog: 'exportId',
    outbox: { table: 'exports', lossesIn: 'attempts' },
    claiming: {
      columns: `e.kind, e.format, e.filter, e.lang,
        (select u.status = 'blocked' from users u where u.id = e.created_by) as "userBlocked"`,
      set: 'rows_done = 0, rows_total = null, claimed_at = clock_timestamp()',
    },
    poison: { after: MAX_ATTEMPTS, fault: ({ attempts }) => exportFault('poison', { attempts }) },
    work: (held, deps) => writeExport(held, deps, limitMs),
    fail: (held, _deps, { code, params }) =>
      held.end('failed', {
        set: 'error_code = ?, error_params = ?, completed_at = clock_timestamp()',
        bindings: [code, JSON.stringify(params)],
      }),
  };
}

/** A code without a text for the person does not compile. */
const exportFault = (code: ExportErrorCode, params?: Record<string, string | number>): FinalFault =>
  new FinalFault(code, params);

type ExportRun = Pick<WorkRun, 'signal'> & Partial<WorkRun>;

export function runExport(
  deps: ExportDeps,
  id: string,
  run: ExportRun,
  options: { limitMs?: number } = {},
): Promise<WorkOutcome> {
  return runWork(exportWork(options.limitMs), deps, id, { mode: 'queue', instanceId: '', ...run });
}

/**
 * The handler of the jobs: each runs whatever export is due next, of which large ones leave one place of the process to
 * small ones. A job that finds nothing to do has lost nothing: rows that wait are dispatched again.
 */
export function createExportRunner(deps: ExportDeps): (run: ExportRun) => Promise<WorkOutcome> {
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

async function writeExport(held: Held<ClaimedExport>, deps: ExportDeps, limitMs: number): Promise<void> {
  const { claim } = held;
  if (claim.userBlocked) throw exportFault('user_blocked');
  const progress: ExportProgress = { rowsDone: 0, rowsTotal: null };
  held.onBeat(() => ({ set: 'rows_done = ?, rows_total = ?', bindings: [progress.rowsDone, progress.rowsTotal] }));
  held.onLog(() => ({ rows: progress.rowsDone }));
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), limitMs);
  const late = deadline.signal;
  const storageKey = newStorageKey('exports');
  try {
    const { sizeBytes } = await writeFile(deps, claim, {
      storageKey,
      progress,
      signal: AbortSignal.any([held.signal, late]),
    });
    await complete(held, { storageKey, sizeBytes, rows: progress.rowsDone });
    deps.logger.info('export written', { exportId: claim.id, rows: progress.rowsDone, sizeBytes });
  } catch (error) {
    if (error instanceof ClaimEnded && error.reason === 'lost') await deps.store.remove(storageKey);
    if (late.aborted && !held.signal.aborted)
      throw exportFault('export_timeout', { minutes: Math.round(limitMs / 60_000) });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** When a sweep has condemned the bytes that the row would point to (storage/suspects.ts) nothing is written. */
function complete(
  held: Held<ClaimedExport>,
  { storageKey, sizeBytes, rows }: { storageKey: string; sizeBytes: number; rows: number },
): Promise<void> {
  return held.end(
    'completed',
    {
      set: `storage_key = ?, size_bytes = ?, rows_done = ?, rows_total = ?, completed_at = clock_timestamp(),
        expires_at = clock_timestamp() + interval '${KEPT}', error_code = null, error_params = null`,
      bindings: [storageKey, sizeBytes, rows, rows],
    },
    {
      with: 'suspect as (delete from storage_suspects where storage_key = ? returning condemned_at)',
      bindings: [storageKey],
      unless: 'exists (select 1 from suspect where condemned_at is not null)',
    },
  );
}

/** From the replica where there is one; the attempt after a failure there reads from the primary. */
async function writeFile(deps: ExportDeps, claim: ClaimedExport, run: FileRun): Promise<{ sizeBytes: number }> {
  const from = (await deps.replica?.pick()) ?? deps.db;
  try {
    return await writeFileFrom(from, deps, claim, run);
  } catch (error) {
    deps.replica?.noteFailure(from, error);
    throw error;
  }
}

interface FileRun {
  storageKey: string;
  progress: ExportProgress;
  signal: AbortSignal;
}

async function writeFileFrom(
  db: Db,
  { store, spool, matching }: ExportDeps,
  claim: ClaimedExport,
  { storageKey, progress, signal }: FileRun,
): Promise<{ sizeBytes: number }> {
  const writer = FORMAT_WRITERS[claim.format];
  const labels = createLabels(claim.lang);
  return db.transaction(
    async (trx) => {
      await trx.raw(
        `set local statement_timeout = ${STATEMENT_LIMIT_MS};
         set local idle_in_transaction_session_timeout = ${IDLE_LIMIT_MS}`,
      );
      const { sheets, rowCount } = await openTables(
        { db, trx, labels, matching, signal },
        restoreRequest(claim.kind, claim.filter),
      );
      progress.rowsTotal = rowCount;
      return store.put(
        storageKey,
        writer.write(
          sheets.map((sheet) => ({ ...sheet, rows: counted(rowsAhead(sheet.rows), progress) })),
          labels,
          spool,
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
