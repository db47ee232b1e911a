/** Notes what files come to, in the transaction that takes them in and takes that back. */
import type { Knex } from 'knex';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { type Foreseen, rowCountsOf } from '../ingest/foreseen.ts';
import { type LoadResult, type StagedFile, writeRejects } from '../ingest/load-staged.ts';
import type { FileStatus } from '../ingest/session-state.ts';

/** What the end of a file writes of it and a look keeps. */
const KEPT = [
  'format',
  'source',
  'source_confidence',
  'recognition',
  'warnings',
  'duplicate_of',
  'rows_read',
  'rows_new',
  'rows_updated',
  'fields_filled',
  'fields_changed',
  'rows_unchanged',
  'rows_rejected',
  'rows_skipped',
  'orders_changed',
  'open_errors',
  'period_from',
  'period_to',
] as const;

interface Seen {
  one: StagedFile;
  status: FileStatus;
  /** the row as its end left it */
  row: Record<string, unknown>;
  /** rows that were refused while it was taken in; the others stand in its staging table */
  refused: unknown[];
  foreseen: Foreseen | null;
}

/**
 * @param files in the order in which `load` takes them in
 * @param against state_version as it was committed
 */
export async function writeSeen(
  trx: Knex.Transaction,
  files: readonly StagedFile[],
  against: number,
  load: () => Promise<LoadResult[]>,
): Promise<void> {
  await trx.raw('savepoint before_the_look');
  const results = await load();
  const seen: Seen[] = [];
  let onTopOf = 0;
  for (const [index, result] of results.entries()) {
    const one = files[index] as StagedFile;
    seen.push(await lookAt(trx, one, result, { against, onTopOf }));
    if (result.status === 'completed') onTopOf += 1;
  }
  await trx.raw('rollback to savepoint before_the_look');
  for (const one of seen) await write(trx, one);
}

async function lookAt(
  trx: Knex.Transaction,
  one: StagedFile,
  { receipt }: LoadResult,
  place: Pick<Foreseen, 'against' | 'onTopOf'>,
): Promise<Seen> {
  const { id } = one.file;
  const row = await selectRow<{ status: FileStatus; kept: Record<string, unknown> }>(
    trx,
    `select status, to_jsonb(f) as kept from uploaded_files f where id = ?`,
    [id],
  );
  if (row === null) throw new Error('the file is not there');
  const refused = await selectRows<{ row: unknown }>(
    trx,
    `select to_jsonb(r) as row from ${one.staged.staging.rejects} r where code = 'internal_rejected'`,
  );
  return {
    one,
    status: row.status,
    row: Object.fromEntries(KEPT.map((column) => [column, row.kept[column]])),
    refused: refused.map((reject) => reject.row),
    foreseen: receipt === null ? null : { rows: await rowCountsOf(trx, id), ...receipt, ...place },
  };
}

async function write(
  trx: Knex.Transaction,
  { one: { file, staged }, status, row, refused, foreseen }: Seen,
): Promise<void> {
  const isLoaded = status === 'completed' || status === 'completed_with_errors';
  await execute(
    trx,
    `update uploaded_files f set (${KEPT.join(', ')}) = (select ${KEPT.map((column) => `k.${column}`).join(', ')}),
       status = ?, phase = ?, foreseen = ?::jsonb, foreseen_at = clock_timestamp(),
       completed_at = case when ? = 'needs_mapping' then null else clock_timestamp() end,
       claimed_by = null, lease_until = null, next_attempt_at = 'infinity', cancel_requested = false
     from jsonb_populate_record(null::uploaded_files, ?::jsonb) k
     where f.id = ?`,
    [
      isLoaded ? 'previewed' : status,
      status === 'needs_mapping' ? 'waiting' : 'done',
      foreseen === null ? null : JSON.stringify(foreseen),
      status,
      JSON.stringify(row),
      file.id,
    ],
  );
  await execute(trx, 'delete from file_progress where file_id = ?', [file.id]);
  if (!isLoaded) return;
  if (refused.length > 0)
    await execute(
      trx,
      `insert into ${staged.staging.rejects} select *
        from jsonb_populate_recordset(null::${staged.staging.rejects}, ?::jsonb)`,
      [JSON.stringify(refused)],
    );
  await writeRejects(trx, file.id, staged.staging);
}
