/**
 * How far apart in time the records of one sale lie, per pair of sources, and what a window twice as wide would add (rules.md section 5.1: the
 * tolerances were never settled, so the operator is shown the figures).
 *
 * VendHub: seconds by which its row lies outside the machine's own stretch (creation to end), negative before it, 0 inside. Proofs: the proof's
 * time less the order's, of linked sale receipts and successful payments.
 */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { addAmounts } from './amounts.ts';
import { GATEWAYS, type ProofSource } from './codes.ts';
import { type Period, within } from './period.ts';
import type { Condition } from './search.ts';
import type { Histogram } from './summary-schema.ts';

/** Seconds; a bucket runs from one edge to the next, the first and the last are open. */
const BUCKET_EDGES_S = [-600, -300, -120, -60, -30, -20, -10, -5, -2, 0, 2, 5, 10, 20, 30, 60, 120, 300, 600] as const;
export const BUCKET_EDGES = `array[${BUCKET_EDGES_S.join(', ')}]::float8[]`;

/** As width_bucket numbers them: 0 lies below the first edge. */
export const bucketOf = (seconds: number): number => BUCKET_EDGES_S.filter((edge) => edge <= seconds).length;

/** @param counts by bucket as width_bucket numbers them, 0 = below the first edge */
export function histogramOf(pair: string, toleranceS: number, matchedAt2x: number, counts: ReadonlyMap<number, number>): Histogram {
  const buckets = Array.from({ length: BUCKET_EDGES_S.length + 1 }, (_, at) => ({
    fromS: BUCKET_EDGES_S[at - 1] ?? null,
    toS: BUCKET_EDGES_S[at] ?? null,
    count: counts.get(at) ?? 0,
  }));
  return { pair, toleranceS, matchedAt2x, buckets };
}

/** Orders of the period by the proofs that they hold: how many hold any of a source, and how far those are from them in time. */
export interface ProofFigures {
  bySource: { source: ProofSource; count: number; sum: string }[];
  histograms: Histogram[];
}

const PROOFS = `(
       select 'fiscal_bills' as source, order_id, fiscal_time as time, link_rule is not null and operation_type = 'sale' as proves from fiscal_receipts
       union all
       select gateway, order_id, transaction_time, link_rule is not null and payment_status = 'success' from gateway_payments
     )`;

/** One join of proofs and orders gives both; orders with several proofs of a source are rare and are taken out again. */
export async function proofFigures(db: DbOrTransaction, period: Period, matching: MatchingConfig): Promise<ProofFigures> {
  const ofOrder = within('o.time', period);
  const rows = await selectRows<{ source: ProofSource; bucket: number | null; count: string; sum: string }>(
    db,
    `select p.source, case when p.proves and o.has_hw then width_bucket(date_part('epoch', p.time - o.time), ${BUCKET_EDGES}) end as bucket,
       count(*) as count, sum(o.price)::text as sum
     from ${PROOFS} p join orders o on o.id = p.order_id where ${ofOrder.sql} group by 1, 2
     union all
     select p.source, -1, -count(*), (-sum(o.price))::text
     from (
       select order_id from fiscal_receipts group by order_id having count(*) > 1
       union select order_id from gateway_payments group by order_id having count(*) > 1
     ) several
     join orders o on o.id = several.order_id
     join lateral (select source, count(*) as held from ${PROOFS} x where x.order_id = o.id group by source) p on p.held > 1
     cross join generate_series(2, p.held)
     where ${ofOrder.sql} group by p.source`,
    [...ofOrder.bindings, ...ofOrder.bindings],
  );
  const more = new Map([...(await receiptsAt2x(db, period, matching)), ...(await paymentsAt2x(db, period, matching))]);
  const sources = ['fiscal_bills', ...GATEWAYS] as const;
  return {
    bySource: sources.map((source) => {
      const own = rows.filter((row) => row.source === source);
      return {
        source,
        count: own.reduce((total, row) => total + Number(row.count), 0),
        sum: own.reduce((total, row) => addAmounts(total, row.sum), '0'),
      };
    }),
    histograms: sources.map((source) => {
      const counted = rows.filter((row) => row.source === source && row.bucket !== null && row.bucket >= 0);
      return histogramOf(
        `happy_workers-${source}`,
        source === 'fiscal_bills' ? matching.fiscalWindowS : matching.gatewayWindowS,
        more.get(source) ?? 0,
        new Map(counted.map((row) => [row.bucket as number, Number(row.count)])),
      );
    }),
  };
}

