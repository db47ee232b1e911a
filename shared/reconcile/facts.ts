/**
 * What the records of an order say together (rules.md sections 2.1, 4 and 5.1 stages 1 and 2), as columns of its row in
 * orders. One order number is one order whatever the number of rows; its first record (earliest time, then lowest key)
 * counts, prices of carts and of several VendHub rows are summed, and it is refunded (unpaid) when all its HW rows are.
 */
import type { Client } from 'pg';
import { refreshStatistics } from '../db/statistics.ts';
import { decideSelect, recordOutcomes } from './decide.ts';
import { factsSql, loneFactsSql, type LoneSide } from './facts-sql.ts';
import { severalSql } from './record-rows.ts';
import { LOOKBACK_S, widestWindowS } from '../rules/windows.ts';
import type { ReconcileContext } from './context.ts';

/** Columns of orders that facts fill, in the order of the select below. */
const FACT_COLUMNS = [
  'machine_code',
  'goods_name',
  'payment_type',
  'price',
  'time',
  'has_hw',
  'has_vh',
  'unpaid',
  'refunded',
  'base_from',
  'base_to',
  'price_delta',
  'time_delta_s',
  'machine_conflict',
  'type_conflict',
  'type_unknown',
  'brew_failed',
  'code_disagrees',
  'times_disagree',
] as const;

export interface RefreshedFacts {
  newOrders: number;
  /** they have their status too: no proof lies near them, so the assignment has nothing to say about them */
  decided: boolean;
}

/**
 * Brings the rows of touched_orders up to date with their records and makes rows that do not exist yet; the temporary
 * table facts keeps what the records say, but for orders that came into being with one row, which go straight into
 * orders. Notes in `positions` where groups must be evaluated, before and after the change. Where no proof lies near,
 * the orders are decided with the same write; otherwise once, after the assignment, so that no status between the two
 * becomes history. Coverage must be up to date.
 */
export async function refreshFacts(context: ReconcileContext): Promise<RefreshedFacts> {
  const { client, matching } = context;
  const others = await client.query(`
    create temporary table touched on commit drop as
    select distinct order_id from touched_orders where alone is null`);
  const side = await sideOfLone(client);
  const lone = side && loneFactsSql(matching.hwVendhubWindowS, { side, others: others.rowCount !== 0 });
  await client.query(`analyze touched`);
  await client.query(severalSql('hw_several', 'happy_workers_orders'));
  await client.query(severalSql('vh_several', 'vendhub_sales'));
  await client.query(factsSql(matching.hwVendhubWindowS));
  await client.query(`analyze facts (id)`);
  const reach = `interval '${widestWindowS(matching)} seconds'`;
  const lookback = `interval '${LOOKBACK_S} seconds'`;
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select amount, time - ${lookback} - ${reach}, time + ${reach}
    from vanished
    where exists (select 1 from fiscal_receipts) or exists (select 1 from gateway_payments)`);
  const decided = !(await hasProofsNear(client, lone, lookback, reach));
  if (decided) await decideKnown(context);
  else {
    await notePositionsOfKnown(client, lookback, reach);
    await updateKnown(client);
  }
  const newOrders = await insertFresh(context, lone, decided);
  if (newOrders > 0 && !decided) await notePositionsOfFresh(client, lookback, reach);
  return { newOrders, decided };
}

/** null: no order came into being with one row */
async function sideOfLone(client: Client): Promise<LoneSide | null> {
  const { rows } = await client.query<{ side: LoneSide }>(
    `select alone as side from touched_orders where alone is not null limit 1`,
  );
  return rows[0]?.side ?? null;
}

const DIFFERS = FACT_COLUMNS.map((column) => `o.${column} is distinct from f.${column}`).join(' or ');
const SET_FACTS = FACT_COLUMNS.map((column) => `${column} = f.${column}`).join(', ');

async function updateKnown(client: Client): Promise<void> {
  await client.query(`
    update orders o set ${SET_FACTS}, updated_at = now()
    from facts f
    where o.id = f.id and (${DIFFERS})`);
}

async function decideKnown(context: ReconcileContext): Promise<void> {
  const { client, matching } = context;
  const decided = decideSelect({
    matching,
    from: `(
      select f.*, null::text as proof_source, false as is_void, o.ambiguous, o.flags,
        o.status as old_status, o.pending as old_pending, o.issues as old_issues, o.time as old_time,
        ${DIFFERS} as differs
      from facts f
      join orders o on o.id = f.id
    ) o`,
    linksOf: `(select id, price, payment_type from facts)`,
    carry: ['old_status', 'old_pending', 'old_issues', 'old_time', 'differs'],
  });
  await client.query(`
    create temporary table decided on commit drop as
    select * from (
      select d.*, null::text as proof_source, null::bigint as proof_id,
        d.status <> d.old_status or d.pending <> d.old_pending or d.issues <> d.old_issues as is_news
      from (${decided}) d
    ) d
    where is_news or differs
    order by old_time, id`);
  await client.query(`
    update orders o set ${SET_FACTS}, status = d.status, pending = d.pending, issues = d.issues, updated_at = now()
    from decided d join facts f on f.id = d.id where o.id = d.id`);
  await recordOutcomes(context);
}

/** Undecided ones are `unmatched` until the assignment is done. */
async function insertFresh(
  { client, matching }: ReconcileContext,
  lone: string | null,
  decided: boolean,
): Promise<number> {
  const made = `n.*, null::text as proof_source, false as is_void, false as ambiguous, '{}'::text[] as flags`;
  const unknown = `${lone === null ? '' : `select ${made} from (${lone} offset 0) n union all`}
        select ${made} from facts n where not exists (select 1 from orders o where o.id = n.id)`;
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
    insert into fresh_orders select id from made`);
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

/** Whether the assignment can concern the orders at all; a first month of orders without any proof needs none. */
async function hasProofsNear(client: Client, lone: string | null, lookback: string, reach: string): Promise<boolean> {
  const any = await client.query(`
    select 1 where exists (select 1 from fiscal_receipts) or exists (select 1 from gateway_payments)`);
  if (any.rowCount === 0) return false;
  const proofs = await client.query(`
    with extent as (
      select min(time) - ${lookback} - ${reach} as lo, max(time) + ${reach} as hi
      from (
        select time from facts
        ${lone === null ? '' : `union all select time from (${lone}) n`}
        union all
        select o.time from facts f join orders o on o.id = f.id
      ) times
    )
    select 1
    from extent e
    where exists (select 1 from fiscal_receipts r where r.fiscal_time between e.lo and e.hi)
      or exists (select 1 from gateway_payments p where p.transaction_time between e.lo and e.hi)`);
  return proofs.rowCount !== 0;
}

/** Before and after: only what the assignment looks at moves a group. */
async function notePositionsOfKnown(client: Client, lookback: string, reach: string): Promise<void> {
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select v.amount, v.time - ${lookback} - ${reach}, v.time + ${reach}
    from facts f join orders o on o.id = f.id
    cross join lateral (values (o.price, o.time), (f.price, f.time)) v (amount, time)
    where v.amount <> 0
      and (o.price <> f.price or o.time <> f.time or o.payment_type <> f.payment_type
        or o.refunded <> f.refunded or o.unpaid <> f.unpaid or o.has_hw <> f.has_hw)`);
}

async function notePositionsOfFresh(client: Client, lookback: string, reach: string): Promise<void> {
  await client.query(`analyze fresh_orders`);
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select o.price, o.time - ${lookback} - ${reach}, o.time + ${reach}
    from fresh_orders n
    join orders o on o.id = n.order_id
    where o.price <> 0`);
}
