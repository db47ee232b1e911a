/** The closed vocabularies of orders (rules.md sections 5.2 and 5.3). */

export const ORDER_STATUSES = [
  'unmatched',
  'hw_only',
  'vendhub_only',
  'payme_only',
  'click_only',
  'uzum_only',
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
export const CALM_STATUSES = ['unmatched', 'void', 'matched', 'fully_matched'] as const satisfies readonly OrderStatus[];

/** Independent issues, then the statuses that also come as an issue when their line of the decision table applies second. */
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

export const PAYMENT_TYPES = ['cash', 'card', 'qr', 'payme', 'click', 'uzum', 'vip', 'test', 'unknown'] as const;

/** Marks in the list: what imports did to an order (rules.md section 7). */
export const CHANGE_TYPES = ['new', 'updated', 'filled', 'changed'] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

export const GATEWAYS = ['payme', 'click', 'uzum'] as const;
export type Gateway = (typeof GATEWAYS)[number];
/** Sources whose records are proofs. */
export type ProofSource = 'fiscal_bills' | Gateway;
