/** Cells of what was sold, and of receipts and payments by their own times (rules.md sections 4 and 10). */
import { GATEWAYS } from '../ingest/sources/index.ts';
import { sqlList } from '../rules/codes.ts';
import { type CellRequest, PLAIN, TIMELESS } from './cell.ts';
import { dayNumberOf, isInside, tashkentHourOf } from './ranges.ts';

/** Paid, neither refunded nor unpaid, neither test nor VIP; of `orders o`. */
const IS_REVENUE = `o.order_number is not null and not o.unpaid and not o.refunded
          and o.payment_type not in ('vip', 'test')`;

/**
 * kind: what became of the orders, with payment type and whether a refund is due, joined by colons. The others are
 * revenue alone: by machine, goods and hour of the day in Tashkent.
 */
export function saleCells({ ranges }: CellRequest): string {
  return `
    select day, case when grouping(kind) = 0 then 'kind' when grouping(machine_code) = 0 then 'sold_machine'
        when grouping(goods_name) = 0 then 'sold_goods' else 'sold_hour' end as dimension,
      case when grouping(kind) = 0 then kind when grouping(machine_code) = 0 then machine_code
        when grouping(goods_name) = 0 then goods_name else hour::text end as key,
      count(*) as count, sum(price) as sum, ${PLAIN}, ${TIMELESS}
    from (
      select ${dayNumberOf('o.time')} as day,
        ${tashkentHourOf('o.time')} as hour,
        case when o.payment_type in ('vip', 'test') then o.payment_type when o.unpaid then 'unpaid'
          when o.refunded then 'refunded'
          else 'revenue' end
          || ':' || o.payment_type || ':' || (o.issues @> '{delivery_failed_but_paid}')::text as kind,
        ${IS_REVENUE} as sold, o.machine_code, o.goods_name, o.price
      from orders o where o.order_number is not null and ${isInside('o.time', ranges)}
    ) sales
    group by grouping sets ((day, kind), (day, sold, machine_code), (day, sold, goods_name), (day, sold, hour))
    having grouping(kind) = 0 or sold`;
}

/** Orders paid through a gateway: as the reports say, else as the payment that the order holds. */
export function gatewayCells({ ranges }: CellRequest): string {
  const inRange = isInside('o.time', ranges);
  return `
    select ${dayNumberOf('o.time')} as day, 'gateway_orders' as dimension, o.payment_type as key, count(*) as count,
      sum(o.price) as sum, ${PLAIN},
      min(o.time) as first, max(o.time) as last
    from orders o
    where ${IS_REVENUE} and o.payment_type in ${sqlList(GATEWAYS)} and ${inRange}
    group by 1, 3
    union all
    select ${dayNumberOf('q.time')}, 'gateway_orders', coalesce(q.gateway, 'unknown'), count(*), sum(q.price), ${PLAIN},
      min(q.time), max(q.time)
    from (
      select o.id, o.time, o.price, min(p.gateway) as gateway
      from orders o left join gateway_payments p on p.order_id = o.id and p.payment_status = 'success'
      where ${IS_REVENUE} and o.payment_type = 'qr' and ${inRange} group by o.id
    ) q group by 1, 3`;
}

export function receiptCells({ ranges }: CellRequest): string {
  return `
    select ${dayNumberOf('r.fiscal_time')} as day, 'receipts' as dimension, r.operation_type as key, count(*) as count,
      sum(r.amount) as sum, ${PLAIN}, ${TIMELESS}
    from fiscal_receipts r where r.operation_type in ('sale', 'return') and ${isInside('r.fiscal_time', ranges)}
    group by 1, 3`;
}

export function paymentCells({ ranges }: CellRequest): string {
  return `
    select ${dayNumberOf('p.transaction_time')} as day, 'payments' as dimension, p.gateway as key, count(*) as count,
      sum(p.amount) as sum, ${PLAIN},
      min(p.transaction_time) as first, max(p.transaction_time) as last
    from gateway_payments p where p.payment_status = 'success' and ${isInside('p.transaction_time', ranges)}
    group by 1, 3`;
}
