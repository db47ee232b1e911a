/**
 * One row must not fail a file. When a statement of merge or reconciliation fails over a value, the rows that cause it
 * are found by halving, refused by name (`internal_rejected`) and the others load. All of it happens in the transaction
 * of the file, under savepoints, so the claim and the merge lock are held throughout. It costs nothing while nothing
 * fails.
 */
import type { Client } from 'pg';
import { isFaultOfValues } from '../db/faults.ts';
import type { Staging } from './staging.ts';

/** Rows that may be refused this way; with more, something else is wrong than a row. */
export const MOST_REFUSED = 200;

export interface FailingRows {
  /** row_index, rising */
  rows: number[];
  /** SQLSTATE of the first failure */
  sqlState: string;
}

export interface Outcome<T> {
  result: T;
  /** null when nothing failed */
  refused: FailingRows | null;
}

/**
 * Runs `work` on the staging.
 * @param work merges and reconciles what the staging holds; run again on parts of it (`trial`), each undone again
 * @throws the error of `work` when it is not of the values, when it comes with no row at all, or with too many rows
 */
export async function refuseFailingRows<T>(
  client: Client,
  staging: Staging,
  work: (run: { trial: boolean }) => Promise<T>,
): Promise<Outcome<T>> {
  await client.query('savepoint every_row');
  try {
    const result = await work({ trial: false });
    await client.query('release savepoint every_row');
    return { result, refused: null };
  } catch (error) {
    if (!isFaultOfValues(error)) throw error;
    await client.query('rollback to savepoint every_row');
    const rows = await findFailing(client, staging, () => work({ trial: true }), error);
    const sqlState = (error as { code: string }).code;
    await refuse(client, staging, rows, sqlState);
    return { result: await work({ trial: false }), refused: { rows, sqlState } };
  }
}

async function findFailing(
  client: Client,
  staging: Staging,
  work: () => Promise<unknown>,
  first: unknown,
): Promise<number[]> {
  const failing: number[] = [];
  /** Whether the rows from..to, without those found already, fail. */
  const fails = async (from: number, to: number): Promise<boolean> => {
    await client.query('savepoint attempt');
    try {
      await client.query(
        `delete from ${staging.rows} where row_index not between $1 and $2 or row_index = any ($3::bigint[])`,
        [from, to, failing],
      );
      await work();
      return false;
    } catch (error) {
      if (!isFaultOfValues(error)) throw error;
      return true;
    } finally {
      await client.query('rollback to savepoint attempt').catch(() => undefined);
    }
  };
  const found = (row: number): void => {
    if (failing.length === MOST_REFUSED) throw first;
    failing.push(row);
  };
  /** The last row of the shortest beginning that fails: rows that only fail together are told by the later one. */
  const firstOfMany = async (from: number, to: number): Promise<void> => {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (await fails(from, middle)) high = middle;
      else low = middle + 1;
    }
    found(high);
  };
  const halve = async (from: number, to: number): Promise<void> => {
    if (from === to) return found(from);
    const middle = Math.floor((from + to) / 2);
    const left = await fails(from, middle);
    if (left) await halve(from, middle);
    const right = await fails(middle + 1, to);
    if (right) await halve(middle + 1, to);
    if (!left && !right) await firstOfMany(from, to);
  };
  // not even without rows: it is not their fault
  if (await fails(1, 0)) throw first;
  const { rows } = await client.query<{ low: string | null; high: string | null }>(
    `select min(row_index) as low, max(row_index) as high from ${staging.rows}`,
  );
  const low = Number(rows[0]?.low ?? 0);
  const high = Number(rows[0]?.high ?? 0);
  while (await fails(low, high)) await halve(low, high);
  return failing.sort((a, b) => a - b);
}

async function refuse(client: Client, staging: Staging, rows: readonly number[], sqlState: string): Promise<void> {
  await client.query(
    `with gone as (
       delete from ${staging.rows} where row_index = any ($1::bigint[])
       returning row_index, sheet, source_row, natural_key
     )
     insert into ${staging.rejects} (row_index, sheet, source_row, column_name, field, code, params, value)
     select row_index, sheet, source_row, null, null, 'internal_rejected', jsonb_build_object('reason', $2::text),
       left(natural_key, 200)
     from gone`,
    [rows, sqlState],
  );
}
