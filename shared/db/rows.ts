/** Hot SQL is written as SQL: one statement, its bindings in order as `?`, its rows typed by the caller. */
import type { DbOrTransaction } from './client.ts';

export async function selectRows<Row>(
  db: DbOrTransaction,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<Row[]> {
  const result = (await db.raw(sql, bindings as never)) as { rows: Row[] };
  return result.rows;
}

/** The first row, or null. */
export async function selectRow<Row>(
  db: DbOrTransaction,
  sql: string,
  bindings: readonly unknown[] = [],
): Promise<Row | null> {
  return (await selectRows<Row>(db, sql, bindings))[0] ?? null;
}

/** How many rows the statement changed. */
export async function execute(db: DbOrTransaction, sql: string, bindings: readonly unknown[] = []): Promise<number> {
  const result = (await db.raw(sql, bindings as never)) as { rowCount: number | null };
  return result.rowCount ?? 0;
}
