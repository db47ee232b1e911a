/**
 * The decision table (rules.md 5.3): the status of an order or of a proof that stands alone, and its issues. Conditions
 * are SQL on the facts that decide.ts works out of the records, so that a million orders are judged in one statement;
 * the sentence of a line stands in texts/order-why.ts under its number.
 */
import type { RuleCode } from '../texts/tables.ts';
import { COUNTER_TYPES, FREE_TYPES, type ISSUE_CODES, type OrderStatus, QR_TYPES, sqlList } from './codes.ts';

type IssueCode = (typeof ISSUE_CODES)[number];

export interface DecisionRule {
  /** its line in rules.md 5.3 */
  no: RuleCode;
  when: string;
  /** `alone`: by what stands alone, see ALONE */
  status: OrderStatus | 'alone';
  /** under which condition it may still change by a report that is not loaded; absent = never */
  pending?: string;
  /** the status is an issue too, where a line before gave another one */
  isIssue?: true;
}

export interface IssueRule {
  code: IssueCode;
  when: string;
}

const type = (codes: readonly string[]): string => `payment_type in ${sqlList(codes)}`;
const counter = type(COUNTER_TYPES);
const qr = type(QR_TYPES);

/**
 * What the records of the order itself say. The first that applies gives the status; where none does, the first of
 * PROOF_RULES.
 */
export const RECORD_RULES: readonly DecisionRule[] = [
  { no: '1', when: 'machine_conflict and proof_source is null', status: 'number_conflict' },
  { no: '2', when: 'ambiguous', status: 'ambiguous_match', isIssue: true },
  {
    no: '3',
    when: 'proof_source is null and not has_hw',
    status: 'vendhub_only',
    pending: 'not hw_covered',
    isIssue: true,
  },
  {
    no: '4',
    when: 'proof_source is not null',
    status: 'alone',
    pending: 'not is_void and not (alone_in_hw and alone_in_vh)',
  },
  { no: '5', when: 'has_hw and not has_vh and vh_covered', status: 'hw_only', isIssue: true },
  { no: '6', when: 'not has_vh', status: 'hw_only', pending: 'true' },
  { no: '7', when: 'price_differs', status: 'price_mismatch', isIssue: true },
  { no: '8', when: 'time_outside', status: 'time_out_of_range', isIssue: true },
];

/**
 * What proves the payment. Judged for each order, also where its records do not agree; only the first that applies
 * counts.
 */
export const PROOF_RULES: readonly DecisionRule[] = [
  { no: '9', when: type(FREE_TYPES), status: 'fully_matched' },
  { no: '9a', when: 'unpaid', status: 'fully_matched' },
  { no: '10', when: 'refunded', status: 'fully_matched' },
  { no: '11', when: `${counter} and receipt_agrees`, status: 'fully_matched' },
  { no: '12', when: `${counter} and proof_covered`, status: 'fiscal_mismatch', isIssue: true },
  { no: '13', when: `payment_type <> 'qr' and ${qr} and payment_agrees`, status: 'fully_matched' },
  { no: '14', when: `payment_type = 'qr' and payment_agrees`, status: 'fully_matched' },
  { no: '15', when: `${qr} and proof_covered`, status: 'gateway_mismatch', isIssue: true },
  { no: '16', when: `${type([...COUNTER_TYPES, ...QR_TYPES])}`, status: 'matched', pending: 'true' },
  { no: '17', when: 'true', status: 'matched' },
];

/** The status of a proof that stands alone. */
export const ALONE = `case
        when is_void then 'void'
        when proof_source = 'fiscal_bills' then 'fiscal_only'
        else proof_source || '_only'
      end`;

/** Issues beside the status, each by itself; those that the assignment finds stand in `flags`. */
export const ISSUE_RULES: readonly IssueRule[] = [
  { code: 'delivery_failed_but_paid', when: `brew_failed and not ${type(FREE_TYPES)}` },
  { code: 'refund_not_executed', when: `refunded and (live or ambiguous and ${qr})` },
  {
    code: 'excess_receipt',
    when:
      `(sales > 0 and (${type([...QR_TYPES, ...FREE_TYPES])} or unpaid) ` +
      `or refunded and ${counter} and sales > returns)`,
  },
  { code: 'excess_payment', when: `live and (${type([...COUNTER_TYPES, ...FREE_TYPES])} or unpaid)` },
  { code: 'fiscal_amount_diff', when: `${counter} and sales > 0 and not receipt_agrees` },
  { code: 'gateway_wrong', when: 'other_gateway' },
  { code: 'payment_type_conflict', when: 'type_conflict' },
  { code: 'payment_type_unknown', when: 'type_unknown' },
  { code: 'code_disagrees_with_number', when: 'code_disagrees' },
  { code: 'times_disagree', when: 'times_disagree' },
];

/** Every line in its order. */
export const DECISION_TABLE: readonly DecisionRule[] = [...RECORD_RULES, ...PROOF_RULES];
