/**
 * Temporary tables that carry what an import, a decision or a re-run touched from step to step. A connection makes them
 * once and keeps them, empty between transactions: made for each file they were a third of what a small one costs, and
 * the catalogues grew with every file.
 *
 * Their definition has a number, in the name of one more table. Behind PgBouncer a server connection may come from a
 * process of another version: it finds no table of its own number and makes all of them anew. Names begin with `work_`,
 * which no version has for anything else.
 */
import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { everyField, REJECT_COLUMNS_SQL, stagedColumns } from '../ingest/sources/staged-columns.ts';

/**
 * Columns by name without `work_`. Codes and amounts have a length: what may be long has a table for long values beside
 * it, and each of those costs with every commit. They may name a thing twice where nothing else is said.
 * - touched_orders.alone: the order came into being with this one row, of Happy Workers (`hw`) or VendHub (`vh`), so
 *   there is nothing to be gathered from several. An import brings rows of one of them.
 * - touched_receipts.placed, touched_payments.placed: where it stands is in positions already, if it need be;
 *   linked: it is in link_changes.
 * - positions: amounts and times whose groups must be evaluated, before and after the change; of_receipt: a receipt
 *   that was corrected stood there.
 * - paired: prices that orders had with amounts that links by hand held for them, before the change.
 * - link_changes.round: links of sales are applied first, returns are matched on them and applied second.
 * - link_changes.is_new: the proof, a touched one, was written with this order and never stood anywhere else.
 * - scope_ids, scope: which orders are to be decided, and as they are before.
 * - orphaned: proofs whose own row is missing or, where it `stands`, out of date.
 * - flag_changes: what the assignment says of orders now, written with their status.
 * - changed_orders: what an order was before each time that its outcome changed, `at` rising; `unmatched` where it has
 *   only just come into being.
 * - gone_orders: what orders were that went; vanished: where orders stood that went, having lost their last record.
 * - recheck_periods: where a source covers now what it did not before.
 * - staged, rejects: the rows of a small file (ingest/held-rows.ts).
 * - matches, coarser, outdone, collisions, new_rows, numbers, foreseen, named: of one merge (ingest/merge.ts).
 * - all others: of one step of the evaluation, which tells them where it fills them.
 */
const COLUMNS: Readonly<Record<string, string>> = {
  // with the index that merge.ts makes sure of, under the name that it gives it
  staged: `${stagedColumns(everyField())}, constraint work_staged_row unique (row_index)`,
  rejects: REJECT_COLUMNS_SQL,

  touched_orders: 'order_id bigint not null, alone varchar(2)',
  touched_receipts: 'id bigint not null, placed boolean not null default false, linked boolean not null default false',
  touched_payments: 'id bigint not null, placed boolean not null default false, linked boolean not null default false',
  positions: `amount numeric(16, 2) not null, time_from timestamptz not null, time_to timestamptz not null,
    of_receipt boolean not null default false`,
  paired: 'price numeric(16, 2) not null, amount numeric(16, 2) not null',
  link_changes: `kind "char" not null, proof_id bigint not null, old_order_id bigint not null, order_id bigint,
    rule varchar(40), ambiguous boolean not null, round smallint not null default 1,
    is_new boolean not null default false, primary key (kind, proof_id)`,
  flag_changes: 'order_id bigint primary key, ambiguous boolean not null, flags text[] not null',
  fresh_orders: 'order_id bigint not null',
  changed_orders: `order_id bigint not null, old_status text collate "C" not null, old_issues text[] not null,
    at bigint generated always as identity`,
  gone_orders: `order_id bigint not null, status text collate "C" not null, issues text[] not null,
    price numeric(16, 2) not null`,
  vanished: 'amount numeric(16, 2) not null, time timestamptz not null',
  recheck_periods: 'source varchar(40) not null, time_from timestamptz not null, time_to timestamptz not null',

  matches: 'row_index bigint not null, record_id bigint not null, order_id bigint not null, sets boolean[] not null',
  coarser: 'row_index bigint not null',
  outdone: 'order_id bigint not null, record_id bigint not null, seq bigint not null',
  collisions: `row_index bigint not null, natural_key text collate "C" not null, period_key text collate "C",
    old_number text, new_number text, old_time timestamptz, new_time timestamptz`,
  new_rows: 'row_index bigint not null, order_number text collate "C"',
  numbers: 'order_number text collate "C", order_id bigint',
  foreseen: 'row_index bigint not null, order_id bigint, rule varchar(40)',
  named: 'machine_code text, value text, goods_name text, at timestamptz',

  touched: 'order_id bigint not null',
  several: 'order_id bigint not null',
  hw_several: 'order_id bigint not null',
  vh_several: 'order_id bigint not null',
  facts: `id bigint not null, order_number text collate "C", machine_code text collate "C", goods_name text,
    payment_type text, price numeric, time timestamptz, has_hw boolean, has_vh boolean, unpaid boolean,
    refunded boolean, base_from timestamptz, base_to timestamptz, price_delta numeric, time_delta_s float8,
    machine_conflict boolean, type_conflict boolean, type_unknown boolean, brew_failed boolean,
    code_disagrees boolean, times_disagree boolean`,
  class_amounts: 'amount numeric primary key, class integer not null, amounts numeric[] not null',
  raw_spans: `id bigint generated always as identity primary key, class integer not null, amounts numeric[] not null,
    time_from timestamptz not null, time_to timestamptz not null, grew boolean not null default true`,
  spans: `id bigint generated always as identity primary key, class integer not null, amounts numeric[] not null,
    time_from timestamptz not null, time_to timestamptz not null`,
  candidates: `kind "char" not null, span bigint not null, proof_id bigint not null, stored_order_id bigint not null,
    link_rule varchar(40), ambiguous boolean not null, order_id bigint, rule varchar(40), decided boolean not null,
    orders_of_proof bigint not null, proofs_of_order bigint not null`,
  contested: 'span bigint not null, order_id bigint not null',
  claimed: `orphan_id bigint not null, old_order_id bigint not null, proof_id bigint not null,
    order_id bigint not null, source varchar(40) not null`,
  orphaned: `id bigint not null, source varchar(40) not null, proof_id bigint not null, amount numeric(16, 2) not null,
    time timestamptz not null, payment_type varchar(40) not null, ambiguous boolean not null,
    is_void boolean not null, stands boolean not null`,
  return_keys: 'fiscal_module text, amount numeric, cash numeric not null, card numeric not null',
  flag_times: 'time_from timestamptz not null, time_to timestamptz not null',
  flag_near: 'id bigint not null',
  flag_scope: `id bigint not null, price numeric(16, 2) not null, time timestamptz not null, has_hw boolean not null,
    ambiguous boolean not null, flags text[] not null, needs_receipt boolean not null`,
  scope_ids: 'id bigint',
  scope: `id bigint not null, proof_source varchar(40), proof_id bigint, has_hw boolean, has_vh boolean,
    payment_type text, price numeric(16, 2), time timestamptz, base_from timestamptz, base_to timestamptz,
    refunded boolean, unpaid boolean, brew_failed boolean, price_delta numeric(16, 2), time_delta_s float8,
    type_conflict boolean, type_unknown boolean, code_disagrees boolean, times_disagree boolean,
    machine_conflict boolean, ambiguous boolean, flags text[], status text collate "C", pending boolean,
    issues text[]`,
  decided: `id bigint not null, status text collate "C", pending boolean, issues text[], proof_source text,
    proof_id bigint, ambiguous boolean, flags text[], time timestamptz, differs boolean,
    old_status text collate "C", old_pending boolean, old_issues text[], old_time timestamptz, is_news boolean`,
};

