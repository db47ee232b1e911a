/** The filter of GET /orders, /orders/totals and of exports, as conditions on `orders o`. */
import type { DbOrTransaction } from '../db/client.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { ChangeType } from '../rules/codes.ts';
import { importConditions, type ImportFilter } from './field-changes.ts';
import { machineCodesNamed } from './machines.ts';
import { REASON_CONDITIONS, type ReasonFilter } from './reasons.ts';
import { OUT_OF_SALE, OUTCOME_CONDITIONS, type SaleOutcome } from './sale-outcomes.ts';
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
  /** what took the order out of the revenue */
  sale?: readonly SaleOutcome[];
}

/**
 * An order is in the list when `all` hold and, where `oneOf` is not null, one of those does. `oneOf` stands apart
 * because each alternative has an index of its own in list order: several short walks and a merge answer at once where
 * one walk with OR would read a million rows.
 */
export interface OrderConditions {
  all: Condition[];
  oneOf: Condition[] | null;
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

function sourceCondition(source: SourceName): string {
  if (source === 'happy_workers') return 'o.has_hw';
  if (source === 'vendhub') return 'o.has_vh';
  if (source === 'fiscal_bills') return 'exists (select 1 from fiscal_receipts r where r.order_id = o.id)';
  return `exists (select 1 from gateway_payments p where p.order_id = o.id and p.gateway = '${source}')`;
}

const anyOf = (parts: readonly string[]): Condition => ({ sql: `(${parts.join(' or ')})`, bindings: [] });

/** Of more machines than these all orders are walked. */
const MACHINES_APART = 16;

/** Looks up machines and what the search text may mean, then words the filter. */
export async function orderConditions(db: DbOrTransaction, filter: OrderFilter): Promise<OrderConditions> {
  const all: Condition[] = [];
  const add = (sql: string, ...bindings: unknown[]) => all.push({ sql, bindings });
  if (filter.issue !== undefined) add(`(o.issues <> '{}' and o.issues && ?::text[])`, [...filter.issue]);
  const named = filter.machine === undefined ? null : await machineCodesNamed(db, filter.machine);
  const machines = named === null ? null : [...new Set(named)];
  // A list of several would walk all orders by time until enough of these machines have come by. Of one machine, and of
  // a few that nothing else makes alternatives of, each walks its own index.
  const [machine] = machines ?? [];
  const isApart =
    machines !== null &&
    machines.length > 1 &&
    machines.length <= MACHINES_APART &&
    filter.status === undefined &&
    filter.q === undefined;
  if (machines?.length === 1) add('o.machine_code = ?', machine);
  else if (machines !== null && !isApart) add('o.machine_code = any(?::text[])', machines);
  if (filter.paymentType !== undefined) add('o.payment_type = any(?::text[])', [...filter.paymentType]);
  if (filter.source !== undefined) all.push(anyOf(filter.source.map(sourceCondition)));
  if (filter.from !== undefined) add('o.time >= ?', filter.from);
  if (filter.to !== undefined) add('o.time < ?', filter.to);
  if (filter.amountFrom !== undefined) add('o.price >= ?::numeric', filter.amountFrom);
  if (filter.amountTo !== undefined) add('o.price <= ?::numeric', filter.amountTo);
  if (filter.changeType !== undefined) all.push(anyOf(filter.changeType.map((type) => CHANGE_CONDITIONS[type])));
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
  if (filter.reason !== undefined) all.push(anyOf(filter.reason.map((reason) => REASON_CONDITIONS[reason])));
  if (filter.sale !== undefined) {
    add(OUT_OF_SALE);
    all.push(anyOf(filter.sale.map((outcome) => OUTCOME_CONDITIONS[outcome])));
  }
  const statuses = [...new Set(filter.status)];
  if (filter.q === undefined) {
    return {
      all,
      byStatus: filter.status !== undefined || filter.pending === true,
      oneOf: isApart
        ? machines.map((code) => ({ sql: 'o.machine_code = ?', bindings: [code] }))
        : filter.status === undefined
          ? null
          : statuses.map((status) => ({ sql: 'o.status = ?', bindings: [status] })),
    };
  }
  if (filter.status !== undefined) add('o.status = any(?::text[])', statuses);
  return { all, oneOf: await searchOf(db, filter.q), byStatus: false };
}

/** All conditions as one, for a walk through everything that the filter holds. */
export function whereOf({ all, oneOf }: Pick<OrderConditions, 'all' | 'oneOf'>): Condition {
  const alternatives: Condition[] =
    oneOf === null
      ? []
      : [
          {
            sql: oneOf.length === 0 ? 'false' : `(${oneOf.map(({ sql }) => sql).join(' or ')})`,
            bindings: oneOf.flatMap(({ bindings }) => bindings),
          },
        ];
  const conditions = [...all, ...alternatives];
  return {
    sql: conditions.length === 0 ? 'true' : conditions.map(({ sql }) => sql).join(' and '),
    bindings: conditions.flatMap(({ bindings }) => bindings),
  };
}
