/**
 * Why an order of a list is as it is, in one short phrase, and by how much money: the columns Why and Difference.
 * Worked out for the rows of a page from what the order itself stores; only what its receipt or payment says is looked
 * up.
 */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { LOOKBACK_S } from '../rules/windows.ts';
import { ALONE_STATUSES, sqlList } from '../rules/codes.ts';
import { tashkentIso } from '../tashkent-time.ts';

/** What `reason=` of lists takes: two kinds of trouble that share a status. */
export const REASON_FILTERS = ['no_receipt', 'receipt_differs', 'no_payment', 'payment_differs'] as const;
export type ReasonFilter = (typeof REASON_FILTERS)[number];

const has = (code: string): string => `(o.status = '${code}' or o.issues @> array['${code}'])`;
const payments = (more: string): string => `exists (select 1 from gateway_payments p where p.order_id = o.id ${more})`;

/** Orders with one of these, found by what stands apart for it. */
const among = (statuses: readonly string[], issues: readonly string[]): string => `o.id in (
    select order_id from order_statuses where status in ${sqlList(statuses)}
    union all
    select order_id from order_issues where code in ${sqlList(issues)}
  )`;
const troubled = (code: string): string => among([code], [code]);

/** As conditions on `orders o`. */
export const REASON_CONDITIONS: Record<ReasonFilter, string> = {
  no_receipt: `(${troubled('fiscal_mismatch')} and not o.issues @> array['fiscal_amount_diff'] and ${noReceipt()})`,
  receipt_differs: `(${troubled('fiscal_mismatch')}
    and (o.issues @> array['fiscal_amount_diff'] or not ${noReceipt()}))`,
  no_payment: `(${troubled('gateway_mismatch')} and not ${payments('')})`,
  payment_differs: `(${troubled('gateway_mismatch')} and ${payments('')})`,
};

function noReceipt(): string {
  return `not exists (select 1 from fiscal_receipts r where r.order_id = o.id and r.operation_type = 'sale')`;
}

/**
 * Amount by which an order is out, UZS: VendHub's price less the machine's, a proof less the price, the whole price
 * where a proof is missing or nothing but the proof is there. Null where nothing is out. An expression on `orders o`.
 * @param fiscalWindowS the configured window of receipts (rules.md 5.1)
 */
export const differenceSql = (fiscalWindowS: number): string => `case
    when ${has('price_mismatch')} then o.price_delta
    when o.status in ${sqlList(ALONE_STATUSES)} then o.price
    when ${has('fiscal_mismatch')} then coalesce(${nearReceipt(fiscalWindowS)}, 0) - o.price
    when ${has('gateway_mismatch')} then coalesce((select sum(p.amount) from gateway_payments p
      where p.order_id = o.id and p.payment_status = 'success'), 0) - o.price
  end`;

const DIFFERING_ISSUES = ['price_mismatch', 'fiscal_mismatch', 'gateway_mismatch'] as const;
const DIFFERING = [...DIFFERING_ISSUES, ...ALONE_STATUSES];

/** Orders that may be out by some amount: what a list sorted by it shows first. */
export const MAY_DIFFER = `(o.status in ${sqlList(DIFFERING)}
    or (o.issues <> '{}' and o.issues && array[${DIFFERING_ISSUES.map((code) => `'${code}'`).join(', ')}]))`;
export const MAY_DIFFER_FOUND = among(DIFFERING, DIFFERING_ISSUES);

/**
 * Amount of the receipt that the order holds, else of the one of another amount beside it: where reconciliation looked,
 * no further.
 */
function nearReceipt(fiscalWindowS: number): string {
  const reach = `make_interval(secs => ${fiscalWindowS})`;
  return `coalesce((select r.amount from fiscal_receipts r where r.order_id = o.id and r.operation_type = 'sale'
    order by r.fiscal_time limit 1),
      case when o.issues @> array['fiscal_amount_diff'] then (select r.amount from fiscal_receipts r
        where r.order_id = r.orphan_order_id and r.operation_type = 'sale'
          and r.fiscal_time between o.time - ${reach} - make_interval(secs => case when o.has_hw then 0
            else ${LOOKBACK_S} end) and o.time + ${reach}
        order by abs(extract(epoch from r.fiscal_time - o.time)), r.natural_key limit 1) end)`;
}

export interface Reason {
  code: string;
  params: Record<string, string | number>;
}

/** What REASON_COLUMNS gives besides columns of the order that lists have anyway (ORDER_COLUMNS). */
export interface ReasonRow {
  id: string;
  status: string;
  issues: readonly string[];
  pending: boolean;
  refunded: boolean;
  /** ISO 8601 with offset; null where no row of the machine says it */
  refunded_at: string | null;
  time: Date;
  payment_type: string;
  price: string;
  price_delta: string | null;
  vendhub_price: string;
  time_delta_s: number | null;
  difference: string | null;
  receipt: string | null;
  payment: string | null;
  payment_state: string | null;
  gateway: string | null;
}

export interface RowReason {
  /** decimal text; null where nothing is out */
  difference: string | null;
  why: Reason | null;
}

