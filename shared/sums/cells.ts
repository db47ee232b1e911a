/**
 * The sums themselves: SQL that counts the orders, receipts and payments of some stretches of time into cells (day,
 * dimension, key). What is kept in order_sums, what readers count of the days that are not there yet, and what a test
 * counts again is made by this one statement.
 */
import { CALM_STATUSES } from '../rules/codes.ts';
import { BUCKET_EDGES, bucketOf } from './time-buckets.ts';
import { type CellRequest, PLAIN, TIMELESS } from './cell.ts';
import { proofCells, reachableCells } from './proof-cells.ts';
import { dayNumberOf, isInside } from './ranges.ts';
import { gatewayCells, paymentCells, receiptCells, saleCells } from './sale-cells.ts';

/** Columns of a cell, in this order. */
export const CELL_COLUMNS = 'day, dimension, key, count, sum, problems, pending_count, pending_sum, first, last';

/** What is counted in one pass; each family makes cells of several dimensions. */
const FAMILIES = {
  orders: {
    dimensions: [
      'total',
      'status',
      'settled',
      'machine',
      'type',
      'happy_workers',
      'vendhub',
      'vendhub_bucket',
      'vendhub_at_2x',
    ],
    sql: orderCells,
  },
  issues: { dimensions: ['issue'], sql: issueCells },
  proofs: { dimensions: ['proof', 'proof_bucket'], sql: proofCells },
  reachable: { dimensions: ['proof_at_2x'], sql: reachableCells },
  sales: { dimensions: ['kind', 'sold_machine', 'sold_goods', 'sold_hour'], sql: saleCells },
  gateways: { dimensions: ['gateway_orders'], sql: gatewayCells },
  receipts: { dimensions: ['receipts'], sql: receiptCells },
  payments: { dimensions: ['payments'], sql: paymentCells },
} as const satisfies Record<string, { dimensions: readonly string[]; sql(request: CellRequest): string }>;

export type Dimension = (typeof FAMILIES)[keyof typeof FAMILIES]['dimensions'][number];

/** A statement of cells; those of the dimensions alone where some are named. `day` is a date. */
export function cellsSql(request: CellRequest, dimensions?: readonly Dimension[]): string {
  const asked = Object.values(FAMILIES).filter(
    (family) => dimensions === undefined || family.dimensions.some((name: Dimension) => dimensions.includes(name)),
  );
  const parts = asked.map(({ sql }) => `(${sql(request)})`).join('\n union all ');
  const only =
    dimensions === undefined ? '' : `where dimension in (${dimensions.map((name) => `'${name}'`).join(', ')})`;
  return `select date '1970-01-01' + day as day, dimension, key, count, sum, problems, pending_count, pending_sum,
    first, last from (${parts}) cells ${only}`;
}

/** One pass over the orders into small cells, and every dimension from those. */
function orderCells({ ranges, matching }: CellRequest): string {
  const w = matching.hwVendhubWindowS;
  const calm = CALM_STATUSES.map((status) => `'${status}'`).join(', ');
  const dimension = (name: string, key: string, where = 'true'): string => `
    select day, '${name}' as dimension, ${key} as key, sum(n)::bigint as count, sum(s) as sum,
      coalesce(sum(n) filter (where status not in (${calm}) and not pending), 0)::bigint as problems,
      coalesce(sum(n) filter (where pending), 0)::bigint as pending_count,
        coalesce(sum(s) filter (where pending), 0) as pending_sum,
      null::timestamptz as first, null::timestamptz as last
    from cells where ${where} group by 1, 3`;
  return `with cells as materialized (
      select ${dayNumberOf('o.time')} as day, o.machine_code, o.status, o.pending, o.settled, o.payment_type, o.has_hw,
        o.has_vh,
        case when o.time_delta_s = 0 then ${bucketOf(0)}
          when o.time_delta_s is not null then width_bucket(o.time_delta_s, ${BUCKET_EDGES}) end as bucket,
        abs(o.time_delta_s) > ${w} and abs(o.time_delta_s) <= ${2 * w} and not o.machine_conflict
          and abs(o.price_delta) <= ${matching.amountTolerance}::numeric as at_2x,
        count(*) as n, sum(o.price) as s
      from orders o
      where ${isInside('o.time', ranges)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ) ${[
      dimension('total', 'null::text'),
      dimension('status', 'status'),
      dimension('settled', 'null::text', 'settled'),
      dimension('machine', 'machine_code'),
      dimension('type', 'payment_type'),
      dimension('happy_workers', 'null::text', 'has_hw'),
      dimension('vendhub', 'null::text', 'has_vh'),
      dimension('vendhub_bucket', 'bucket::text', 'bucket is not null'),
      dimension('vendhub_at_2x', 'null::text', 'at_2x'),
    ].join(' union all ')}`;
}

function issueCells({ ranges }: CellRequest): string {
  return `select ${dayNumberOf('o.time')} as day, 'issue' as dimension, issue as key, count(*) as count,
    sum(o.price) as sum, ${PLAIN}, ${TIMELESS}
    from orders o
    cross join lateral unnest(o.issues) issue
    where o.issues <> '{}' and ${isInside('o.time', ranges)}
    group by 1, 3`;
}
