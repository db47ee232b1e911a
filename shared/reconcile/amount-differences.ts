/** Orders beside which a receipt of another amount stands (rules.md section 5.1). */
import type { Client } from 'pg';
import { COUNTER_TYPES, sqlList } from '../rules/codes.ts';
import { CARD_OF_RECEIPT, CASH_OF_RECEIPT, columnHoldsPriceSql } from '../rules/receipt-columns.ts';
import { LOOKBACK_S } from '../rules/windows.ts';
import type { ReconcileContext } from './context.ts';
import { type IdRanges, idRanges } from './id-ranges.ts';
import { analyzeWorkTable } from './work-tables.ts';

/** Times closer than this are looked at as one stretch. */
const NEAR_TIMES = `interval '10 minutes'`;
const COUNTER = `payment_type in ${sqlList(COUNTER_TYPES)}`;

/**
 * A cash or card order (neither refunded nor unpaid) without receipt gets fiscal_amount_diff if an unclaimed receipt of
 * another amount is the only unclaimed one in its window. Judged again for every order near a receipt that changed.
 */
export async function flagAmountDifferences(context: ReconcileContext): Promise<void> {
  const { client, matching } = context;
  // where the last receipt has gone, what was said of it goes too
  const any = await client.query(
    `select 1
     from fiscal_receipts
     union all
     select 1
     from work_positions
     where of_receipt
     limit 1`,
  );
  if (any.rowCount === 0) return;
  const orders = await findScope(client, matching.fiscalWindowS);
  if (orders === null) return;
  const w = `make_interval(secs => ${matching.fiscalWindowS})`;
  const back = `make_interval(secs => case when o.has_hw then 0 else ${LOOKBACK_S} end + ${matching.fiscalWindowS})`;
  const tolerance = `${matching.amountTolerance}::numeric`;
  const holdsPrice = [CASH_OF_RECEIPT, CARD_OF_RECEIPT]
    .map((column) => columnHoldsPriceSql(column, 'o.price', tolerance))
    .join(' or ');
  await client.query(`
    with judged as materialized (
      select o.id, o.ambiguous, o.flags, o.needs_receipt
        and not exists (
          select 1 from fiscal_receipts r
          where r.order_id = o.id and ${orders.of('r.order_id')}
            and r.link_rule is not null and r.operation_type = 'sale'
        )
        and coalesce((
          select count(*) = 1 and bool_and(not (${holdsPrice}))
          from fiscal_receipts r
          where r.fiscal_time between o.time - ${back} and o.time + ${w}
            and r.operation_type = 'sale' and r.link_rule is null and not r.ambiguous
        ), false) as differs
      from work_flag_scope o
    )
    insert into work_flag_changes (order_id, ambiguous, flags)
    select id, ambiguous, case when differs then flags || array['fiscal_amount_diff']
      else array_remove(flags, 'fiscal_amount_diff') end
    from judged
    where differs <> ('fiscal_amount_diff' = any (flags))
    on conflict (order_id) do update set flags = excluded.flags`);
}

/** Orders that may be concerned, as the work table flag_scope. @returns where they lie, null where there is none */
async function findScope(client: Client, windowS: number): Promise<IdRanges | null> {
  const w = `make_interval(secs => ${windowS})`;
  // Stretches instead of single times: a year of proofs is a few of them, each one range of the index. They may hold
  // more than is near.
  const times = await client.query(`
    insert into work_flag_times (time_from, time_to)
    select min(first) - ${w} as time_from, max(last) + make_interval(secs => ${LOOKBACK_S}) + ${w} as time_to
    from (
      select first, last, count(*) filter (where starts) over (order by first) as stretch
      from (
        select first, last,
          first > coalesce(lag(last) over (order by first) + ${NEAR_TIMES}, '-infinity') as starts
        from (
          select min(time) as first, max(time) as last
          from (
            select r.fiscal_time as time from work_touched_receipts t join fiscal_receipts r on r.id = t.id
            union all
            select r.fiscal_time
            from work_link_changes c
            join fiscal_receipts r on r.id = c.proof_id
            where c.kind = 'r' and not c.is_new
            union all
            select time_from from work_positions where of_receipt
          ) times
          group by date_bin(${NEAR_TIMES}, time, timestamptz '2000-01-01 00:00:00+00')
        ) bins
      ) marked
    ) stretches
    group by stretch`);
  await analyzeWorkTable(client, 'work_flag_times', { rows: times.rowCount ?? 0 });
  // First which, then what: the planner expects a thousand times more of a stretch than it holds, and would read all
  // orders to join them. The order of a receipt that was written with it lies in its stretch.
  const near = await client.query(`
    insert into work_flag_near (id)
    select order_id as id from work_touched_orders
    union
    select order_id from work_link_changes where kind = 'r' and order_id is not null and not is_new
    union
    select old_order_id from work_link_changes where kind = 'r' and not is_new
    union
    select order_id from work_flag_changes
    union
    select n.id from work_flag_times t cross join lateral (
      select o.id from orders o
      where o.time between t.time_from and t.time_to and o.order_number is not null and o.${COUNTER}
      offset 0
    ) n`);
  await analyzeWorkTable(client, 'work_flag_near', { rows: near.rowCount ?? 0 });
  const orders = await idRanges(client, 'work_flag_near', near.rowCount ?? 0);
  const scope = await client.query(`
    insert into work_flag_scope (id, price, time, has_hw, ambiguous, flags, needs_receipt)
    select id, price, time, has_hw, ambiguous, flags, needs_receipt
    from (
      select x.id, x.price, x.time, x.has_hw,
        coalesce(f.ambiguous, x.ambiguous) as ambiguous, coalesce(f.flags, x.flags) as flags,
        x.${COUNTER} and not x.refunded and not x.unpaid and not coalesce(f.ambiguous, x.ambiguous) as needs_receipt
      from work_flag_near n
      join orders x on x.id = n.id and ${orders.of('x.id')}
      left join work_flag_changes f on f.order_id = x.id
      where x.order_number is not null
    ) o
    where needs_receipt or 'fiscal_amount_diff' = any (flags)`);
  await analyzeWorkTable(client, 'work_flag_scope', { rows: scope.rowCount ?? 0, columns: 'id' });
  return scope.rowCount === 0 ? null : orders;
}
