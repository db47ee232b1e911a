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
 * Temporary tables that carry what an import, a decision or a re-run touched from step to step; gone at the end of the
 * transaction. They may name a thing twice.
 * - touched_orders.alone: the order came into being with this one row, of Happy Workers (`hw`) or VendHub (`vh`), so
 *   there is nothing to be gathered from several. An import brings rows of one of them.
 * - touched_receipts.placed, touched_payments.placed: where it stands is in positions already, if it need be.
 * - positions: amounts and times whose groups must be evaluated, before and after the change; of_receipt: a receipt
 *   that was corrected stood there.
 * - link_changes.round: links of sales are applied first, returns are matched on them and applied second.
 * - flag_changes: what the assignment says of orders now, written with their status.
 * - changed_orders: what an order was before each time that its outcome changed, `at` rising; `unmatched` where it has
 *   only just come into being.
 * - gone_orders: what orders were that went; vanished: where orders stood that went, having lost their last record.
 * - recheck_periods: where a source covers now what it did not before.
 */
export async function createWorkTables(client: Client): Promise<void> {
  await client.query(`
    create temporary table touched_orders (order_id bigint not null, alone text) on commit drop;
    create temporary table touched_receipts (id bigint not null, placed boolean not null default false) on commit drop;
    create temporary table touched_payments (id bigint not null, placed boolean not null default false) on commit drop;
    create temporary table positions (
      amount numeric not null, time_from timestamptz not null, time_to timestamptz not null,
      of_receipt boolean not null default false
    ) on commit drop;
    create temporary table link_changes (
      kind "char" not null, proof_id bigint not null, old_order_id bigint not null, order_id bigint, rule text,
      ambiguous boolean not null,
      round smallint not null default 1,
      primary key (kind, proof_id)
    ) on commit drop;
    create temporary table flag_changes (
      order_id bigint primary key, ambiguous boolean not null, flags text[] not null
    ) on commit drop;
    create temporary table fresh_orders (order_id bigint not null) on commit drop;
    create temporary table changed_orders (
      order_id bigint not null, old_status text collate "C" not null, old_issues text[] not null,
      at bigint generated always as identity
    ) on commit drop;
    create temporary table gone_orders (
      order_id bigint not null, status text collate "C" not null, issues text[] not null, price numeric not null
    ) on commit drop;
    create temporary table vanished (amount numeric not null, time timestamptz not null) on commit drop;
    create temporary table recheck_periods (
      source text not null, time_from timestamptz not null, time_to timestamptz not null
    ) on commit drop;
  `);
}

/** The tables of createWorkTables, gone before the end of the transaction. */
export async function dropWorkTables(client: Client): Promise<void> {
  await client.query(`
    drop table touched_orders, touched_receipts, touched_payments, positions, link_changes, flag_changes, fresh_orders,
      changed_orders, gone_orders, vanished, recheck_periods`);
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
    insert into gone_orders (order_id, status, issues, price) select id, status, issues, price from gone`);
  return removed.rowCount ?? 0;
}
