/** Orders and proofs of all spans, in (span, time) order, with what is stored of them. */
import { LOOKBACK_S } from '../../rules/windows.ts';
import type { PaymentType } from '../../rules/codes.ts';
import type { GroupOrder, GroupPayment, GroupReceipt } from '../evaluate-group.ts';
import { CursorReader, type QueryQueue } from './cursor.ts';

/** Stored state of a proof beside what the evaluation needs. */
export interface StoredProof {
  orderId: number;
  linkedTo: number | null;
  rule: string | null;
  wasAmbiguous: boolean;
}

export type LoadedOrder = GroupOrder & {
  span: number;
  wasAmbiguous: boolean;
  duplicateReceipt: boolean;
  duplicatePayment: boolean;
};
export type LoadedReceipt = GroupReceipt & StoredProof & { span: number };
export type LoadedPayment = GroupPayment & StoredProof & { span: number };

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
const TIYIN = (column: string): string => `(${column} * 100)::bigint`;

/**
 * The rows x of a relation in each span.
 * @param whole few stretches of time are looked up one by one; whole classes are read in one pass. The planner knows
 * too little of ranges to tell
 */
export function rowsOf(full: boolean, relation: string, amount: string, time: string): string {
  const inSpan = `x.${time} between s.time_from and s.time_to`;
  return full
    ? `from work_spans s
    join work_class_amounts a on a.class = s.class
    join ${relation} x on x.${amount} = a.amount and ${inSpan}`
    : `from work_spans s
    cross join lateral (select * from ${relation} x where x.${amount} = any (s.amounts) and ${inSpan} offset 0) x`;
}

/** The rows x of the contested orders and their proofs (links/candidates.ts), each with its span s. */
const CONTESTED = {
  orders: `from (select span as id, order_id from work_contested) s join orders x on x.id = s.order_id`,
  receipts: contestedProofs('r', 'fiscal_receipts'),
  payments: contestedProofs('p', 'gateway_payments'),
};

function contestedProofs(kind: 'r' | 'p', table: string): string {
  return `from (
      select distinct c.span as id, c.proof_id
      from work_candidates c
      where c.kind = '${kind}' and (c.decided or c.order_id in (select t.order_id from work_contested t))
    ) s join ${table} x on x.id = s.proof_id`;
}

type What = keyof typeof CONTESTED;

/** Relation, amount and time of each. */
const SPANNED: Record<What, [string, string, string]> = {
  orders: ['orders', 'price', 'time'],
  receipts: ['fiscal_receipts', 'amount', 'fiscal_time'],
  payments: ['gateway_payments', 'amount', 'transaction_time'],
};

function rowsRead(reading: Reading, what: What): string {
  return reading === 'contested' ? CONTESTED[what] : rowsOf(reading.full, ...SPANNED[what]);
}

/** What of the spans is read: each that is whole or not, all of it; or what of them is contested. */
export type Reading = { full: boolean } | 'contested';

export function openOrders(queue: QueryQueue, reading: Reading): Promise<CursorReader<LoadedOrder>> {
  return new CursorReader<LoadedOrder>(queue, 'scope_orders', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    lookbackMs: row[4] === true ? 0 : LOOKBACK_S * 1000,
    price: Number(row[5]),
    type: row[6] as PaymentType,
    late: row[7] as boolean,
    wasAmbiguous: row[8] as boolean,
    duplicateReceipt: row[9] as boolean,
    duplicatePayment: row[10] as boolean,
  })).open(`
    select s.id, x.id, x.order_number, ${MS('x.time')}, x.has_hw, ${TIYIN('x.price')}, x.payment_type,
      x.refunded or x.unpaid, x.ambiguous,
      'duplicate_receipt' = any (x.flags), 'duplicate_payment' = any (x.flags)
    ${rowsRead(reading, 'orders')}
    where x.order_number is not null
    order by s.id, x.time`);
}

export function openReceipts(queue: QueryQueue, reading: Reading): Promise<CursorReader<LoadedReceipt>> {
  return new CursorReader<LoadedReceipt>(queue, 'scope_receipts', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    orderId: Number(row[4]),
    linkedTo: row[5] === null ? null : Number(row[4]),
    rule: row[5] as string | null,
    wasAmbiguous: row[6] as boolean,
    amount: Number(row[7]),
    cash: Number(row[8]),
    card: Number(row[9]),
  })).open(`
    select s.id, x.id, x.natural_key, ${MS('x.fiscal_time')}, x.order_id, x.link_rule, x.ambiguous,
      ${TIYIN('x.amount')}, ${TIYIN('coalesce(x.cash_amount, 0)')}, ${TIYIN('coalesce(x.card_amount, 0)')}
    ${rowsRead(reading, 'receipts')}
    where x.operation_type = 'sale'
    order by s.id, x.fiscal_time`);
}

export function openPayments(queue: QueryQueue, reading: Reading): Promise<CursorReader<LoadedPayment>> {
  return new CursorReader<LoadedPayment>(queue, 'scope_payments', (row) => ({
    span: Number(row[0]),
    id: Number(row[1]),
    key: row[2] as string,
    time: Number(row[3]),
    orderId: Number(row[4]),
    linkedTo: row[5] === null ? null : Number(row[4]),
    rule: row[5] as string | null,
    wasAmbiguous: row[6] as boolean,
    amount: Number(row[7]),
    gateway: row[8] as GroupPayment['gateway'],
  })).open(`
    select s.id, x.id, x.natural_key || ' ' || x.gateway, ${MS('x.transaction_time')}, x.order_id,
      x.link_rule, x.ambiguous,
      ${TIYIN('x.amount')}, x.gateway
    ${rowsRead(reading, 'payments')}
    where x.payment_status = 'success'
    order by s.id, x.transaction_time`);
}
