/**
 * What the records of an order say together (rules.md sections 2.1, 4 and 5.1 stages 1 and 2), as columns of its row in orders. One order number
 * is one order whatever the number of rows; its first record (earliest time, then lowest key) counts, prices of carts and of several
 * VendHub rows are summed, and it is refunded (unpaid) when all its HW rows are.
 */
import type { Client } from 'pg';
import { refreshStatistics } from '../db/statistics.ts';
import { decideSelect, recordOutcomes } from './decide.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import { KNOWN_TYPES, sqlList } from '../rules/codes.ts';
import { LOOKBACK_S, OPEN_END_S, widestWindowS } from '../rules/windows.ts';
import type { ReconcileContext } from './context.ts';

const KNOWN = sqlList(KNOWN_TYPES);
const GATEWAY_NAMES = sqlList(GATEWAYS);

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

const isCart = (alias: string): string =>
  `(${alias}.order_type = 'cart' or ${alias}.order_type ilike '%cart%' or ${alias}.order_type ilike '%корзин%' or ${alias}.order_number like 'cart%')`;
const codeDisagrees = (alias: string): string =>
  `(length(${alias}.order_number) = 36 and left(${alias}.order_number, 2) = 'ff' and right(${alias}.order_number, 12) <> ${alias}.machine_code)`;
const isUnknown = (column: string): string => `(${column} is not null and ${column} not in ${KNOWN})`;
/** An amount that several rows add up to; what no amount column can hold stands at its end. (least and greatest pass over null.) */
const summed = (sum: string): string => `case when ${sum} is not null then greatest(least(${sum}, ${MOST_MONEY}), -${MOST_MONEY}) end`;

/** What numeric(16, 2) holds at most. */
const MOST_MONEY = '99999999999999.99';

/** Numbers that occur in several rows; almost none, so that all others need no grouping. */
const SEVERAL = (name: string, table: string): string => `
  create temporary table ${name} on commit drop as
  select r.order_id from touched t join ${table} r on r.order_id = t.order_id where not t.alone group by r.order_id having count(*) > 1`;

/**
 * Times of an HW row (rules.md section 4.1): where one of them lies before the creation by more than the tolerance, none of them is gone by.
 * The row's time is then its creation, and its end that of a row without any other time.
 */
function timesOf(alias: string, toleranceS: number): { backwards: string; time: string; end: string } {
  const { creation, paying, refund, delivery } = {
    creation: `${alias}.creation_time`,
    paying: `${alias}.paying_time`,
    refund: `${alias}.refund_time`,
    delivery: `${alias}.delivery_time`,
  };
  const earliest = `least(${paying}, ${alias}.brewing_time, ${delivery}, ${refund})`;
  const backwards = `coalesce(${earliest} < ${creation} - interval '${toleranceS} seconds', false)`;
  const open = `${creation} + interval '${OPEN_END_S} seconds'`;
  return {
    backwards,
    time: `case when ${backwards} then ${creation} else coalesce(${paying}, ${creation}) end`,
    end: `case when ${backwards} then ${open} else coalesce(${refund}, ${delivery}, ${open}) end`,
  };
}