/**
 * matchedAt2x of proofs: the number of machine orders of the period (neither refunded, unpaid nor ambiguous) that hold no proof of the kind and
 * are, among such orders with exactly the amount and type, the nearest to some unclaimed and unambiguous proof that lies farther from
 * them than the window and no farther than twice the window. An order counts once however many proofs lie near it; what a full
 * assignment at twice the window would shift among orders matched already is not counted.
 */
const AT_2X = (windowS: number, open: string, free: string): string => `
  with open_orders as materialized (${open}), free_proofs as materialized (${free}),
  reached as (
    select distinct on (f.source, f.id) f.source, o.id as order_id, abs(date_part('epoch', f.time - o.time)) as distance
    from (
      select f.*, floor(date_part('epoch', f.time) / ${stepS(windowS)})::bigint + shift as slot from free_proofs f cross join (values (-1), (0), (1)) s (shift)
    ) f join open_orders o on o.price = f.amount and o.payment_type = f.payment_type and o.slot = f.slot
    order by f.source, f.id, abs(date_part('epoch', f.time - o.time)), o.id
  )
  select source, count(distinct order_id) as count from reached where distance > ${windowS} and distance <= ${2 * windowS} group by source`;

const stepS = (windowS: number): number => Math.max(1, 2 * windowS);

/** Farther from every order of the period than twice the window a proof reaches none of them. */
function nearPeriod(column: string, { from, to }: Period, windowS: number): Condition {
  const reachMs = 2 * windowS * 1000;
  return within(column, {
    from: from === null ? null : new Date(from.getTime() - reachMs),
    to: to === null ? null : new Date(to.getTime() + reachMs),
  });
}

/** Machine orders under every other status hold what they need, or are ambiguous. */
const UNPROVEN = `'hw_only', 'matched', 'fiscal_mismatch', 'gateway_mismatch', 'price_mismatch', 'time_out_of_range', 'number_conflict'`;

const openOrders = (types: string, windowS: number, ofOrder: string, proofs: string): string => `
  select o.id, o.price, o.time, o.payment_type, floor(date_part('epoch', o.time) / ${stepS(windowS)})::bigint as slot from orders o
  where o.order_number is not null and o.has_hw and o.status in (${UNPROVEN}) and o.payment_type in (${types}) and o.price <> 0
    and not o.refunded and not o.unpaid and not o.ambiguous and ${ofOrder} and not exists (${proofs})`;

async function receiptsAt2x(db: DbOrTransaction, period: Period, matching: MatchingConfig): Promise<[string, number][]> {
  const ofOrder = within('o.time', period);
  const near = nearPeriod('fiscal_time', period, matching.fiscalWindowS);
  const free = (type: string): string => `
    select 'fiscal_bills' as source, id, '${type}' as payment_type, ${type}_amount as amount, fiscal_time as time from fiscal_receipts
    where link_rule is null and not ambiguous and operation_type = 'sale' and ${type}_amount > 0 and ${near.sql}`;
  return countsAt2x(
    db,
    AT_2X(
      matching.fiscalWindowS,
      openOrders(
        `'cash', 'card'`,
        matching.fiscalWindowS,
        ofOrder.sql,
        `select 1 from fiscal_receipts r where r.order_id = o.id and r.operation_type = 'sale'`,
      ),
      `${free('cash')} union all ${free('card')}`,
    ),
    [...ofOrder.bindings, ...near.bindings, ...near.bindings],
  );
}

async function paymentsAt2x(db: DbOrTransaction, period: Period, matching: MatchingConfig): Promise<[string, number][]> {
  const ofOrder = within('o.time', period);
  const near = nearPeriod('p.transaction_time', period, matching.gatewayWindowS);
  return countsAt2x(
    db,
    AT_2X(
      matching.gatewayWindowS,
      openOrders(
        `'payme', 'click', 'uzum', 'qr'`,
        matching.gatewayWindowS,
        ofOrder.sql,
        `select 1 from gateway_payments p where p.order_id = o.id and p.payment_status = 'success'`,
      ),
      `select p.gateway as source, p.id, t.payment_type, p.amount, p.transaction_time as time
       from gateway_payments p cross join lateral (values (p.gateway), ('qr')) t (payment_type)
       where p.link_rule is null and not p.ambiguous and p.payment_status = 'success' and ${near.sql}`,
    ),
    [...ofOrder.bindings, ...near.bindings],
  );
}

async function countsAt2x(db: DbOrTransaction, sql: string, bindings: readonly unknown[]): Promise<[string, number][]> {
  const rows = await selectRows<{ source: string; count: string }>(db, sql, bindings);
  return rows.map((row) => [row.source, Number(row.count)]);
}
