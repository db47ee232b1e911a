/** The filter of GET /orders, /orders/totals and of exports, as conditions on `orders o`. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { ChangeType } from '../rules/codes.ts';
import { importConditions, type ImportFilter } from './field-changes.ts';
import { machineCodesNamed } from './machines.ts';
import { REASON_CONDITIONS, type ReasonFilter } from './reasons.ts';
import { OUTCOME_CONDITIONS, type SaleOutcome } from './sale-outcomes.ts';
import { type Condition, searchOf } from './search.ts';

/**
 * Whatever is absent restricts nothing; values of one list are alternatives. `file` and `session`: orders in which
 * these imports filled or changed a field.
 */
export interface OrderFilter extends ImportFilter {
  status?: readonly string[];
  issue?: readonly string[];
  /** codes or names, comma-separated */
  machine?: string;
  paymentType?: readonly string[];
  /** orders that have a leg of one of these */
  source?: readonly SourceName[];
  /** inclusive */
  from?: Date;
  /** exclusive */
  to?: Date;
  amountFrom?: string;
  amountTo?: string;
  q?: string;
  changeType?: readonly ChangeType[];
  pending?: boolean;
  settled?: boolean;
  /** why a proof does not agree: missing, or there and other */
  reason?: readonly ReasonFilter[];
  /** what took the order out of the revenue, or should */
  sale?: readonly SaleOutcome[];
}

/**
 * An order is in the list when `all` hold and of each of `choices` at least one does. They stand apart because each
 * alternative has an index of its own in list order: several short walks and a merge answer at once where one walk with
 * OR would read a million rows.
 */
export interface OrderConditions {
  all: Condition[];
  choices: Condition[][];
  /** of machines with few orders: sooner found by these and sorted than walked in any order */
  ofFew: boolean;
  /** asked by status or for what is pending: walked in ORDERS_BY_STATUS */
  byStatus: boolean;
}

/**
 * What a list of one status, or of what is pending, walks in place of `orders`: the statuses stand apart, in list order
 * (order_statuses, migration 83). With the columns of orders that filters and sort keys name.
 */
export const ORDERS_BY_STATUS = `(
      select s.status, s.time, s.order_id as id, x.order_number, x.machine_code, x.goods_name, x.payment_type, x.price,
        x.price_delta, x.has_hw, x.has_vh, x.version, x.last_change, s.pending, x.settled, x.issues,
        x.unpaid, x.refunded
      from order_statuses s join orders x on x.id = s.order_id
    )`;

const CHANGE_CONDITIONS: Record<ChangeType, string> = {
  new: `o.last_change = 'new'`,
  updated: `o.version > 1`,
  filled: `exists (select 1 from order_changes c where c.order_id = o.id and c.change_type = 'filled')`,
  changed: `exists (select 1 from order_changes c where c.order_id = o.id and c.change_type = 'changed')`,
};

/** Payments of several gateways are one look-up. */
function sourceConditions(sources: readonly SourceName[]): Condition[] {
  const gateways = sources.filter((source) => (GATEWAYS as readonly string[]).includes(source));
  const having = (table: string, more: string): string =>
    `exists (select 1 from ${table} p where p.order_id = o.id${more})`;
  return [
    ...(sources.includes('happy_workers') ? [{ sql: 'o.has_hw', bindings: [] }] : []),
    ...(sources.includes('vendhub') ? [{ sql: 'o.has_vh', bindings: [] }] : []),
    ...(sources.includes('fiscal_bills') ? [{ sql: having('fiscal_receipts', ''), bindings: [] }] : []),
    ...(gateways.length === 0
      ? []
      : [{ sql: having('gateway_payments', ' and p.gateway = any(?::text[])'), bindings: [gateways] }]),
  ];
}

const plain = (sql: string): Condition => ({ sql, bindings: [] });

