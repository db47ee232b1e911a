/** An error workbook that came back corrected: what it belongs to, and what it answers there. */
import type { Knex } from 'knex';
import type { Db } from '../db/client.ts';
import type { CorrectionMade, MappingOverrides, NumberStyle } from './child/protocol.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { Staging } from './staging.ts';

export interface CorrectedFile {
  fileId: string;
  /** how that file was read: its rows mean the same in the correction */
  overrides: MappingOverrides;
}

/** The rows name a file that is not there: then they are rows like any others. */
export const NOT_OURS: CorrectedFile = { fileId: '', overrides: {} };

export interface Correction {
  fileId: string;
  rows: CorrectionMade[];
}

interface StoredReading {
  overrides?: MappingOverrides;
  columns?: { field: string | null; style: string | null }[];
}

export async function findCorrectedFile(db: Db, fileId: string, ownId: string): Promise<CorrectedFile | null> {
  const { rows } = await db.raw<{ rows: { source: MappingOverrides['source']; recognition: StoredReading | null }[] }>(
    `select source, recognition from uploaded_files where id = ? and id <> ? and source is not null`,
    [fileId, ownId],
  );
  const file = rows[0];
  if (file === undefined) return null;
  const { overrides = {}, columns = [] } = file.recognition ?? {};
  const styles = Object.fromEntries(
    columns.flatMap(({ field, style }) =>
      field !== null && (style === 'point' || style === 'comma') ? [[field, style as NumberStyle]] : [],
    ),
  );
  const read: MappingOverrides = { source: file.source, styles: { ...styles, ...overrides.styles } };
  return { fileId, overrides: overrides.columns === undefined ? read : { ...read, columns: overrides.columns } };
}

/**
 * Marks the faults of the rows that came back and were accepted as resolved. The earlier file's counts and status stay;
 * its open errors fall. Both files name each other.
 */
export async function resolveCorrected(
  trx: Knex.Transaction,
  file: ClaimedFile,
  staging: Staging,
  correction: Correction,
): Promise<void> {
  await trx.raw(
    `update row_errors e set resolved_at = clock_timestamp(), resolved_by = ?
     from jsonb_to_recordset(?::jsonb) as mended ("rowIndex" bigint, sheet text, "row" bigint)
     where e.file_id = ? and e.source_row = mended."row" and e.sheet is not distinct from mended.sheet
       and e.resolved_at is null
       and not exists (select 1 from ${staging.rejects} r
         where r.row_index = mended."rowIndex" and r.severity = 'error')`,
    [file.id, JSON.stringify(correction.rows), correction.fileId],
  );
  await trx.raw(
    `update uploaded_files set corrected_by = ?,
       open_errors = (select count(distinct row_index) from row_errors
         where file_id = ? and severity = 'error' and resolved_at is null)
     where id = ?`,
    [file.id, correction.fileId, correction.fileId],
  );
  await trx.raw('update uploaded_files set corrects = ? where id = ?', [correction.fileId, file.id]);
}
