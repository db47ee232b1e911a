/** Final states of a file and what goes with them, each in one transaction under the fence (api.md section 3). */
import type { Knex } from 'knex';
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { Postponed } from '../faults.ts';
import { advanceState } from '../reconcile/state-version.ts';
import { takeOffSuspicion } from '../storage/suspects.ts';
import { noteThatNothingCame } from './foreseen.ts';
import { refreshSession } from './session-state.ts';
import type { MappingOverrides, Recognition } from './child/protocol.ts';
import { type ClaimedFile, lockFile, lockToCancel } from './claimed-file.ts';
import type { LoadEnd, LoadProbe } from './child/run-reader.ts';
import type { MergeCounts } from './merge.ts';
import type { Warning } from './readers/reader.ts';

/** Ends the file with the given columns; the claim is over with it. */
async function endFile(trx: Knex.Transaction, file: ClaimedFile, columns: Record<string, unknown>): Promise<void> {
  await trx('uploaded_files')
    .where({ id: file.id })
    .update({
      phase: 'done',
      claimed_by: null,
      lease_until: null,
      cancel_requested: false,
      retry_reason: null,
      error_code: null,
      error_params: null,
      completed_at: trx.raw('clock_timestamp()'),
      ...columns,
    });
  await trx('file_progress').where({ file_id: file.id }).delete();
  await refreshSession(trx, file.sessionId);
}

/** After that it is looked again whether the same bytes are loaded. */
const TAKEN_BACK_PAUSE_MS = 1_000;

const NO_ROWS = {
  rows_read: 0,
  rows_new: 0,
  rows_updated: 0,
  fields_filled: 0,
  fields_changed: 0,
  rows_unchanged: 0,
  rows_rejected: 0,
  rows_skipped: 0,
  open_errors: 0,
};

/** The file's own fault, or `user_blocked` and the like: final. */
export async function endWithoutRows(
  db: Db,
  file: ClaimedFile,
  outcome: {
    status: 'failed' | 'cancelled' | 'duplicate';
    code?: string;
    params?: Record<string, string | number>;
    duplicateOf?: string;
  },
): Promise<void> {
  await db.transaction(async (trx) => {
    await (outcome.status === 'cancelled' ? lockToCancel(trx, file) : lockFile(trx, file));
    if (outcome.duplicateOf !== undefined) await insistThatItStands(trx, outcome.duplicateOf);
    await endFile(trx, file, {
      ...NO_ROWS,
      status: outcome.status,
      error_code: outcome.code ?? null,
      error_params: outcome.code === undefined ? null : JSON.stringify(outcome.params ?? {}),
      duplicate_of: outcome.duplicateOf ?? null,
    });
    if (outcome.status === 'duplicate') await noteIfForeseen(trx, file);
  });
}

/**
 * The file whose bytes are the same may be taken back at this moment: then this one counts in its place. Who takes back
 * holds its row to the end, so nobody waits for it here.
 * @throws Postponed
 */
async function insistThatItStands(trx: Knex.Transaction, fileId: string): Promise<void> {
  const row = await selectRow(
    trx,
    `select 1 from uploaded_files
      where id = ? and status in ('completed', 'completed_with_errors') for share skip locked`,
    [fileId],
  );
  const undone = await selectRow(
    trx,
    `select 1 from uploaded_files where parent_id = ? and status = 'undone' limit 1`,
    [fileId],
  );
  if (row === null || undone !== null) throw new Postponed(TAKEN_BACK_PAUSE_MS);
}

/** The same bytes were completed before: nothing is processed, the earlier file is named. */
export async function endDuplicate(trx: Knex.Transaction, file: ClaimedFile, duplicateOf: string): Promise<void> {
  await endFile(trx, file, { ...NO_ROWS, status: 'duplicate', duplicate_of: duplicateOf });
  await noteIfForeseen(trx, file);
}

/** A file that was looked at and is applied now says that it came out otherwise. */
async function noteIfForeseen(trx: Knex.Transaction, { id, preview, foreseen }: ClaimedFile): Promise<void> {
  if (foreseen !== null && !preview) await noteThatNothingCame(trx, { id, foreseen });
}

/** What the file page shows of the recognition. */
export function recognitionColumns(
  probe: LoadProbe,
  table: Recognition | null,
  columns?: LoadEnd['columns'],
  reading: Record<string, unknown> = {},
): Record<string, unknown> {
  const { tables: _tables, warnings: _warnings, ...dialect } = probe;
  return {
    format: probe.format,
    source_confidence: table?.strength ?? null,
    recognition: JSON.stringify({ ...dialect, ...table, columns: columns ?? table?.columns ?? [], ...reading }),
  };
}

