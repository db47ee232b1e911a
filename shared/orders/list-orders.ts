/**
 * Lists of orders. A page costs a short walk through an index in list order, whatever the number of orders.
 */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { OrderStatus, ProofSource } from '../rules/codes.ts';
import { type OrderConditions, orderConditions, type OrderFilter, walksOf } from './order-filter.ts';
import type { OrderView } from './order-schema.ts';
import { SALE_OUTCOME } from './sale-outcomes.ts';
import { type OrderSort, parseSort, sortKeyOf, type SortKey } from './order-sort.ts';

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
  sale: OrderView['sale'];
}

/** Columns of a row in lists, of `orders o` joined with `machines m`. */
export const ORDER_COLUMNS = `o.id, o.order_number, o.proof_source, o.proof_id, o.machine_code,
  coalesce(m.address, m.category) as machine_name, o.goods_name,
    o.payment_type, trim_scale(o.price)::text as price, o.time, o.time::text as time_text, o.status, o.pending,
      o.settled, o.issues, o.version, o.last_change, ${SALE_OUTCOME} as sale`;

/** Where a page ended: the value of its sort column (null: rows without one), time and id. */
export interface OrderPosition {
  value: string | null;
  time: string;
  id: string;
}

export interface OrderPage {
  sort: OrderSort;
  matching: Pick<MatchingConfig, 'fiscalWindowS'>;
  after?: OrderPosition | undefined;
  limit: number;
}

/** A row and what its sort column holds, for the next cursor. */
export type SortedRow = OrderRow & { sort_value: string | null };

/** In the order asked for; one row more than the limit when there are more. */
export async function listOrders(db: DbOrTransaction, filter: OrderFilter, page: OrderPage): Promise<SortedRow[]> {
  const conditions = await orderConditions(db, filter);
  const { column, down } = parseSort(page.sort);
  const key = sortKeyOf(column, page.matching.fiscalWindowS);
  const wanted = page.limit + 1;
  if (key.sql === null) return walk(db, conditions, { key, down, after: page.after, wanted, empty: true });
  const rows: SortedRow[] = [];
  if (page.after === undefined || page.after.value !== null) {
    rows.push(...(await walk(db, conditions, { key, down, after: page.after, wanted, empty: false })));
  }
  if (rows.length < wanted) {
    const after = page.after?.value === null ? page.after : undefined;
    rows.push(...(await walk(db, conditions, { key, down, after, wanted: wanted - rows.length, empty: true })));
  }
  return rows;
}

interface Walk {
  key: SortKey;
  down: boolean;
  after: OrderPosition | undefined;
  wanted: number;
  /** rows that have nothing in the column, by time */
  empty: boolean;
}

/** Rows with a value in (value, time, id), or those without one in (time, id). */
async function walk(
  db: DbOrTransaction,
  conditions: OrderConditions,
  { key, down, after, wanted, empty }: Walk,
): Promise<SortedRow[]> {
  if (empty && key.present === 'true') return [];
  const all = [...conditions.all];
  const compare = down ? '<' : '>';
  const direction = down ? 'desc' : 'asc';
  const value = empty || key.sql === null ? null : key.sql;
  if (key.sql !== null) {
    if (key.present !== null && key.present !== 'true')
      all.push({ sql: empty ? `not ${key.present}` : (key.found ?? key.present), bindings: [] });
    if (key.present === null) all.push({ sql: `${key.sql} is ${empty ? '' : 'not '}null`, bindings: [] });
  }
  if (after !== undefined) {
    all.push(
      value === null
        ? { sql: `(o.time, o.id) ${compare} (?::timestamptz, ?::bigint)`, bindings: [after.time, after.id] }
        : {
            sql: `(${value}, o.time, o.id) ${compare} (?::${key.type}, ?::timestamptz, ?::bigint)`,
            bindings: [after.value, after.time, after.id],
          },
    );
  }
  const by = (columns: readonly string[]): string =>
    `order by ${columns.map((one) => `${one} ${direction}`).join(', ')} limit ${wanted}`;
  const columns = value === null ? ['time', 'id'] : ['value', 'time', 'id'];
  const { choices, ofFew, byStatus } = conditions;
  const ids = walksOf(
    { all, choices, byStatus: byStatus || (key.byStatus && !empty && !ofFew) },
    {
      columns: value === null ? 'o.id, o.time' : `o.id, o.time, ${value} as value`,
      tail: by(value === null ? ['o.time', 'o.id'] : ['value', 'o.time', 'o.id']),
      machine: key.machine,
    },
  );
  const paged = value === null ? '' : ', value';
  return selectRows<SortedRow>(
    db,
    `with page as materialized (select id, time${paged} from (${ids.sql}) found ${by(columns)})
     select ${ORDER_COLUMNS}, ${value === null ? 'null' : 'page.value::text'} as sort_value
     from page
     join orders o on o.id = page.id
     left join machines m on m.machine_code = o.machine_code
     order by ${columns.map((one) => `page.${one} ${direction}`).join(', ')}`,
    ids.bindings,
  );
}
