/** Orders of a filter, newest first, each with its proofs and decision in one row. */
import type { Knex } from 'knex';
import { selectRow, selectRows } from '../db/rows.ts';
import { decisionsOf } from '../orders/decision-rows.ts';
import { ORDER_COLUMNS, type OrderRow } from '../orders/list-orders.ts';
import { orderConditions, type OrderFilter, whereOf } from '../orders/order-filter.ts';
import { readBatches } from './cursor.ts';
import { reasonsOf } from '../orders/reasons.ts';
import { filterLead } from './filter-lead.ts';
import { type Cell, money, number } from './sheet.ts';
import type { TableContext, Tables } from './table-context.ts';

type ExportedRow = OrderRow & {
  has_hw: boolean;
  has_vh: boolean;
  /** VendHub's price where both have one */
  both_price: string | null;
};

export async function ordersTable(context: TableContext, filter: OrderFilter): Promise<Tables> {
  const { db, trx, labels } = context;
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
  const query = {
    sql: `select ${ORDER_COLUMNS}, o.has_hw, o.has_vh, trim_scale(o.price + o.price_delta)::text as both_price
      from orders o left join machines m on m.machine_code = o.machine_code
      where ${where.sql} order by o.time desc, o.id desc`,
    bindings: where.bindings,
  };
  // what stands behind the issues is for whoever works on with the table
  const printed = columns.findIndex(({ header }) => header === labels.column('issues', 0).header) + 1;
  const lead = filterLead(labels, labels.sheet('orders'), filter);
  const totals = [labels.figure('total'), number(count), null, null, null, null, money(counted?.sum ?? '0')];
  return {
    sheets: [{ name: labels.sheet('orders'), columns, printed, lead, totals, rows: orderRows(context, query) }],
    rowCount: Number(count),
  };
}

async function* orderRows(
  { trx, labels, matching, signal }: TableContext,
  query: { sql: string; bindings: readonly unknown[] },
): AsyncGenerator<Cell[][]> {
  for await (const rows of readBatches<ExportedRow>(trx, query, signal)) {
    const ids = rows.map((row) => row.id);
    const [receipts, payments, tastes, decisions, reasons] = [
      await proofsOf(trx, ids, 'fiscal_receipts', 'fiscal_time', `''`),
      await proofsOf(trx, ids, 'gateway_payments', 'transaction_time', `initcap(p.gateway) || ' '`),
      await tastesOf(trx, ids),
      await decisionsOf(trx, ids),
      await reasonsOf(trx, ids, matching),
    ];
    yield rows.map((row) => {
      const receipt = receipts.get(row.id);
      const payment = payments.get(row.id);
      const reason = reasons.get(row.id);
      const [decision] = decisions.get(row.id) ?? [];
      return [
        row.order_number,
        row.time,
        row.machine_code,
        row.machine_name,
        row.goods_name,
        tastes.get(row.id) ?? null,
        money(row.price),
        optional(row.both_price ?? (row.has_vh ? row.price : null)),
        optional(receipt?.sum),
        optional(payment?.sum),
        optional(reason?.difference),
        labels.value(row.payment_type),
        labels.status(row.status),
        reason?.why === null || reason === undefined ? null : labels.reason(reason.why.code, reason.why.params),
        row.issues.map((code) => labels.issue(code)).join('; '),
        row.pending,
        row.settled,
        row.has_hw,
        row.has_vh,
        receipt?.keys ?? null,
        payment?.keys ?? null,
        decision === undefined ? null : `${labels.value(decision.kind)}: ${labels.value(decision.resolution)}`,
        decision?.note ?? null,
        number(row.version),
        row.status,
        row.issues.join('; '),
      ];
    });
  }
}

const optional = (amount: string | null | undefined): Cell =>
  amount === null || amount === undefined ? null : money(amount);

interface Proofs {
  keys: string;
  sum: string;
}

async function proofsOf(
  trx: Knex.Transaction,
  ids: readonly string[],
  table: 'fiscal_receipts' | 'gateway_payments',
  time: string,
  prefix: string,
): Promise<Map<string, Proofs>> {
  const rows = await selectRows<Proofs & { order_id: string }>(
    trx,
    `select p.order_id, string_agg(${prefix} || p.natural_key, '; ' order by p.${time}, p.natural_key) as keys,
      trim_scale(sum(p.amount))::text as sum
     from ${table} p where p.order_id = any(?::bigint[]) group by p.order_id`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.order_id, row]));
}

/** Only Happy Workers names the taste; several cups of a cart name several. */
async function tastesOf(trx: Knex.Transaction, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await selectRows<{ order_id: string; tastes: string }>(
    trx,
    `select order_id, string_agg(distinct taste_name, '; ') as tastes from happy_workers_orders
     where order_id = any(?::bigint[]) and taste_name is not null group by order_id`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.order_id, row.tastes]));
}