/** What the operator is asked about: the table that comes closest, with the question in it. */
export interface AskedAbout {
  probe: LoadProbe;
  /** null: the file holds no table */
  table: Recognition | null;
}

/** The question to the operator; the file goes on with POST /files/:id/mapping. */
export async function endWithQuestion(db: Db, file: ClaimedFile, asked: AskedAbout): Promise<void> {
  await db.transaction(async (trx) => {
    await lockFile(trx, file);
    await askAbout(trx, file, asked, null);
  });
}

/** The same, inside a transaction that holds the claim. `source`: where it is known all the same. */
export async function askAbout(
  trx: Knex.Transaction,
  file: ClaimedFile,
  { probe, table }: AskedAbout,
  source: string | null,
): Promise<void> {
  await endFile(trx, file, {
    ...NO_ROWS,
    ...recognitionColumns(probe, table),
    status: 'needs_mapping',
    phase: 'waiting',
    completed_at: null,
    source,
    warnings: JSON.stringify(probe.warnings),
  });
}

export interface LoadedFile {
  probe: LoadProbe;
  table: Recognition;
  end: LoadEnd;
  counts: MergeCounts;
  ordersChanged: number;
  sheets: (string | null)[];
  overrides: MappingOverrides;
  /** found out beside the reading */
  warnings: Warning[];
}

/** Completed, with the rows' outcome; called as the last statement of the merge transaction. */
export async function endLoaded(trx: Knex.Transaction, file: ClaimedFile, loaded: LoadedFile): Promise<void> {
  const { end, counts } = loaded;
  await advanceState(trx);
  const rejected = end.rowsRejected + counts.rejected;
  const earliest = [end.timeFrom, end.statedFrom].filter((time) => time !== null).sort(byInstant)[0] ?? null;
  const latest =
    [end.timeTo, end.statedTo]
      .filter((time) => time !== null)
      .sort(byInstant)
      .at(-1) ?? null;
  await endFile(trx, file, {
    ...recognitionColumns(loaded.probe, loaded.table, end.columns, {
      sheets: loaded.sheets,
      overrides: loaded.overrides,
    }),
    status: rejected > 0 ? 'completed_with_errors' : 'completed',
    source: loaded.table.source,
    warnings: JSON.stringify([...end.warnings, ...loaded.warnings]),
    rows_read: end.rowsRead,
    rows_new: counts.new,
    rows_updated: counts.updated,
    fields_filled: counts.filled,
    fields_changed: counts.changed,
    rows_unchanged: counts.unchanged,
    rows_rejected: rejected,
    rows_skipped: end.rowsSkipped,
    open_errors: rejected,
    orders_changed: loaded.ordersChanged,
    period_from: earliest,
    period_to: latest,
  });
}

function byInstant(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b);
}

/** One member of an archive, or one sheet of a workbook with several sources. */
export interface MemberFile {
  id: string;
  name: string;
  memberPath: string;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  overrides: MappingOverrides;
  fault: { code: string; params: Record<string, string | number> } | null;
}

/** The container is completed with no rows of its own; its members follow it as files of the session. */
export async function endContainer(
  db: Db,
  file: ClaimedFile,
  format: string,
  members: readonly MemberFile[],
): Promise<void> {
  await db.transaction(async (trx) => {
    await lockFile(trx, file);
    await takeOffSuspicion(
      trx,
      members.map((member) => member.storageKey),
    );
    for (const member of members) {
      await trx('uploaded_files').insert({
        id: member.id,
        session_id: file.sessionId,
        parent_id: file.id,
        member_path: member.memberPath,
        name: member.name,
        size_bytes: member.sizeBytes,
        sha256: member.sha256,
        storage_key: member.storageKey,
        overrides: JSON.stringify(member.overrides),
        created_by: file.createdBy,
        ...(file.preview ? { preview: true, next_attempt_at: 'infinity' } : {}),
        ...(member.fault === null
          ? {}
          : {
              status: 'failed',
              phase: 'done',
              error_code: member.fault.code,
              error_params: JSON.stringify(member.fault.params),
              completed_at: trx.raw('clock_timestamp()'),
            }),
      });
    }
    const seen = { status: 'previewed', foreseen_at: trx.raw('clock_timestamp()') };
    await endFile(trx, file, { ...NO_ROWS, format, ...(file.preview ? seen : { status: 'completed' }) });
  });
}
