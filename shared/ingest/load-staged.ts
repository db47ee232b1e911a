/**
 * Takes staged files in, one on top of the other, inside one transaction that holds the claims and the merge lock:
 * merge, reconciliation, end. An import has one of them and commits; who looks before they land has all files of a
 * session and rolls back.
 */
import type { Knex } from 'knex';
import type { MatchingConfig } from '../config.ts';
import { connectionOf } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import type { Logger } from '../logger.ts';
import { addNotice } from '../notices/notices.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { resolveCorrected } from './correction.ts';
import { coveredBy } from './file-effects.ts';
import type { FileReceipt } from './file-receipt.ts';
import { askAbout, endDuplicate, endLoaded } from './finish-file.ts';
import { backwardTimes, emptyDays, noRows } from './file-warnings.ts';
import { mergeAndReconcile, type Merged } from './merge-and-reconcile.ts';
import { RecordsWouldBeReplaced } from './merge-identities.ts';
import { periodOverlap } from './period-overlap.ts';
import type { Staged } from './read-file.ts';
import type { Staging } from './staging.ts';
import { sources } from './sources/index.ts';

export interface StagedFile {
  file: ClaimedFile;
  staged: Staged;
}

export interface LoadRules {
  matching: MatchingConfig;
  logger: Logger;
  /** also tell what each comes to */
  receipts?: boolean;
  onReconciling?(file: ClaimedFile): void;
  /** nothing may be written about the file's progress after this */
  onEnding?(file: ClaimedFile): Promise<void>;
}

export interface LoadResult {
  fileId: string;
  /** needs_mapping: its rows would replace other records, the operator is asked */
  status: 'completed' | 'duplicate' | 'needs_mapping';
  ordersChanged: number;
  /** for the log */
  figures: Record<string, unknown>;
  receipt: FileReceipt | null;
}

/** @param files in their order of acceptance */
export async function loadStaged(
  trx: Knex.Transaction,
  files: readonly StagedFile[],
  rules: LoadRules,
): Promise<LoadResult[]> {
  const client = await connectionOf(trx);
  const results: LoadResult[] = [];
  for (const one of files) {
    // the next one makes tables of the same names
    if (results.length > 0) await client.query('discard temp');
    await client.query('savepoint nothing_of_the_file');
    try {
      results.push(await loadOne(trx, one, rules));
    } catch (error) {
      if (!(error instanceof RecordsWouldBeReplaced)) throw error;
      await client.query('rollback to savepoint nothing_of_the_file');
      results.push(await askWhetherTheyReplace(trx, one, error));
    }
    await client.query('release savepoint nothing_of_the_file');
  }
  return results;
}

async function loadOne(trx: Knex.Transaction, { file, staged }: StagedFile, rules: LoadRules): Promise<LoadResult> {
  const duplicated = await findCompletedMeanwhile(trx, file);
  if (duplicated !== null) {
    await endDuplicate(trx, file, duplicated);
    return { fileId: file.id, status: 'duplicate', ordersChanged: 0, figures: {}, receipt: null };
  }
  const { staging, source, end } = staged;
  const client = await connectionOf(trx);
  await staged.held?.layInto(client, sources[source]);
  const merged = await mergeAndReconcile(
    client,
    {
      fileId: file.id,
      seq: file.seq,
      source: sources[source],
      staging,
      identities: file.overrides.identities ?? null,
      covered: coveredBy(end),
    },
    { matching: rules.matching, receipt: rules.receipts, onReconciling: () => rules.onReconciling?.(file) },
  );
  await keepRejects(trx, file, staged, merged, rules);
  await rules.onEnding?.(file);
  if (staged.correction !== null) await resolveCorrected(trx, file, staging, staged.correction);
  const { counts, ordersChanged, receipt } = merged;
  await endLoaded(trx, file, {
    ...staged,
    counts,
    ordersChanged,
    warnings: await warningsOf(trx, file, staged, merged, rules),
  });
  const figures = { source, ...counts, read: end.rowsRead, rejected: end.rowsRejected + counts.rejected };
  return { fileId: file.id, status: 'completed', ordersChanged, figures, receipt };
}

/** The operator answers by `identities` of the mapping. */
async function askWhetherTheyReplace(
  trx: Knex.Transaction,
  { file, staged: { probe, table, source } }: StagedFile,
  { params }: RecordsWouldBeReplaced,
): Promise<LoadResult> {
  const question = { code: 'records_would_be_replaced', params, candidates: [] };
  await askAbout(trx, file, { probe, table: { ...table, question } }, source);
  return { fileId: file.id, status: 'needs_mapping', ordersChanged: 0, figures: params, receipt: null };
}

async function keepRejects(
  trx: Knex.Transaction,
  file: ClaimedFile,
  { staging }: Staged,
  { refused }: Merged,
  { logger }: LoadRules,
): Promise<void> {
  if (refused !== null) {
    logger.error('rows were refused because a statement failed over them', { ...refused, fileId: file.id });
    const key = `rows_refused:${file.id}:${file.run}`;
    await addNotice(trx, key, 'rows_refused', {
      file: file.name,
      count: refused.rows.length,
      reason: refused.sqlState,
    });
  }
  await writeRejects(trx, file.id, staging);
}

export async function writeRejects(trx: Knex.Transaction, fileId: string, { rejects }: Staging): Promise<void> {
  await trx.raw(
    `insert into row_errors (file_id, row_index, sheet, source_row, column_name, field, code, severity, params, value)
     select ?, row_index, sheet, source_row, column_name, field, code, severity, params, value
     from ${rejects}
     order by row_index`,
    [fileId],
  );
}

async function warningsOf(
  trx: Knex.Transaction,
  file: ClaimedFile,
  { source, staging, end }: Staged,
  { warnings }: Merged,
  { matching }: LoadRules,
): Promise<Merged['warnings']> {
  const client = await connectionOf(trx);
  return [
    ...(await periodOverlap(trx, file, source, end)),
    ...noRows(end),
    ...warnings,
    ...(await backwardTimes(client, source, staging, matching.hwVendhubWindowS)),
    ...(await emptyDays(client, source, end)),
  ];
}

/** The same bytes, completed while this one was read: this one changes nothing. */
async function findCompletedMeanwhile(trx: Knex.Transaction, file: ClaimedFile): Promise<string | null> {
  const duplicated = await selectRow<{ id: string }>(
    trx,
    `select o.id
     from uploaded_files o
     left join uploaded_files op on op.id = o.parent_id
     where o.sha256 = ? and o.id <> ? and o.status in ('completed', 'completed_with_errors')
       and op.sha256 is distinct from o.sha256
       and not exists (select 1 from uploaded_files p where p.id = ? and p.sha256 = o.sha256)
     order by o.seq
     limit 1`,
    [file.sha256, file.id, file.parentId],
  );
  return duplicated?.id ?? null;
}
