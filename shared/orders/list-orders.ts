/**
 * Lists and totals of orders. A page costs a short walk through an index in list order, whatever the number of orders.
 */
import type { MatchingConfig } from '../config.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { Dimension } from '../sums/cells.ts';
import { sumsSql } from '../sums/read-sums.ts';
import type { OrderStatus, ProofSource } from '../rules/codes.ts';
import { type OrderConditions, orderConditions, type OrderFilter, ORDERS_BY_STATUS } from './order-filter.ts';
import type { OrderTotals, OrderView } from './order-schema.ts';
import { type OrderSort, parseSort, sortKeyOf, type SortKey } from './order-sort.ts';
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
export const ORDER_COLUMNS = `o.id, o.order_number, o.proof_source, o.proof_id, o.machine_code,
  coalesce(m.address, m.category) as machine_name, o.goods_name,
    o.payment_type, trim_scale(o.price)::text as price, o.time, o.time::text as time_text, o.status, o.pending,
      o.settled, o.issues, o.version, o.last_change`;

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
  const selected = value === null ? 'o.id, o.time' : `o.id, o.time, ${value} as value`;
  const ids = alternatives(
    { all, oneOf: conditions.oneOf, byStatus: conditions.byStatus || (key.byStatus && !empty) },
    selected,
    by(value === null ? ['o.time', 'o.id'] : ['value', 'o.time', 'o.id']),
    key.machine,
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

/**
 * Exact count and sum of everything that the filter holds: out of the sums of days where they tell, else from the
 * orders themselves.
 */
export async function orderTotals(db: Db, filter: OrderFilter, matching: MatchingConfig): Promise<OrderTotals> {
  const kept = await keptTotals(db, filter, matching);
  if (kept !== null) return kept;
  const { all, oneOf, byStatus } = await orderConditions(db, filter);
  // one pass, or a bitmap of each alternative's index: nothing is counted twice
  const found = alternatives(
    {
      all: oneOf === null ? all : [...all, either(oneOf)],
      oneOf: null,
      byStatus: byStatus && (await areFew(db, filter)),
    },
    'o.price',
    '',
  );
  return totalsOf(
    await selectRow<CountedRow>(
      db,
      `select count(*) as count, coalesce(trim_scale(sum(price)), 0)::text as sum from (${found.sql}) found`,
      found.bindings,
    ),
  );
}

/** From so many on all orders are sooner read than these looked up. */
const MANY_OF_STATUS = 20_000;

async function areFew(db: DbOrTransaction, { status, pending }: OrderFilter): Promise<boolean> {
  const row = await selectRow<{ count: string }>(
    db,
    `select count(*) as count from (
       select from order_statuses
       where ${status === undefined ? 'true' : 'status = any(?::text[])'} and ${pending === true ? 'pending' : 'true'}
       limit ${MANY_OF_STATUS}
     ) first`,
    status === undefined ? [] : [[...status]],
  );
  return Number(row?.count ?? 0) < MANY_OF_STATUS;
}

interface CountedRow {
  count: string;
  sum: string;
}

const totalsOf = (row: CountedRow | null): OrderTotals => ({ count: Number(row?.count ?? 0), sum: row?.sum ?? '0' });

/** Null where the filter asks for more than one thing besides the period. */
async function keptTotals(db: Db, filter: OrderFilter, matching: MatchingConfig): Promise<OrderTotals | null> {
  const { from = null, to = null, ...rest } = filter;
  const asked = Object.entries(rest).filter(([, value]) => value !== undefined);
  const [only] = asked;
  if (asked.length > 1) return null;
  const choice = only === undefined ? { dimension: 'total' as const, keys: null } : keptAs(only[0], only[1]);
  if (choice === null) return null;
  return db.transaction(
    async (trx) => {
      const cells = await sumsSql(trx, { period: { from, to }, matching, dimensions: [choice.dimension] });
      const row = await selectRow<CountedRow>(
        trx,
        `select coalesce(sum(count), 0) as count, coalesce(trim_scale(sum(sum)), 0)::text as sum from (${cells}) cells
         ${choice.keys === null ? '' : 'where key = any(?::text[])'}`,
        choice.keys === null ? [] : [[...choice.keys]],
      );
      return totalsOf(row);
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
}

function keptAs(name: string, value: unknown): { dimension: Dimension; keys: readonly string[] | null } | null {
  if (name === 'status') return { dimension: 'status', keys: value as readonly string[] };
  if (name === 'paymentType') return { dimension: 'type', keys: value as readonly string[] };
  return name === 'settled' && value === true ? { dimension: 'settled', keys: null } : null;
}

function either(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return { sql: 'false', bindings: [] };
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

/** One select, or the union of one for each alternative. */
function alternatives(
  { all, oneOf, byStatus }: OrderConditions,
  columns: string,
  tail: string,
  machine = false,
): Condition {
  const orders = byStatus ? `${ORDERS_BY_STATUS} o` : 'orders o';
  const from = machine ? `${orders} left join machines m on m.machine_code = o.machine_code` : orders;
  const select = (extra: readonly Condition[]): Condition => {
    const conditions = [...all, ...extra];
    const where = conditions.length === 0 ? '' : `where ${conditions.map(({ sql }) => sql).join(' and ')}`;
    return {
      sql: `select ${columns} from ${from} ${where} ${tail}`,
      bindings: conditions.flatMap(({ bindings }) => bindings),
    };
  };
  if (oneOf === null) return select([]);
  if (oneOf.length === 0) return select([either([])]);
  const branches = oneOf.map((condition) => select([condition]));
  return {
    sql: branches.map(({ sql }) => `(${sql})`).join(' union '),
    bindings: branches.flatMap(({ bindings }) => bindings),
  };
}
