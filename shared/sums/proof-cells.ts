/**
 * Cells about proofs of orders: which hold any, how far those are in time, and what a window twice as wide would reach.
 */
import { COUNTER_TYPES, QR_TYPES, sqlList } from '../rules/codes.ts';
import { BUCKET_EDGES } from './time-buckets.ts';
import { type CellRequest, PLAIN, TIMELESS } from './cell.ts';
import { dayNumberOf, isInside, widened } from './ranges.ts';

const PROOFS = `(
      select 'fiscal_bills' as source, order_id, fiscal_time as time,
        link_rule is not null and operation_type = 'sale' as proves from fiscal_receipts
      union all
      select gateway, order_id, transaction_time, link_rule is not null and payment_status = 'success'
      from gateway_payments
    )`;

/**
 * proof: orders that hold a proof of the source, each once. proof_bucket: linked proofs of machine orders by their
 * distance in time, key source and bucket joined by a colon. One join of the orders asked for with their proofs gives
 * both, so that counting a day costs no more the more there are.
 */
export function proofCells({ ranges }: CellRequest): string {
  return `
    with joined as materialized (
      select ${dayNumberOf('o.time')} as day, o.id, o.price, p.source,
        case when p.proves and o.has_hw then width_bucket(date_part('epoch', p.time - o.time),
          ${BUCKET_EDGES}) end as bucket
      from orders o
      join ${PROOFS} p on p.order_id = o.id
      where ${isInside('o.time', ranges)}
    )
    select day, 'proof' as dimension, source as key, count(*) as count, sum(price) as sum, ${PLAIN}, ${TIMELESS}
    from (select distinct day, source, id, price from joined) held group by 1, 3
    union all
    select day, 'proof_bucket', source || ':' || bucket, count(*), sum(price), ${PLAIN}, ${TIMELESS}
    from joined where bucket is not null group by 1, 3`;
}

/** Machine orders under every other status hold what they need, or are ambiguous. */
const UNPROVEN = `'hw_only', 'matched', 'fiscal_mismatch', 'gateway_mismatch', 'price_mismatch', 'time_out_of_range',
  'number_conflict'`;

const stepS = (windowS: number): number => Math.max(1, 2 * windowS);

/**
 * matchedAt2x of proofs: the number of machine orders (neither refunded, unpaid nor ambiguous) that hold no proof of
 * the kind and are, among such orders with exactly the amount and type, the nearest to some unclaimed and unambiguous
 * proof that lies farther from them than the window and no farther than twice the window. An order counts once however
 * many proofs lie near it, and on its own day, whichever day the proof or a nearer order has; what a full assignment at
 * twice the window would shift among orders matched already is not counted.
 */
export function reachableCells(request: CellRequest): string {
  const { fiscalWindowS, gatewayWindowS } = request.matching;
  const free = (type: string, near: string): string => `
    select 'fiscal_bills' as source, id, '${type}' as payment_type, ${type}_amount as amount, fiscal_time as time
    from fiscal_receipts
    where link_rule is null and not ambiguous and operation_type = 'sale' and ${type}_amount > 0 and ${near}`;
  const receiptsNear = nearRanges('fiscal_time', request, 2 * fiscalWindowS);
  return `
    (${reached(request, fiscalWindowS, {
      types: sqlList(COUNTER_TYPES),
      proofs: `select 1 from fiscal_receipts r where r.order_id = o.id and r.operation_type = 'sale'`,
      free: `${free('cash', receiptsNear)} union all ${free('card', receiptsNear)}`,
    })})
    union all
    (${reached(request, gatewayWindowS, {
      types: sqlList(QR_TYPES),
      proofs: `select 1 from gateway_payments p where p.order_id = o.id and p.payment_status = 'success'`,
      free: `select p.gateway as source, p.id, t.payment_type, p.amount, p.transaction_time as time
        from gateway_payments p cross join lateral (values (p.gateway), ('qr')) t (payment_type)
        where p.link_rule is null and not p.ambiguous and p.payment_status = 'success'
          and ${nearRanges('p.transaction_time', request, 2 * gatewayWindowS)}`,
    })})`;
}

const nearRanges = (column: string, { ranges }: CellRequest, seconds: number): string =>
  isInside(
    column,
    ranges.map((range) => widened(range, seconds)),
  );

function reached(request: CellRequest, windowS: number, of: { types: string; proofs: string; free: string }): string {
  return `
    with open_orders as materialized (
      select o.id, o.price, o.time, o.payment_type,
        floor(date_part('epoch', o.time) / ${stepS(windowS)})::bigint as slot from orders o
      where o.order_number is not null and o.has_hw and o.status in (${UNPROVEN}) and o.payment_type in ${of.types}
        and o.price <> 0
        and not o.refunded and not o.unpaid and not o.ambiguous and ${nearRanges('o.time', request, 4 * windowS)}
          and not exists (${of.proofs})
    ), free_proofs as materialized (${of.free}),
    reached as (
      select distinct on (f.source, f.id) f.source, o.id as order_id, o.time, o.price,
        abs(date_part('epoch', f.time - o.time)) as distance
      from (
        select f.*, floor(date_part('epoch', f.time) / ${stepS(windowS)})::bigint + shift as slot
        from free_proofs f cross join (values (-1), (0), (1)) s (shift)
      ) f join open_orders o on o.price = f.amount and o.payment_type = f.payment_type and o.slot = f.slot
      order by f.source, f.id, abs(date_part('epoch', f.time - o.time)), o.id
    ), once as (
      select distinct source, order_id, time, price from reached
      where distance > ${windowS} and distance <= ${2 * windowS} and ${isInside('time', request.ranges)}
    )
    select ${dayNumberOf('time')} as day, 'proof_at_2x' as dimension, source as key, count(*) as count,
      sum(price) as sum, ${PLAIN}, ${TIMELESS}
    from once group by 1, 3`;
}
