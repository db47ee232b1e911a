/**
 * The order of a list: newest first, or by one of its columns. A sorted page is a walk in (column, time, id), all three
 * the same way round; rows whose column is empty come last, whichever way, in a walk of their own.
 */
import { differenceSql, MAY_DIFFER, MAY_DIFFER_FOUND } from './reasons.ts';

export const SORT_COLUMNS = [
  'time',
  'order',
  'place',
  'goods',
  'price',
  'payment',
  'legs',
  'status',
  'issues',
  'difference',
  'why',
] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type OrderSort = SortColumn | `-${SortColumn}`;

/** Every value `sort=` takes: a column upwards, or downwards with a minus before it. */
export const ORDER_SORTS: readonly OrderSort[] = SORT_COLUMNS.flatMap((column): OrderSort[] => [column, `-${column}`]);
export const NEWEST_FIRST: OrderSort = '-time';

export interface SortKey {
  /** on `orders o` joined with `machines m`; null: by time alone */
  sql: string | null;
  type: 'text' | 'numeric';
  /** a condition that every row with a value meets, for an index; null: the expression itself is asked */
  present: string | null;
  /** `present` worded for finding the rows that have one; null: as it is */
  found: string | null;
  /** needs machines m */
  machine: boolean;
  /** walked in ORDERS_BY_STATUS (order-filter.ts) */
  byStatus: boolean;
}

const key = (sql: string, more: Partial<SortKey> = {}): SortKey => ({
  sql,
  type: 'text',
  present: null,
  found: null,
  machine: false,
  byStatus: false,
  ...more,
});

const SORT_KEYS: Record<Exclude<SortColumn, 'difference'>, SortKey> = {
  time: { sql: null, type: 'text', present: null, found: null, machine: false, byStatus: false },
  order: key('o.order_number'),
  place: key('lower(coalesce(m.address, m.category, o.machine_code))', { machine: true }),
  goods: key('o.goods_name'),
  price: key('o.price', { type: 'numeric', present: 'true' }),
  payment: key('o.payment_type', { present: 'true' }),
  legs: key('(o.has_hw::int * 2 + o.has_vh::int)', { type: 'numeric', present: 'true' }),
  status: key('o.status', { present: 'true', byStatus: true }),
  issues: key(`o.issues[1]`, { present: `o.issues <> '{}'` }),
  why: key('o.status', { present: `(o.status not in ('fully_matched', 'void', 'unmatched'))`, byStatus: true }),
};

/** @param fiscalWindowS the configured window of receipts: the column Difference looks into it */
export function sortKeyOf(column: SortColumn, fiscalWindowS: number): SortKey {
  return column === 'difference'
    ? key(differenceSql(fiscalWindowS), { type: 'numeric', present: MAY_DIFFER, found: MAY_DIFFER_FOUND })
    : SORT_KEYS[column];
}

export function parseSort(sort: OrderSort): { column: SortColumn; down: boolean } {
  return sort.startsWith('-')
    ? { column: sort.slice(1) as SortColumn, down: true }
    : { column: sort as SortColumn, down: false };
}
