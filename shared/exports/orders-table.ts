/** Orders of a filter, newest first, each with its proofs and decision in one row. */
import { selectRow } from '../db/rows.ts';
import { DECISIONS_FIRST } from '../orders/decision-rows.ts';
import { ORDER_COLUMNS, type OrderRow } from '../orders/list-orders.ts';
import { orderConditions, type OrderFilter, whereOf } from '../orders/order-filter.ts';
import { readBatches } from './cursor.ts';
import { REASON_PAYMENT, reasonColumns, rowReason, type ReasonRow } from '../orders/reasons.ts';
import { filterLead } from './filter-lead.ts';
import type { Labels } from './labels.ts';
import { type Cell, money, number } from './sheet.ts';
import type { TableContext, Tables } from './table-context.ts';

/** An order with everything that stands in its line. */
type ExportedRow = OrderRow &
  Omit<ReasonRow, keyof OrderRow> & {
    has_hw: boolean;
    has_vh: boolean;
    /** VendHub's price where both have one */
    both_price: string | null;
    receipt_keys: string | null;
    receipt_sum: string | null;
    payment_keys: string | null;
    payment_sum: string | null;
    tastes: string | null;
    decision_kind: string | null;
    decision_resolution: string | null;
    decision_note: string | null;
  };

export async function ordersTable(context: TableContext, filter: OrderFilter): Promise<Tables> {
  const { db, trx, labels, matching } = context;
  const where = whereOf(await orderConditions(db, filter));
  const counted = await selectRow<{ count: string; sum: string }>(
    trx,
    `select count(*) as count, coalesce(trim_scale(sum(o.price)), 0)::text as sum from orders o where ${where.sql}`,
    where.bindings,
  );
  const count = counted?.count ?? '0';
  const columns = [
    labels.column('orderNumber', 38),
    labels.column('time', 19),
    labels.column('machineCode', 14),
    labels.wrapping('machineName', 24),
    labels.wrapping('goodsName', 17),
    labels.wrapping('tasteName', 12),
    labels.column('price', 16),
    labels.column('vendhubPrice', 13),
    labels.column('receiptSum', 13),
    labels.column('paymentSum', 13),
    labels.column('difference', 13),
    labels.wrapping('paymentType', 12),
    labels.wrapping('status', 18),
    labels.wrapping('why', 28),
    labels.wrapping('issues', 24),
    labels.column('pending', 12),
    labels.column('settled', 12),
    labels.column('inMachine', 12),
    labels.column('inVendhub', 12),
    labels.column('receipts', 22),
    labels.column('payments', 34),
    labels.column('decision', 24),
    labels.column('note', 30),
    labels.column('version', 9),
    labels.column('statusCode', 18),
    labels.column('issueCodes', 24),
  ];
  const query = { sql: linesSql(where.sql, matching.fiscalWindowS), bindings: where.bindings };
  // what stands behind the issues is for whoever works on with the table
  const printed = columns.findIndex(({ header }) => header === labels.column('issues', 0).header) + 1;
  const lead = filterLead(labels, labels.sheet('orders'), filter);
  const totals = [labels.figure('total'), number(count), null, null, null, null, money(counted?.sum ?? '0')];
  return {
    sheets: [{ name: labels.sheet('orders'), columns, printed, lead, totals, rows: orderRows(context, query) }],
    rowCount: Number(count),
  };
}

/**
 * Orders in their order first, then what belongs to each, looked up one by one: a line costs the same among twenty as
 * among a million, and the first ones are there before the last ones are looked up.
 */
function linesSql(where: string, fiscalWindowS: number): string {
  return `select ${ORDER_COLUMNS}, o.has_hw, o.has_vh, trim_scale(o.price + o.price_delta)::text as both_price,
      receipts.keys as receipt_keys, receipts.sum as receipt_sum, payments.keys as payment_keys,
      payments.sum as payment_sum, hw.tastes, decision.kind as decision_kind,
      decision.resolution as decision_resolution, decision.note as decision_note, ${reasonColumns(fiscalWindowS)}
    from (select o.* from orders o where ${where} order by o.time desc, o.id desc offset 0) o
    left join lateral (select address, category from machines where machine_code = o.machine_code limit 1) m on true
    ${proofsSql('receipts', 'fiscal_receipts', 'fiscal_time', `''`)}
    ${proofsSql('payments', 'gateway_payments', 'transaction_time', `initcap(p.gateway) || ' '`)}
    -- only Happy Workers names the taste; several cups of a cart name several
    left join lateral (
      select string_agg(distinct h.taste_name, '; ') as tastes from happy_workers_orders h
      where h.order_id = o.id and h.taste_name is not null
    ) hw on true
    left join lateral (
      select d.kind, d.resolution, d.note from manual_decisions d where d.order_id = o.id and d.undone_at is null
      order by ${DECISIONS_FIRST} limit 1
    ) decision on true
    ${REASON_PAYMENT}
    order by o.time desc, o.id desc`;
}

function proofsSql(name: string, table: 'fiscal_receipts' | 'gateway_payments', time: string, prefix: string): string {
  return `left join lateral (
      select string_agg(${prefix} || p.natural_key, '; ' order by p.${time}, p.natural_key) as keys,
        trim_scale(sum(p.amount))::text as sum
      from ${table} p where p.order_id = o.id
    ) ${name} on true`;
}

async function* orderRows(
  { trx, labels, signal }: TableContext,
  query: { sql: string; bindings: readonly unknown[] },
): AsyncGenerator<Cell[][]> {
  for await (const rows of readBatches<ExportedRow>(trx, query, signal)) yield rows.map((row) => cellsOf(row, labels));
}

function cellsOf(row: ExportedRow, labels: Labels): Cell[] {
  const { difference, why } = rowReason(row);
  const { decision_kind: decision, decision_resolution: resolution } = row;
  return [
    row.order_number,
    row.time,
    row.machine_code,
    row.machine_name,
    row.goods_name,
    row.tastes,
    money(row.price),
    optional(row.both_price ?? (row.has_vh ? row.price : null)),
    optional(row.receipt_sum),
    optional(row.payment_sum),
    optional(difference),
    labels.value(row.payment_type),
    labels.status(row.status),
    why === null ? null : labels.reason(why.code, why.params),
    row.issues.map((code) => labels.issue(code)).join('; '),
    row.pending,
    row.settled,
    row.has_hw,
    row.has_vh,
    row.receipt_keys,
    row.payment_keys,
    decision === null || resolution === null ? null : `${labels.value(decision)}: ${labels.value(resolution)}`,
    row.decision_note,
    number(row.version),
    row.status,
    row.issues.join('; '),
  ];
}

const optional = (amount: string | null): Cell => (amount === null ? null : money(amount));
