/** What the records of each touched order say together. */
import { GATEWAYS } from '../ingest/sources/index.ts';
import { sqlList } from '../rules/codes.ts';
import type { IdRanges } from './id-ranges.ts';
import { KNOWN, machineRow, machineRows, SERVER_ROW, serverRows, summed } from './record-rows.ts';

/** Columns of orders that facts fill, in the order in which factsOf gives them. */
export const FACT_COLUMNS = [
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

const GATEWAY_NAMES = sqlList(GATEWAYS);

/** The types contradict each other, beyond one side not knowing which gateway it was. */
const TYPE_CONFLICT = `coalesce(vh.type in ${KNOWN} and hw.type in ${KNOWN} and vh.type <> hw.type
      and not (hw.type = 'qr' and vh.type in ${GATEWAY_NAMES})
      and not (vh.type = 'qr' and hw.type in ${GATEWAY_NAMES}), false)`;

/** Seconds by which VendHub's rows lie outside the machine's stretch: behind it, before it with a minus, 0 inside. */
const TIME_DELTA = `case
      when vh.time_max - hw.base_to > greatest(hw.base_from - vh.time_min, interval '0')
        then extract(epoch from vh.time_max - hw.base_to)::float8
      when vh.time_min < hw.base_from then -extract(epoch from hw.base_from - vh.time_min)::float8
      when hw.order_id is not null and vh.order_id is not null then 0
    end`;

/** Facts out of hw and vh, either of which may be missing. */
const factsOf = (orderId: string): string => `
  select ${orderId} as id,
    coalesce(hw.order_number, vh.order_number) as order_number,
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
    ${TIME_DELTA} as time_delta_s,
    least(hw.machine_min, vh.machine_min) <> greatest(hw.machine_max, vh.machine_max) as machine_conflict,
    ${TYPE_CONFLICT} as type_conflict,
    coalesce(hw.type_unknown, false) or coalesce(vh.type_unknown, false) as type_unknown,
    coalesce(hw.brew_failed, false) as brew_failed,
    coalesce(hw.code_disagrees, false) or coalesce(vh.code_disagrees, false) as code_disagrees,
    coalesce(hw.times_disagree, false) as times_disagree`;

/** `offset 0`: those with several rows are left out before each row of theirs meets each of the other side. */
const LONE = `(
    select order_id from work_touched x
    where not exists (select 1 from work_several s where s.order_id = x.order_id)
    offset 0
  )`;

/**
 * Fills the work table facts: those of the orders in touched that have one row of either side at most.
 * @param several whether the work table several names others @param orders where all of them lie
 */
export function plainFactsSql(toleranceS: number, { several, orders }: { several: boolean; orders: IdRanges }): string {
  return `
  insert into work_facts (id, order_number, ${FACT_COLUMNS.join(', ')})
  ${factsOf('t.order_id')}
  from ${several ? LONE : 'work_touched'} t
  left join (${machineRow(toleranceS)}
    from happy_workers_orders r
    where ${orders.of('r.order_id')}
  ) hw on hw.order_id = t.order_id
  left join (${SERVER_ROW}
    from vendhub_sales r
    where ${orders.of('r.order_id')}
  ) vh on vh.order_id = t.order_id
  where coalesce(hw.order_id, vh.order_id) is not null`;
}

/** Fills the work table facts: those of the orders in several. */
export function severalFactsSql(toleranceS: number): string {
  return `
  insert into work_facts (id, order_number, ${FACT_COLUMNS.join(', ')})
  with hw as (${machineRows(toleranceS)}
  ), vh as (${serverRows()}
  )
  ${factsOf('order_id')}
  from hw
  full join vh using (order_id)`;
}

/** Whose rows they are that orders came into being with: touched_orders.alone. */
export type LoneSide = 'hw' | 'vh';

/**
 * Those of the orders that came into being with the one row that they have, as a select: nothing is to be grouped or
 * joined. `offset 0`: what a row says is worked out once, not for each place that names it.
 * @param others whether the work table touched holds any @param orders where all of them lie
 */
export function loneFactsSql(
  toleranceS: number,
  { side, others, orders }: { side: LoneSide; others: boolean; orders: IdRanges },
): string {
  const isNoOther = 'and not exists (select 1 from work_touched s where s.order_id = t.order_id)';
  const rows = { hw: machineRow(toleranceS), vh: SERVER_ROW };
  const tables = { hw: 'happy_workers_orders', vh: 'vendhub_sales' };
  const missing = side === 'hw' ? 'vh' : 'hw';
  return `${factsOf(`${side}.order_id`)}
  from (${rows[side]}
    from work_touched_orders t
    join ${tables[side]} r on r.order_id = t.order_id
    where t.alone = '${side}' and ${orders.of('r.order_id')} ${others ? isNoOther : ''}
    offset 0
  ) ${side}
  left join (${rows[missing]}
    from ${tables[missing]} r
  ) ${missing} on false`;
}