function factsSql(toleranceS: number): string {
  const one = timesOf('r', toleranceS);
  const first = timesOf('f', toleranceS);
  return `
  create temporary table facts on commit drop as
  with hw as (
    select r.order_id, r.order_number, r.machine_code, r.machine_code as machine_min, r.machine_code as machine_max, r.goods_name, r.order_resource as type,
      r.order_price as price, ${one.time} as time,
      r.creation_time as base_from, ${one.end} as base_to, ${one.backwards} as times_disagree,
      r.payment_status is not distinct from 'refunded' as refunded, r.payment_status is not distinct from 'unpaid' as unpaid,
      coalesce(r.brew_status in ('delivery_failure', 'not_delivered') and r.payment_status = 'paid', false) as brew_failed,
      ${isUnknown('r.order_resource')} as type_unknown, ${codeDisagrees('r')} as code_disagrees
    from touched t join happy_workers_orders r on r.order_id = t.order_id where not exists (select 1 from hw_several m where m.order_id = r.order_id)
    union all
    select m.order_id, f.order_number, f.machine_code, m.machine_min, m.machine_max, f.goods_name, f.order_resource,
      case when m.cart then ${summed('m.total')} else f.order_price end, ${first.time},
      m.base_from, m.base_to, m.times_disagree,
      m.refunded, m.unpaid, m.brew_failed, ${isUnknown('f.order_resource')}, m.code_disagrees
    from (
      select r.order_id, min(r.machine_code) as machine_min, max(r.machine_code) as machine_max, sum(r.order_price) as total, bool_or(${isCart('r')}) as cart,
        min(r.creation_time) as base_from, max(${one.end}) as base_to, bool_or(${one.backwards}) as times_disagree,
        bool_and(r.payment_status is not distinct from 'refunded') as refunded, bool_and(r.payment_status is not distinct from 'unpaid') as unpaid,
        bool_or(coalesce(r.brew_status in ('delivery_failure', 'not_delivered') and r.payment_status = 'paid', false)) as brew_failed,
        bool_or(${codeDisagrees('r')}) as code_disagrees
      from hw_several h join happy_workers_orders r on r.order_id = h.order_id group by r.order_id
    ) m
    join (select distinct on (r.order_id) r.* from hw_several h join happy_workers_orders r on r.order_id = h.order_id order by r.order_id, r.creation_time, r.natural_key collate "C") f on f.order_id = m.order_id
  ), vh as (
    select r.order_id, r.order_number, r.machine_code, r.machine_code as machine_min, r.machine_code as machine_max, r.goods_name, r.payment_type as type,
      r.order_price as price, r.event_time as time, r.event_time as time_min, r.event_time as time_max,
      ${isUnknown('r.payment_type')} as type_unknown, ${codeDisagrees('r')} as code_disagrees
    from touched t join vendhub_sales r on r.order_id = t.order_id where not exists (select 1 from vh_several m where m.order_id = r.order_id)
    union all
    select m.order_id, f.order_number, f.machine_code, m.machine_min, m.machine_max, f.goods_name, f.payment_type, ${summed('m.total')}, f.event_time, m.time_min, m.time_max,
      ${isUnknown('f.payment_type')}, m.code_disagrees
    from (
      select r.order_id, min(r.machine_code) as machine_min, max(r.machine_code) as machine_max, sum(r.order_price) as total, min(r.event_time) as time_min,
        max(r.event_time) as time_max, bool_or(${codeDisagrees('r')}) as code_disagrees
      from vh_several h join vendhub_sales r on r.order_id = h.order_id group by r.order_id
    ) m
    join (select distinct on (r.order_id) r.* from vh_several h join vendhub_sales r on r.order_id = h.order_id order by r.order_id, r.event_time, r.natural_key collate "C") f on f.order_id = m.order_id
  )
  select order_id as id, coalesce(hw.order_number, vh.order_number) as order_number,
    coalesce(hw.machine_code, vh.machine_code) as machine_code,
    coalesce(hw.goods_name, vh.goods_name) as goods_name,
    case when vh.type in ${KNOWN} then vh.type when hw.type in ${KNOWN} then hw.type else 'unknown' end as payment_type,
    coalesce(hw.price, vh.price) as price,
    coalesce(hw.time, vh.time) as time,
    hw.order_id is not null as has_hw,
    vh.order_id is not null as has_vh,
    coalesce(hw.unpaid, false) as unpaid,
    coalesce(hw.refunded, false) as refunded,
    hw.base_from, hw.base_to,
    ${summed('vh.price - hw.price')} as price_delta,
    case when vh.time_max - hw.base_to > greatest(hw.base_from - vh.time_min, interval '0') then extract(epoch from vh.time_max - hw.base_to)::float8
      when vh.time_min < hw.base_from then -extract(epoch from hw.base_from - vh.time_min)::float8
      when hw.order_id is not null and vh.order_id is not null then 0 end as time_delta_s,
    least(hw.machine_min, vh.machine_min) <> greatest(hw.machine_max, vh.machine_max) as machine_conflict,
    coalesce(vh.type in ${KNOWN} and hw.type in ${KNOWN} and vh.type <> hw.type
      and not (hw.type = 'qr' and vh.type in ${GATEWAY_NAMES}) and not (vh.type = 'qr' and hw.type in ${GATEWAY_NAMES}), false) as type_conflict,
    coalesce(hw.type_unknown, false) or coalesce(vh.type_unknown, false) as type_unknown,
    coalesce(hw.brew_failed, false) as brew_failed,
    coalesce(hw.code_disagrees, false) or coalesce(vh.code_disagrees, false) as code_disagrees,
    coalesce(hw.times_disagree, false) as times_disagree
  from hw full join vh using (order_id)`;
}

export interface RefreshedFacts {
  newOrders: number;
  /** they have their status too: no proof lies near them, so the assignment has nothing to say about them */
  decided: boolean;
}

/**
 * Brings the rows of touched_orders up to date with their records and makes rows that do not exist yet; the temporary table facts keeps what the
 * records say. Notes in `positions` where groups must be evaluated, before and after the change. Where no proof lies near, the orders are
 * decided with the same write; otherwise once, after the assignment, so that no status between the two becomes history. Coverage must be
 * up to date.
 */
