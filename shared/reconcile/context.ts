/** What every step of reconciliation works with: one connection inside the merge transaction, and the rules. */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';

export type Cause =
  | { kind: 'file'; fileId: string }
  | { kind: 'recompute' }
  | { kind: 'manual'; userId: string }
  /** the file was taken back; by whom is in the run (undos), not in each of what may be a million lines */
  | { kind: 'undo'; fileId: string };

/** Values of order_changes' columns cause, file_id and changed_by. */
export function causeValues(cause: Cause): [string, string | null, string | null] {
  return [cause.kind, 'fileId' in cause ? cause.fileId : null, 'userId' in cause ? cause.userId : null];
}

export interface ReconcileContext {
  /** inside a transaction that holds the merge lock */
  client: Client;
  matching: MatchingConfig;
  cause: Cause;
  /** `code`: also groups in which nothing is to be chosen go through the assignment; tests compare both ways */
  executor?: Executor;
}

export type Executor = 'sql' | 'code';

/** A decimal amount in UZS as whole tiyin. */
export function tiyin(amount: string): number {
  return Math.round(Number(amount) * 100);
}

/**
 * Deletes the orders that a temporary table names in this column, and keeps in gone_orders what they were. @returns how
 * many
 */
export async function removeOrders(
  client: Client,
  { table, column }: { table: string; column: string },
): Promise<number> {
  const removed = await client.query(`
    with gone as (
      delete from orders o using ${table} t
      where o.id = t.${column}
      returning o.id, o.status, o.issues, o.price
    )
    insert into work_gone_orders (order_id, status, issues, price) select id, status, issues, price from gone`);
  return removed.rowCount ?? 0;
}
