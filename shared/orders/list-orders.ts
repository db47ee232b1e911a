/** Lists and totals of orders. A page costs a short walk through an index in list order, whatever the number of orders. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { OrderStatus, ProofSource } from './codes.ts';
import { type OrderConditions, orderConditions, type OrderFilter } from './order-filter.ts';
import type { OrderTotals, OrderView } from './order-schema.ts';
import type { Condition } from './search.ts';

export interface OrderRow {
  id: string;
  order_number: string | null;
  proof_source: ProofSource | null;
  proof_id: string | null;
  machine_code: string | null;
  machine_name: string | null;
  goods_name: string | null;
  payment_type: OrderView['paymentType'];
  price: string;
  time: Date;
  /** with its microseconds, for cursors */
  time_text: string;
  status: OrderStatus;
  pending: boolean;
  settled: boolean;
  issues: OrderView['issues'];
  version: number;
  last_change: 'new' | 'updated' | 'filled' | null;
}

/** Columns of a row in lists, of `orders o` joined with `machines m`. */
export const ORDER_COLUMNS = `o.id, o.order_number, o.proof_source, o.proof_id, o.machine_code, coalesce(m.address, m.category) as machine_name, o.goods_name,
    o.payment_type, trim_scale(o.price)::text as price, o.time, o.time::text as time_text, o.status, o.pending, o.settled, o.issues, o.version, o.last_change`;

export interface OrderPosition {
  time: string;
  id: string;
}

/** Newest first by (time, id); one row more than asked for when there are more. */
export async function listOrders(
  db: DbOrTransaction,
  filter: OrderFilter,
  page: { before?: OrderPosition; limit: number },
): Promise<OrderRow[]> {
  const conditions = await orderConditions(db, filter);
  if (page.before !== undefined)
    conditions.all.push({ sql: '(o.time, o.id) < (?::timestamptz, ?::bigint)', bindings: [page.before.time, page.before.id] });
  const ids = alternatives(conditions, 'o.id, o.time', `order by o.time desc, o.id desc limit ${page.limit + 1}`);
  return selectRows<OrderRow>(
    db,
    `with page as materialized (
       select id, time from (${ids.sql}) found order by time desc, id desc limit ${page.limit + 1}
     )
     select ${ORDER_COLUMNS}
     from page join orders o on o.id = page.id left join machines m on m.machine_code = o.machine_code
     order by page.time desc, page.id desc`,
    ids.bindings,
  );
}

/** Exact count and sum of everything that the filter holds. */
export async function orderTotals(db: DbOrTransaction, filter: OrderFilter): Promise<OrderTotals> {
  const { all, any } = await orderConditions(db, filter);
  // one pass, or a bitmap of each alternative's index: nothing is counted twice
  const found = alternatives({ all: any === null ? all : [...all, either(any)], any: null }, 'o.price', '');
  const row = await selectRow<{ count: string; sum: string }>(
    db,
    `select count(*) as count, coalesce(trim_scale(sum(price)), 0)::text as sum from (${found.sql}) found`,
    found.bindings,
  );
  return { count: Number(row?.count ?? 0), sum: row?.sum ?? '0' };
}

function either(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: 'false', bindings: [] };
  return { sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`, bindings: conditions.flatMap(({ bindings }) => bindings) };
}

/** One select, or the union of one for each alternative. */
function alternatives({ all, any }: OrderConditions, columns: string, tail: string): Condition {
  const select = (extra: readonly Condition[]): Condition => {
    const conditions = [...all, ...extra];
    const where = conditions.length === 0 ? '' : `where ${conditions.map(({ sql }) => sql).join(' and ')}`;
    return { sql: `select ${columns} from orders o ${where} ${tail}`, bindings: conditions.flatMap(({ bindings }) => bindings) };
  };
  if (any === null) return select([]);
  if (any.length === 0) return select([either([])]);
  const branches = any.map((condition) => select([condition]));
  return { sql: branches.map(({ sql }) => `(${sql})`).join(' union '), bindings: branches.flatMap(({ bindings }) => bindings) };
}