export async function refreshFacts(context: ReconcileContext): Promise<RefreshedFacts> {
  const { client, matching } = context;
  await client.query(`
    create temporary table touched on commit drop as
    with shared as (select distinct order_id from touched_orders where not alone)
    select order_id, false as alone from shared
    union all
    select t.order_id, true from touched_orders t where t.alone and not exists (select 1 from shared s where s.order_id = t.order_id)`);
  await client.query(`analyze touched`);
  await client.query(SEVERAL('hw_several', 'happy_workers_orders'));
  await client.query(SEVERAL('vh_several', 'vendhub_sales'));
  await client.query(factsSql(matching.hwVendhubWindowS));
  await client.query(`analyze facts (id)`);
  const reach = `interval '${widestWindowS(matching)} seconds'`;
  const lookback = `interval '${LOOKBACK_S} seconds'`;
  // Before and after: only what the assignment looks at moves a group.
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select v.amount, v.time - ${lookback} - ${reach}, v.time + ${reach}
    from facts f join orders o on o.id = f.id
    cross join lateral (values (o.price, o.time), (f.price, f.time)) v (amount, time)
    where v.amount <> 0 and (o.price <> f.price or o.time <> f.time or o.payment_type <> f.payment_type or o.refunded <> f.refunded
      or o.unpaid <> f.unpaid or o.has_hw <> f.has_hw)`);
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select amount, time - ${lookback} - ${reach}, time + ${reach} from vanished`);
  const decided = !(await hasProofsNear(client, lookback, reach));
  if (decided) await decideKnown(context);
  else await updateKnown(client);
  const newOrders = await insertFresh(context, decided);
  if (newOrders > 0 && !decided) await notePositionsOfFresh(client, lookback, reach);
  return { newOrders, decided };
}

const DIFFERS = FACT_COLUMNS.map((column) => `o.${column} is distinct from f.${column}`).join(' or ');
const SET_FACTS = FACT_COLUMNS.map((column) => `${column} = f.${column}`).join(', ');

async function updateKnown(client: Client): Promise<void> {
  await client.query(`update orders o set ${SET_FACTS}, updated_at = now() from facts f where o.id = f.id and (${DIFFERS})`);
}

async function decideKnown(context: ReconcileContext): Promise<void> {
  const { client, matching } = context;
  const decided = decideSelect({
    matching,
    from: `(
      select f.*, null::text as proof_source, false as is_void, o.ambiguous, o.flags, o.status as old_status, o.pending as old_pending,
        o.issues as old_issues, o.time as old_time, ${DIFFERS} as differs
      from facts f join orders o on o.id = f.id
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
async function insertFresh({ client, matching }: ReconcileContext, decided: boolean): Promise<number> {
  const unknown = `select n.*, null::text as proof_source, false as is_void, false as ambiguous, '{}'::text[] as flags
        from facts n where not exists (select 1 from orders o where o.id = n.id)`;
  const fresh = decided
    ? decideSelect({ matching, from: `(${unknown}) o`, linksOf: null, carry: ['order_number', ...FACT_COLUMNS] })
    : `select u.*, 'unmatched' as status, false as pending, '{}'::text[] as issues from (${unknown}) u`;
  const inserted = await client.query(`
    with made as (
      insert into orders (id, order_number, ${FACT_COLUMNS.join(', ')}, status, pending, issues, last_change)
      select n.id, n.order_number, ${FACT_COLUMNS.map((column) => `n.${column}`).join(', ')}, n.status, n.pending, n.issues, 'new'
      from (${fresh}) n order by n.time, n.id
      returning id, issues
    ), issued as (
      insert into order_issues (order_id, code) select m.id, code from made m cross join lateral unnest(m.issues) code
    )
    insert into fresh_orders select id from made`);
  const newOrders = inserted.rowCount ?? 0;
  await refreshStatistics(client, 'orders', newOrders, ['id', 'order_number', 'price', 'time', 'proof_source', 'proof_id']);
  return newOrders;
}

/** Whether the assignment can concern the orders at all; a first month of orders without any proof needs none. */
async function hasProofsNear(client: Client, lookback: string, reach: string): Promise<boolean> {
  const proofs = await client.query(`
    with extent as (
      select least(min(f.time), min(o.time)) - ${lookback} - ${reach} as lo, greatest(max(f.time), max(o.time)) + ${reach} as hi
      from facts f left join orders o on o.id = f.id
    )
    select 1 from extent e where exists (select 1 from fiscal_receipts r where r.fiscal_time between e.lo and e.hi)
      or exists (select 1 from gateway_payments p where p.transaction_time between e.lo and e.hi)`);
  return proofs.rowCount !== 0;
}

async function notePositionsOfFresh(client: Client, lookback: string, reach: string): Promise<void> {
  await client.query(`analyze fresh_orders`);
  await client.query(`
    insert into positions (amount, time_from, time_to)
    select o.price, o.time - ${lookback} - ${reach}, o.time + ${reach} from fresh_orders n join facts o on o.id = n.order_id where o.price <> 0`);
}
