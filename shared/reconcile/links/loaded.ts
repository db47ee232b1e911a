/** Orders and proofs of all spans, in (span, time) order, with what is stored of them. */
import { LOOKBACK_S } from '../../rules/windows.ts';
import type { PaymentType } from '../../rules/codes.ts';
import type { GroupOrder, GroupPayment, GroupReceipt } from '../evaluate-group.ts';
import { CursorReader, type QueryLine } from './cursor.ts';

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
function rowsOf(whole: boolean, relation: string, amount: string, time: string): string {
  const inSpan = `x.${amount} = a.amount and x.${time} between s.time_from and s.time_to`;
  const rows = whole
    ? `join ${relation} x on ${inSpan}`
    : `cross join lateral (select * from ${relation} x where ${inSpan} offset 0) x`;
  return `from spans s
    join class_amounts a on a.class = s.class
    ${rows}`;
}

export function openOrders(line: QueryLine, whole: boolean): Promise<CursorReader<LoadedOrder>> {
  return new CursorReader<LoadedOrder>(line, 'scope_orders', (row) => ({
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
    ${rowsOf(whole, 'orders', 'price', 'time')}
    where x.order_number is not null
    order by s.id, x.time`);
}

export function openReceipts(line: QueryLine, whole: boolean): Promise<CursorReader<LoadedReceipt>> {
  return new CursorReader<LoadedReceipt>(line, 'scope_receipts', (row) => ({
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
    ${rowsOf(whole, 'fiscal_receipts', 'amount', 'fiscal_time')}
    where x.operation_type = 'sale'
    order by s.id, x.fiscal_time`);
}

export function openPayments(line: QueryLine, whole: boolean): Promise<CursorReader<LoadedPayment>> {
  return new CursorReader<LoadedPayment>(line, 'scope_payments', (row) => ({
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
    select s.id, x.id, x.natural_key || ' ' || x.gateway, ${MS('x.transaction_time')}, x.order_id, x.link_rule, x.ambiguous,
      ${TIYIN('x.amount')}, x.gateway
    ${rowsOf(whole, 'gateway_payments', 'amount', 'transaction_time')}
    where x.payment_status = 'success'
    order by s.id, x.transaction_time`);
}