const NAMES = Object.keys(COLUMNS).map((name) => `work_${name}`);
const TABLES = Object.entries(COLUMNS)
  .map(([name, columns]) => `create temporary table work_${name} (${columns}) on commit delete rows;`)
  .join('\n');
const NUMBER = `work_tables_${createHash('sha256').update(TABLES).digest('hex').slice(0, 12)}`;

/**
 * Temporary tables hold back the horizon of the transactions that the server may forget, and no autovacuum sees them:
 * where so many have passed they are made anew.
 */
const OLDEST_TRANSACTIONS = 20_000_000;

/** From so many rows on a table's own figures are worth what an analyze costs, and what it leaves in the catalogues. */
export const MANY_ROWS = 1_000;

/** Sees to it that the tables are there, empty at the beginning of a transaction. */
export async function createWorkTables(client: Client): Promise<void> {
  const found = await client.query(
    `select 1 from pg_class
     where oid = to_regclass('pg_temp.${NUMBER}') and age(relfrozenxid) < ${OLDEST_TRANSACTIONS}`,
  );
  if (found.rowCount !== 0) return;
  // Analyzed while they are empty: from then on the planner goes by how large they are, and does not take one that was
  // never analyzed for ten pages at least.
  await client.query(`
    drop table if exists ${[...NAMES, NUMBER].join(', ')};
    ${TABLES}
    create temporary table ${NUMBER} ();
    analyze ${NAMES.join(', ')}`);
}

/** Empties all of them before the end of the transaction. */
export async function emptyWorkTables(client: Client): Promise<void> {
  await client.query(`truncate ${NAMES.join(', ')}`);
}

/**
 * Empties one of them for its next use in this transaction.
 * @param rows that it holds at most: few are deleted, since truncating writes catalogues
 */
export async function emptyWorkTable(client: Client, name: string, rows: number): Promise<void> {
  if (rows > 0) await client.query(rows > MANY_ROWS ? `truncate ${name}` : `delete from ${name}`);
}

/** Figures of one that holds so many rows. @param columns those that are joined on; absent: all */
export async function analyzeWorkTable(
  client: Client,
  name: string,
  { rows, columns }: { rows: number; columns?: string },
): Promise<void> {
  if (rows > MANY_ROWS) await client.query(`analyze ${name}${columns === undefined ? '' : ` (${columns})`}`);
}
