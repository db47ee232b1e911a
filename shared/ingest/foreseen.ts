/** What a file was seen to do before it was applied, and whether it came out so (undo.md 2). */
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { execute, selectRow } from '../db/rows.ts';
import type { FileReceipt } from './file-receipt.ts';

export interface RowCounts {
  read: number;
  new: number;
  updated: number;
  filled: number;
  changed: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

export interface Foreseen extends FileReceipt {
  rows: RowCounts;
  /** state_version as it was committed */
  against: number;
  /** files of the session that it was seen on top of */
  onTopOf: number;
}

/** What of a preview can come out otherwise. */
export const FORESEEN_PARTS = ['rows', 'orders', 'statuses', 'issues', 'coverage'] as const;
export type ForeseenPart = (typeof FORESEEN_PARTS)[number];

export interface CameOut extends FileReceipt {
  rows: RowCounts;
  /** something else took effect in between, or it came out otherwise */
  differs: boolean;
  differences: ForeseenPart[];
}

export async function rowCountsOf(trx: Knex.Transaction, fileId: string): Promise<RowCounts> {
  const row = await selectRow<RowCounts>(
    trx,
    `select rows_read::float8 as read, rows_new::float8 as new, rows_updated::float8 as updated,
      fields_filled::float8 as filled,
       fields_changed::float8 as changed, rows_unchanged::float8 as unchanged, rows_rejected::float8 as rejected,
       rows_skipped::float8 as skipped
     from uploaded_files where id = ?`,
    [fileId],
  );
  if (row === null) throw new Error('the file is not there');
  return row;
}

/** The same bytes took effect in between: of what was told nothing is left to do. */
export async function noteThatNothingCame(
  trx: Knex.Transaction,
  { id, foreseen }: { id: string; foreseen: Foreseen },
): Promise<void> {
  const receipt = {
    orders: { new: 0, changed: 0, removed: 0 },
    statuses: [],
    issues: [],
    coverage: [],
    samples: [],
  };
  const result = { rows: await rowCountsOf(trx, id), ...receipt };
  const cameOut: CameOut = { ...result, differs: true, differences: differencesOf(result, foreseen) };
  await noteCameOut(trx, id, cameOut);
}

/**
 * Notes how a file that was looked at before came out, in its final transaction.
 * @param versionBefore state_version before it took effect
 */
export async function noteHowItCameOut(
  trx: Knex.Transaction,
  { id, foreseen }: { id: string; foreseen: Foreseen },
  receipt: FileReceipt,
  versionBefore: number,
): Promise<void> {
  const result = { rows: await rowCountsOf(trx, id), ...receipt };
  const differences = differencesOf(result, foreseen);
  const moved = versionBefore !== foreseen.against + foreseen.onTopOf;
  const cameOut: CameOut = { ...result, differs: moved || differences.length > 0, differences };
  await noteCameOut(trx, id, cameOut);
}

type Compared = Pick<Foreseen, ForeseenPart>;

const differencesOf = (result: Compared, foreseen: Compared): ForeseenPart[] =>
  FORESEEN_PARTS.filter((part) => !isDeepStrictEqual(result[part], foreseen[part]));

async function noteCameOut(trx: Knex.Transaction, id: string, cameOut: CameOut): Promise<void> {
  await execute(trx, 'update uploaded_files set came_out = ?::jsonb where id = ?', [JSON.stringify(cameOut), id]);
}