/**
 * Columns of ReasonRow, of `orders o` joined with REASON_PAYMENT, besides id, time, status, issues, pending,
 * payment_type and price.
 * @param fiscalWindowS as of differenceSql
 */
export const reasonColumns = (fiscalWindowS: number): string => `o.refunded, trim_scale(o.price_delta)::text as
    price_delta,
  trim_scale(o.price + coalesce(o.price_delta, 0))::text as vendhub_price, o.time_delta_s,
    trim_scale(${differenceSql(fiscalWindowS)})::text as difference,
  case when o.refunded then (
    select to_char(max(h.refund_time) at time zone 'Asia/Tashkent', 'YYYY-MM-DD"T"HH24:MI:SS"+05:00"')
    from happy_workers_orders h where h.order_id = o.id
  ) end as refunded_at,
  case when ${has('fiscal_mismatch')}
    or o.issues @> array['fiscal_amount_diff'] then trim_scale(${nearReceipt(fiscalWindowS)})::text end as receipt,
  trim_scale(proof.amount)::text as payment, proof.payment_status as payment_state, proof.gateway`;

/** The payment that a reason speaks of; where all is well nothing is to be said. */
export const REASON_PAYMENT = `left join lateral (
    select amount, payment_status, gateway from gateway_payments
    where order_id = o.id and o.order_number is not null and (o.status <> 'fully_matched' or o.issues <> '{}')
    order by payment_status = 'success' desc nulls last, transaction_time limit 1
  ) proof on true`;

/** Difference and reason of these orders, by order id. One query. */
export async function reasonsOf(
  db: DbOrTransaction,
  ids: readonly string[],
  { fiscalWindowS }: Pick<MatchingConfig, 'fiscalWindowS'>,
): Promise<Map<string, RowReason>> {
  if (ids.length === 0) return new Map();
  const rows = await selectRows<ReasonRow>(
    db,
    `select o.id, o.time, o.status, o.issues, o.pending, o.payment_type, trim_scale(o.price)::text as price,
      ${reasonColumns(fiscalWindowS)}
     from orders o ${REASON_PAYMENT}
     where o.id = any(?::bigint[])`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, rowReason(row)]));
}

export const rowReason = (row: ReasonRow): RowReason => ({ difference: row.difference, why: reasonOf(row) });

/** The plainest trouble first: what the status says, then the most urgent issue. */
function reasonOf(row: ReasonRow): Reason | null {
  const plain = (code: string): Reason => ({ code, params: {} });
  for (const code of [row.status, ...row.issues]) {
    if (code === 'price_mismatch')
      return { code: 'price_differs', params: { machine: row.price, vendhub: row.vendhub_price } };
    if (code === 'time_out_of_range' && row.time_delta_s !== null) {
      return {
        code: row.time_delta_s < 0 ? 'time_before' : 'time_after',
        params: { seconds: Math.abs(row.time_delta_s) },
      };
    }
    if (code === 'fiscal_mismatch' || code === 'fiscal_amount_diff') return receiptReason(row);
    if (code === 'gateway_mismatch' || code === 'gateway_wrong') return paymentReason(row);
    if (code === 'hw_only') return plain(row.pending ? 'waits_for_vendhub' : 'not_in_vendhub');
    if (code === 'vendhub_only') return plain(row.pending ? 'waits_for_machine' : 'not_at_machine');
    if (code === 'refund_not_executed' || (code === 'excess_payment' && row.refunded)) {
      return refundReason(row);
    }
    if (code.endsWith('_only'))
      return { code: code === 'fiscal_only' ? 'receipt_alone' : 'payment_alone', params: { amount: row.price } };
    if (code === 'matched') return row.issues.length > 0 ? null : plain('proof_not_loaded');
    if (code !== 'fully_matched' && code !== 'void' && code !== 'unmatched') return plain(code);
  }
  return null;
}

function refundReason({ payment, price, gateway, time, refunded_at: at }: ReasonRow): Reason {
  const params = { amount: payment ?? price, gateway: gateway ?? '' };
  if (at === null) return { code: 'refunded_payment_stands', params };
  return { code: 'refunded_at_payment_stands', params: { ...params, at, of: tashkentIso(time) } };
}

function receiptReason({ receipt, price, payment_type: type }: ReasonRow): Reason {
  if (receipt === null) return { code: 'no_receipt', params: { amount: price } };
  if (receipt === price)
    return { code: 'receipt_other_column', params: { paymentType: type === 'cash' ? 'card' : 'cash' } };
  return { code: 'receipt_other_amount', params: { found: receipt, expected: price } };
}

function paymentReason({ payment, payment_state: state, gateway, price, payment_type: type }: ReasonRow): Reason {
  if (payment === null) return { code: 'no_payment', params: { amount: price } };
  if (state !== 'success') return { code: 'payment_not_live', params: { amount: payment } };
  if (payment !== price) return { code: 'payment_other_amount', params: { found: payment, expected: price } };
  return { code: 'payment_other_gateway', params: { found: gateway ?? '', expected: type } };
}
