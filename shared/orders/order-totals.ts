/** How many orders a filter holds, and their sum. */
import type { MatchingConfig } from '../config.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import type { Dimension } from '../sums/cells.ts';
import { sumsSql } from '../sums/read-sums.ts';
import { machineCodesNamed } from './machines.ts';
import { orderConditions, type OrderFilter, ORDERS_BY_STATUS, whereOf } from './order-filter.ts';
import type { OrderTotals } from './order-schema.ts';

/**
 * Exact count and sum of everything that the filter holds: out of the sums of days where they tell, else from the
 * orders themselves.
 */
export async function orderTotals(db: Db, filter: OrderFilter, matching: MatchingConfig): Promise<OrderTotals> {
  const few = filter.pending === true && (await areFew(db, filter));
  const kept = few ? null : await keptTotals(db, filter, matching);
  if (kept !== null) return kept;
  const conditions = await orderConditions(db, filter);
  const byStatus = conditions.byStatus && (few || (await areFew(db, filter)));
  // one pass, or a bitmap of each alternative's index: nothing is counted twice
  const where = whereOf(conditions);
  return totalsOf(
    await selectRow<CountedRow>(
      db,
      `select count(*) as count, coalesce(trim_scale(sum(o.price)), 0)::text as sum
       from ${byStatus ? ORDERS_BY_STATUS : 'orders'} o where ${where.sql}`,
      where.bindings,
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

/** Cells of order_sums that add up to a filter. */
interface Choice {
  dimension: Dimension;
  /** null: all */
  keys: readonly string[] | null;
}

/** What is summed of the cells. */
type Part = 'all' | 'pending' | 'not pending';

const PARTS: Record<Part, { count: string; sum: string }> = {
  all: { count: 'count', sum: 'sum' },
  pending: { count: 'pending_count', sum: 'pending_sum' },
  'not pending': { count: 'count - pending_count', sum: 'sum - pending_sum' },
};

/** Null where the filter asks for more than one thing besides the period and what is pending. */
async function keptTotals(db: Db, filter: OrderFilter, matching: MatchingConfig): Promise<OrderTotals | null> {
  const { from = null, to = null, pending, ...rest } = filter;
  const asked = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (asked.length > 1) return null;
  const part: Part = pending === undefined ? 'all' : pending ? 'pending' : 'not pending';
  const choice = await keptAs(db, rest);
  // proofs are counted without what is pending
  if (choice === null || (choice.dimension === 'proof' && part !== 'all')) return null;
  const { count, sum } = PARTS[part];
  const { keys } = choice;
  // of what is not settled all the rest is taken away
  const rests = rest.settled === false;
  return db.transaction(
    async (trx) => {
      const dimensions: Dimension[] = rests ? ['total', choice.dimension] : [choice.dimension];
      const cells = await sumsSql(trx, { period: { from, to }, matching, dimensions });
      const sign = rests ? `case dimension when 'total' then 1 else -1 end *` : '';
      const row = await selectRow<CountedRow>(
        trx,
        `select coalesce(sum(${sign} (${count})), 0) as count,
           coalesce(trim_scale(sum(${sign} (${sum}))), 0)::text as sum
         from (${cells}) cells ${keys === null ? '' : 'where key = any(?::text[])'}`,
        keys === null ? [] : [[...keys]],
      );
      return totalsOf(row);
    },
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
}

async function keptAs(
  db: DbOrTransaction,
  { status, paymentType, machine, source, settled, ...rest }: OrderFilter,
): Promise<Choice | null> {
  if (Object.values(rest).some((value) => value !== undefined)) return null;
  if (status !== undefined) return { dimension: 'status', keys: status };
  if (paymentType !== undefined) return { dimension: 'type', keys: paymentType };
  if (machine !== undefined) return { dimension: 'machine', keys: await machineCodesNamed(db, machine) };
  if (settled !== undefined) return { dimension: 'settled', keys: null };
  if (source === undefined) return { dimension: 'total', keys: null };
  // an order may have legs of several
  const [only] = source;
  if (only === undefined || new Set(source).size > 1) return null;
  return only === 'happy_workers' || only === 'vendhub'
    ? { dimension: only, keys: null }
    : { dimension: 'proof', keys: [only] };
}
