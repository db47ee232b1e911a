/**
 * The closed vocabularies of orders (rules.md sections 5.2 and 5.3); what gateways add to them follows from their list.
 */
import { type Gateway, GATEWAYS } from '../ingest/sources/index.ts';

/** A proof that no order claims. */
const GATEWAY_ONLY = GATEWAYS.map((gateway) => `${gateway}_only` as const);

export const ORDER_STATUSES = [
  'unmatched',
  'hw_only',
  'vendhub_only',
  ...GATEWAY_ONLY,
  'fiscal_only',
  'void',
  'matched',
  'fully_matched',
  'fiscal_mismatch',
  'gateway_mismatch',
  'price_mismatch',
  'time_out_of_range',
  'ambiguous_match',
  'number_conflict',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Under these nothing is left to settle; every other status is a problem. */
export const CALM_STATUSES = [
  'unmatched',
  'void',
  'matched',
  'fully_matched',
] as const satisfies readonly OrderStatus[];
export const PROBLEM_STATUSES: readonly OrderStatus[] = ORDER_STATUSES.filter(
  (status) => !(CALM_STATUSES as readonly OrderStatus[]).includes(status),
);

/**
 * Independent issues, then the statuses that also come as an issue when their line of the decision table applies
 * second.
 */
export const ISSUE_CODES = [
  'delivery_failed_but_paid',
  'refund_not_executed',
  'duplicate_receipt',
  'duplicate_payment',
  'excess_receipt',
  'excess_payment',
  'fiscal_amount_diff',
  'gateway_wrong',
  'payment_type_conflict',
  'payment_type_unknown',
  'code_disagrees_with_number',
  'times_disagree',
  'number_conflict',
  'ambiguous_match',
  'vendhub_only',
  'hw_only',
  'price_mismatch',
  'time_out_of_range',
  'fiscal_mismatch',
  'gateway_mismatch',
] as const;

/** Statuses of receipts and successful payments that stand alone. */
export const ALONE_STATUSES = [...GATEWAY_ONLY, 'fiscal_only'] as const satisfies readonly OrderStatus[];

export const PAYMENT_TYPES = ['cash', 'card', 'qr', ...GATEWAYS, 'vip', 'test', 'unknown'] as const;
export type PaymentType = (typeof PAYMENT_TYPES)[number];
/** A receipt must go with these. */
export const COUNTER_TYPES = ['cash', 'card'] as const satisfies readonly PaymentType[];
/** Paid through some gateway: `qr` where the report does not say which. */
export const QR_TYPES = [...GATEWAYS, 'qr'] as const satisfies readonly PaymentType[];
/** Nothing need be paid for these. */
export const FREE_TYPES = ['test', 'vip'] as const satisfies readonly PaymentType[];
/** What reports name. */
export const KNOWN_TYPES = PAYMENT_TYPES.filter((type) => type !== 'unknown');

/** Marks in the list: what imports did to an order (rules.md section 7). */
export const CHANGE_TYPES = ['new', 'updated', 'filled', 'changed'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** Sources whose records are proofs. */
export type ProofSource = 'fiscal_bills' | Gateway;

/** Codes as a list of SQL: `('a', 'b')`. */
export function sqlList(codes: readonly string[]): string {
  return `(${codes.map((code) => `'${code}'`).join(', ')})`;
}
