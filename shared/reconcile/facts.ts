/**
 * What the records of an order say together (rules.md sections 2.1, 4 and 5.1 stages 1 and 2), as columns of its row in
 * orders. One order number is one order whatever the number of rows; its first record (earliest time, then lowest key)
 * counts, prices of carts and of several VendHub rows are summed, and it is refunded (unpaid) when all its HW rows are.
 */
import type { Client } from 'pg';
import { runWithout } from '../db/planner.ts';
import { refreshStatistics } from '../db/statistics.ts';
import { decideSelect } from './decide.ts';
import { FACT_COLUMNS, loneFactsSql, plainFactsSql, severalFactsSql } from './facts-sql.ts';
import type { IdRanges } from './id-ranges.ts';
import { severalOfSql, severalSql } from './record-rows.ts';
import { LOOKBACK_S, widestWindowS } from '../rules/windows.ts';
import type { ReconcileContext } from './context.ts';
import type { Touched } from './touched.ts';
import { keepPairs } from './links/paired-amounts.ts';
import { analyzeWorkTable, MANY_ROWS } from './work-tables.ts';
import { writeDecided } from './write-decided.ts';

export interface RefreshedFacts {
  newOrders: number;
  /** they have their status too: no proof lies near them, so the assignment has nothing to say about them */
  decided: boolean;
}

/**
 * Brings the rows of touched_orders up to date with their records and makes rows that do not exist yet; the work table
 * facts keeps what the records say, but for orders that came into being with one row, which go straight into orders.
 * Notes in `positions` where groups must be evaluated, before and after the change. Where no proof lies near, the
 * orders are decided with the same write; otherwise once, after the assignment, so that no status between the two
 * becomes history. Coverage must be up to date.
 */
export async function refreshFacts(context: ReconcileContext, touched: Touched): Promise<RefreshedFacts> {
  const { client, matching } = context;
  const { side, hasOthers, orders } = touched;
  const reach = `interval '${widestWindowS(matching)} seconds'`;
  const lookback = `interval '${LOOKBACK_S} seconds'`;
  if (touched.hasVanished) await notePositionsOfVanished(client, lookback, reach);
  if (side === null && !hasOthers) return { newOrders: 0, decided: true };
  if (hasOthers) await gatherFacts(context, orders);
  const lone = side && loneFactsSql(matching.hwVendhubWindowS, { side, others: hasOthers, orders });
  const hasProofs = touched.receipts || touched.payments;
  const decided = !hasProofs && !(await hasProofsNear(client, { lone, lookback, reach, orders }));
  if (hasOthers) {
    if (decided) await decideKnown(context, orders);
    else {
      await client.query(keepPairs('(select id as order_id from work_facts) f'));
      await notePositionsOfKnown(client, { lookback, reach, orders });
      await updateKnown(client, orders);
    }
  }
  const newOrders = await insertFresh(context, { lone, hasOthers, orders }, decided);
  if (newOrders > 0 && !decided) await notePositionsOfFresh(client, newOrders, { lookback, reach });
  return { newOrders, decided };
}

/** Of the orders whose records are not known to be one, as the work table facts. */
async function gatherFacts({ client, matching }: ReconcileContext, orders: IdRanges): Promise<void> {
  const touched = await client.query(`
    insert into work_touched (order_id)
    select distinct order_id from work_touched_orders where alone is null`);
  const rows = touched.rowCount ?? 0;
  await analyzeWorkTable(client, 'work_touched', { rows });
  const several = await findSeveral(client, rows, orders);
  await client.query(plainFactsSql(matching.hwVendhubWindowS, { several: several > 0, orders }));
  if (several > 0) {
    await analyzeWorkTable(client, 'work_several', { rows: several });
    await client.query(severalOfSql('work_hw_several', 'happy_workers_orders'));
    await client.query(severalOfSql('work_vh_several', 'vendhub_sales'));
    await client.query(severalFactsSql(matching.hwVendhubWindowS));
  }
  await analyzeWorkTable(client, 'work_facts', { rows, columns: 'id' });
}

/**
 * Fills the work table several. @returns how many
 * @param touched rows of the work table touched
 */
async function findSeveral(client: Client, touched: number, orders: IdRanges): Promise<number> {
  // both sides have an index in the order of orders: walked side by side, they take a quarter of the time of hashing
  if (touched > MANY_ROWS) return runWithout(client, 'hashjoin', severalSql(orders));
  return (await client.query(severalSql(orders))).rowCount ?? 0;
}

