/** The machine's and the server's records of each touched order, several of one number as one, as SQL. */
import { KNOWN_TYPES, sqlList } from '../rules/codes.ts';
import { OPEN_END_S } from '../rules/windows.ts';
import type { IdRanges } from './id-ranges.ts';

export const KNOWN = sqlList(KNOWN_TYPES);
/** What numeric(16, 2) holds at most. */
const MOST_MONEY = '99999999999999.99';
/** Of a number in Happy Workers' pattern; its last twelve characters are the machine (rules.md 2.1). */
const NUMBER_LENGTH = 36;

const isCart = (alias: string): string =>
  `(${alias}.order_type = 'cart'
          or ${alias}.order_type ilike '%cart%'
          or ${alias}.order_type ilike '%корзин%'
          or ${alias}.order_number ilike 'cart%')`;

const codeDisagrees = (alias: string): string =>
  `(length(${alias}.order_number) = ${NUMBER_LENGTH}
          and left(${alias}.order_number, 2) = 'ff'
          and right(${alias}.order_number, 12) <> ${alias}.machine_code)`;

const isUnknown = (column: string): string => `(${column} is not null and ${column} not in ${KNOWN})`;

const brewFailed = (alias: string): string =>
  `coalesce(${alias}.brew_status in ('delivery_failure', 'not_delivered') and ${alias}.payment_status = 'paid', false)`;

const hasState = (alias: string, state: string): string => `${alias}.payment_status is not distinct from '${state}'`;

/**
 * An amount that several rows add up to; what no amount column can hold stands at its end. (least and greatest pass
 * over null.)
 */
export const summed = (sum: string): string =>
  `case when ${sum} is not null then greatest(least(${sum}, ${MOST_MONEY}), -${MOST_MONEY}) end`;

/**
 * Fills the work table several: orders with several rows of one side; almost none, so that all others need no grouping.
 * One side after the other: beside each other every row of the one would meet every row of the other, and a number that
 * stands in ten thousand rows of both (`0`) would hold up everybody.
 */
export const severalSql = (orders: IdRanges): string => `
  insert into work_several (order_id)
  ${(['happy_workers_orders', 'vendhub_sales'] as const).map(
    (table) => `select r.order_id
  from work_touched t
  join ${table} r on r.order_id = t.order_id
  where ${orders.of('r.order_id')}
  group by r.order_id
  having count(*) > 1`,
  ).join(`
  union
  `)}`;

/** Those of them that have several on this side. */
export function severalOfSql(name: 'work_hw_several' | 'work_vh_several', table: string): string {
  return `
  insert into ${name} (order_id)
  select r.order_id
  from work_several t
  join ${table} r on r.order_id = t.order_id
  group by r.order_id
  having count(*) > 1`;
}

/**
 * Times of an HW row (rules.md section 4.1): where one of them lies before the creation by more than the tolerance,
 * none of them is gone by. The row's time is then its creation, and its end that of a row without any other time.
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

/** A machine row r as it is. */
export function machineRow(toleranceS: number): string {
  const one = timesOf('r', toleranceS);
  return `
    select r.order_id, r.order_number, r.machine_code,
      r.machine_code as machine_min,
      r.machine_code as machine_max,
      r.goods_name,
      r.order_resource as type,
      r.order_price as price,
      ${one.time} as time,
      r.creation_time as base_from,
      ${one.end} as base_to,
      ${one.backwards} as times_disagree,
      ${hasState('r', 'refunded')} as refunded,
      ${hasState('r', 'unpaid')} as unpaid,
      ${brewFailed('r')} as brew_failed,
      ${isUnknown('r.order_resource')} as type_unknown,
      ${codeDisagrees('r')} as code_disagrees`;
}

/** Machine rows of the orders in the work table several: alone as they are, several of one number as one. */
export function machineRows(toleranceS: number): string {
  const one = timesOf('r', toleranceS);
  const first = timesOf('f', toleranceS);
  return `${machineRow(toleranceS)}
    from work_several t
    join happy_workers_orders r on r.order_id = t.order_id
    where not exists (select 1 from work_hw_several m where m.order_id = r.order_id)
    union all
    select m.order_id, f.order_number, f.machine_code, m.machine_min, m.machine_max, f.goods_name, f.order_resource,
      case when m.cart then ${summed('m.total')} else f.order_price end,
      ${first.time},
      m.base_from, m.base_to, m.times_disagree,
      m.refunded, m.unpaid, m.brew_failed,
      ${isUnknown('f.order_resource')},
      m.code_disagrees
    from (
      select r.order_id,
        min(r.machine_code) as machine_min,
        max(r.machine_code) as machine_max,
        sum(r.order_price) as total,
        bool_or(${isCart('r')}) as cart,
        min(r.creation_time) as base_from,
        max(${one.end}) as base_to,
        bool_or(${one.backwards}) as times_disagree,
        bool_and(${hasState('r', 'refunded')}) as refunded,
        bool_and(${hasState('r', 'unpaid')}) as unpaid,
        bool_or(${brewFailed('r')}) as brew_failed,
        bool_or(${codeDisagrees('r')}) as code_disagrees
      from work_hw_several h
      join happy_workers_orders r on r.order_id = h.order_id
      group by r.order_id
    ) m
    join (
      select distinct on (r.order_id) r.*
      from work_hw_several h
      join happy_workers_orders r on r.order_id = h.order_id
      order by r.order_id, r.creation_time, r.natural_key collate "C"
    ) f on f.order_id = m.order_id`;
}

/** A row r of VendHub's as it is. */
export const SERVER_ROW = `
    select r.order_id, r.order_number, r.machine_code,
      r.machine_code as machine_min,
      r.machine_code as machine_max,
      r.goods_name,
      r.payment_type as type,
      r.order_price as price,
      r.event_time as time,
      r.event_time as time_min,
      r.event_time as time_max,
      ${isUnknown('r.payment_type')} as type_unknown,
      ${codeDisagrees('r')} as code_disagrees`;

/** VendHub's rows, the same way; the prices of several are added up. */
export function serverRows(): string {
  return `${SERVER_ROW}
    from work_several t
    join vendhub_sales r on r.order_id = t.order_id
    where not exists (select 1 from work_vh_several m where m.order_id = r.order_id)
    union all
    select m.order_id, f.order_number, f.machine_code, m.machine_min, m.machine_max, f.goods_name, f.payment_type,
      ${summed('m.total')},
      f.event_time, m.time_min, m.time_max,
      ${isUnknown('f.payment_type')},
      m.code_disagrees
    from (
      select r.order_id,
        min(r.machine_code) as machine_min,
        max(r.machine_code) as machine_max,
        sum(r.order_price) as total,
        min(r.event_time) as time_min,
        max(r.event_time) as time_max,
        bool_or(${codeDisagrees('r')}) as code_disagrees
      from work_vh_several h
      join vendhub_sales r on r.order_id = h.order_id
      group by r.order_id
    ) m
    join (
      select distinct on (r.order_id) r.*
      from work_vh_several h
      join vendhub_sales r on r.order_id = h.order_id
      order by r.order_id, r.event_time, r.natural_key collate "C"
    ) f on f.order_id = m.order_id`;
}