/** One of these as one condition. */
function anyOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return plain('false');
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(' or ')})`,
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

/** Prices of orders and of the rows of lone proofs have an index each. */
function priceConditions(from: string | undefined, to: string | undefined): Condition[] {
  const ends = [
    ...(from === undefined ? [] : [{ sql: 'o.price >= ?::numeric', value: from }]),
    ...(to === undefined ? [] : [{ sql: 'o.price <= ?::numeric', value: to }]),
  ];
  return ['is not null', 'is null'].map((which) => ({
    sql: [`o.order_number ${which}`, ...ends.map(({ sql }) => sql)].join(' and '),
    bindings: ends.map(({ value }) => value),
  }));
}

/** Of more machines than these all orders are walked. */
const MACHINES_APART = 16;
/** Below so many orders of the machines asked for, these are looked up. */
const FEW = 1_000;

async function haveFewOrders(db: DbOrTransaction, machines: readonly string[]): Promise<boolean> {
  if (machines.length > MACHINES_APART) return false;
  const row = await selectRow<{ count: number }>(
    db,
    `select count(*)::int as count from (
       select from orders where machine_code = any(?::text[]) limit ${FEW}
     ) first`,
    [[...machines]],
  );
  return (row?.count ?? 0) < FEW;
}

/** Looks up machines and what the search text may mean, then words the filter. */
export async function orderConditions(db: DbOrTransaction, filter: OrderFilter): Promise<OrderConditions> {
  const all: Condition[] = [];
  const add = (sql: string, ...bindings: unknown[]) => all.push({ sql, bindings });
  if (filter.issue !== undefined) add(`(o.issues <> '{}' and o.issues && ?::text[])`, [...filter.issue]);
  const choices: Condition[][] = [];
  /** a condition where there is but one */
  const choose = (conditions: Condition[]) =>
    conditions.length === 1 ? all.push(...conditions) : choices.push(conditions);
  const statuses = [...new Set(filter.status)];
  const named = filter.machine === undefined ? null : await machineCodesNamed(db, filter.machine);
  const machines = named === null ? null : [...new Set(named)];
  const ofFew = machines !== null && (await haveFewOrders(db, machines));
  // Not `= any`: a list of several machines would walk all orders by time until enough of these have come by.
  if (machines !== null && machines.length <= MACHINES_APART)
    choose(machines.map((code) => ({ sql: 'o.machine_code = ?', bindings: [code] })));
  else if (machines !== null) add('o.machine_code = any(?::text[])', machines);
  if (filter.paymentType !== undefined) add('o.payment_type = any(?::text[])', [...filter.paymentType]);
  if (filter.source !== undefined) choose(sourceConditions(filter.source));
  if (filter.from !== undefined) add('o.time >= ?', filter.from);
  if (filter.to !== undefined) add('o.time < ?', filter.to);
  if (filter.amountFrom !== undefined || filter.amountTo !== undefined)
    choose(priceConditions(filter.amountFrom, filter.amountTo));
  if (filter.changeType !== undefined) choose(filter.changeType.map((type) => plain(CHANGE_CONDITIONS[type])));
  const imports = importConditions(filter);
  if (imports.length > 0) {
    const made = imports.map(({ sql }) => ` and ${sql}`).join('');
    add(
      `o.id in (select c.order_id from order_changes c where c.change_type in ('filled', 'changed')${made})`,
      ...imports.flatMap(({ bindings }) => bindings),
    );
  }
  if (filter.pending !== undefined) add(filter.pending ? 'o.pending' : 'not o.pending');
  if (filter.settled !== undefined) add(filter.settled ? 'o.settled' : 'not o.settled');
  if (filter.reason !== undefined) choose(filter.reason.map((reason) => plain(REASON_CONDITIONS[reason])));
  if (filter.sale !== undefined) choose(filter.sale.map((outcome) => plain(OUTCOME_CONDITIONS[outcome])));
  const isLookedUp = ofFew || filter.q !== undefined;
  if (filter.status !== undefined && isLookedUp) add('o.status = any(?::text[])', statuses);
  // alternatives in front of others: a list keeps apart as many as there is room for
  else if (filter.status !== undefined)
    choices.unshift(statuses.map((status) => ({ sql: 'o.status = ?', bindings: [status] })));
  if (filter.q !== undefined) choices.unshift(await searchOf(db, filter.q));
  return { all, choices, ofFew, byStatus: !isLookedUp && (filter.status !== undefined || filter.pending === true) };
}

/** All conditions as one, for a walk through everything that the filter holds. */
export function whereOf({ all, choices }: Pick<OrderConditions, 'all' | 'choices'>): Condition {
  const conditions = [...all, ...choices.map(anyOf)];
  return {
    sql: conditions.length === 0 ? 'true' : conditions.map(({ sql }) => sql).join(' and '),
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}

/** Walks of one list; of choices that would need more, one condition is made. */
const WALKS = 16;

/**
 * Select of these columns of `orders o`: one, or the union of one for each alternative.
 * @param options.tail order and limit of each
 * @param options.machine with `machines m`
 */
export function walksOf(
  { all, choices, byStatus }: Pick<OrderConditions, 'all' | 'choices' | 'byStatus'>,
  { columns, tail, machine }: { columns: string; tail: string; machine: boolean },
): Condition {
  const orders = byStatus ? `${ORDERS_BY_STATUS} o` : 'orders o';
  const from = machine ? `${orders} left join machines m on m.machine_code = o.machine_code` : orders;
  let walks: Condition[][] = [[]];
  const together: Condition[] = [];
  for (const choice of choices) {
    const product = walks.flatMap((walk) => choice.map((condition) => [...walk, condition]));
    if (product.length === 0 || product.length > WALKS) together.push(anyOf(choice));
    else walks = product;
  }
  const selects = walks.map((walk): Condition => {
    const { sql: where, bindings } = whereOf({ all: [...all, ...together, ...walk], choices: [] });
    return { sql: `select ${columns} from ${from} where ${where} ${tail}`, bindings };
  });
  const [only] = selects;
  if (selects.length === 1 && only !== undefined) return only;
  return {
    sql: selects.map(({ sql }) => `(${sql})`).join(' union '),
    bindings: selects.flatMap(({ bindings }) => bindings),
  };
}