async function notePositionsOfVanished(client: Client, lookback: string, reach: string): Promise<void> {
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select amount, time - ${lookback} - ${reach}, time + ${reach}
    from work_vanished
    where exists (select 1 from fiscal_receipts) or exists (select 1 from gateway_payments)`);
}

const DIFFERS = FACT_COLUMNS.map((column) => `o.${column} is distinct from f.${column}`).join(' or ');
const SET_FACTS = FACT_COLUMNS.map((column) => `${column} = f.${column}`).join(', ');

async function updateKnown(client: Client, orders: IdRanges): Promise<void> {
  await client.query(`
    update orders o set ${SET_FACTS}, updated_at = now()
    from work_facts f
    where o.id = f.id and ${orders.of('o.id')} and (${DIFFERS})`);
}

async function decideKnown(context: ReconcileContext, orders: IdRanges): Promise<void> {
  const { client, matching } = context;
  const decided = decideSelect({
    matching,
    from: `(
      select f.*, null::text as proof_source, false as is_void, o.ambiguous, o.flags,
        o.status as old_status, o.pending as old_pending, o.issues as old_issues, o.time as old_time,
        ${DIFFERS} as differs
      from work_facts f
      join orders o on o.id = f.id and ${orders.of('o.id')}
    ) o`,
    linksOf: { relation: `(select id, price, payment_type from work_facts)`, orders },
    carry: ['time', 'differs', 'old_status', 'old_pending', 'old_issues', 'old_time'],
  });
  const found = await client.query(`
    insert into work_decided (id, status, pending, issues, time, differs, old_status, old_pending, old_issues, old_time,
      is_news)
    select id, status, pending, issues, time, differs, old_status, old_pending, old_issues, old_time, is_news from (
      select d.*, d.status <> d.old_status or d.pending <> d.old_pending or d.issues <> d.old_issues as is_news
      from (${decided}) d
    ) d
    where is_news or differs
    order by old_time, id`);
  const rows = found.rowCount ?? 0;
  if (rows === 0) return;
  await writeDecided(context, {
    rows,
    orders,
    from: 'work_decided d join work_facts f on f.id = d.id',
    set: `${SET_FACTS}, status = d.status, pending = d.pending, issues = d.issues, updated_at = now()`,
  });
}

/** Undecided ones are `unmatched` until the assignment is done. */
async function insertFresh(
  { client, matching }: ReconcileContext,
  { lone, hasOthers, orders }: { lone: string | null; hasOthers: boolean; orders: IdRanges },
  decided: boolean,
): Promise<number> {
  const made = `n.*, null::text as proof_source, false as is_void, false as ambiguous, '{}'::text[] as flags`;
  const unknown = [
    ...(lone === null ? [] : [`select ${made} from (${lone} offset 0) n`]),
    ...(hasOthers
      ? [
          `select ${made} from work_facts n
           where not exists (select 1 from orders o where o.id = n.id and ${orders.of('o.id')})`,
        ]
      : []),
  ].join(' union all ');
  const fresh = decided
    ? decideSelect({ matching, from: `(${unknown}) o`, linksOf: null, carry: ['order_number', ...FACT_COLUMNS] })
    : `select u.*, 'unmatched' as status, false as pending, '{}'::text[] as issues from (${unknown}) u`;
  const inserted = await client.query(`
    with made as (
      insert into orders (id, order_number, ${FACT_COLUMNS.join(', ')}, status, pending, issues, last_change)
      select n.id, n.order_number, ${FACT_COLUMNS.map((column) => `n.${column}`).join(', ')}, n.status, n.pending,
        n.issues, 'new'
      from (${fresh}) n order by n.time, n.id
      returning id, issues
    ), issued as (
      insert into order_issues (order_id, code) select m.id, code from made m cross join lateral unnest(m.issues) code
    )
    insert into work_fresh_orders select id from made`);
  const newOrders = inserted.rowCount ?? 0;
  await refreshStatistics(client, 'orders', newOrders, [
    'id',
    'order_number',
    'price',
    'time',
    'proof_source',
    'proof_id',
  ]);
  return newOrders;
}

/** Intervals of SQL by which windows reach back and on, and where the orders lie. */
interface Near {
  lookback: string;
  reach: string;
  orders: IdRanges;
}

/** Whether the assignment can concern the orders at all; a first month of orders without any proof needs none. */
async function hasProofsNear(
  client: Client,
  { lone, lookback, reach, orders }: Near & { lone: string | null },
): Promise<boolean> {
  const any = await client.query(`
    select 1 where exists (select 1 from fiscal_receipts) or exists (select 1 from gateway_payments)`);
  if (any.rowCount === 0) return false;
  const proofs = await client.query(`
    with extent as (
      select min(time) - ${lookback} - ${reach} as lo, max(time) + ${reach} as hi
      from (
        select time from work_facts
        ${lone === null ? '' : `union all select time from (${lone}) n`}
        union all
        select o.time from work_facts f join orders o on o.id = f.id and ${orders.of('o.id')}
      ) times
    )
    select 1
    from extent e
    where exists (select 1 from fiscal_receipts r where r.fiscal_time between e.lo and e.hi)
      or exists (select 1 from gateway_payments p where p.transaction_time between e.lo and e.hi)`);
  return proofs.rowCount !== 0;
}

/** Before and after: only what the assignment looks at moves a group. */
async function notePositionsOfKnown(client: Client, { lookback, reach, orders }: Near): Promise<void> {
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select v.amount, v.time - ${lookback} - ${reach}, v.time + ${reach}
    from work_facts f join orders o on o.id = f.id and ${orders.of('o.id')}
    cross join lateral (values (o.price, o.time), (f.price, f.time)) v (amount, time)
    where v.amount <> 0
      and (o.price <> f.price or o.time <> f.time or o.payment_type <> f.payment_type
        or o.refunded <> f.refunded or o.unpaid <> f.unpaid or o.has_hw <> f.has_hw)`);
}

async function notePositionsOfFresh(
  client: Client,
  rows: number,
  { lookback, reach }: { lookback: string; reach: string },
): Promise<void> {
  await analyzeWorkTable(client, 'work_fresh_orders', { rows });
  await client.query(`
    insert into work_positions (amount, time_from, time_to)
    select o.price, o.time - ${lookback} - ${reach}, o.time + ${reach}
    from work_fresh_orders n
    join orders o on o.id = n.order_id
    where o.price <> 0`);
}
