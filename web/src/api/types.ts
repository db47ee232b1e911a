import type { Shape } from '../../../client/shapes.ts';

/** The HTTP contract as the page sees it (prefix /api/v1; times ISO 8601 with offset, money decimal text, ids text). */

export type Role = Shape<'User'>['role'];
export type SourceName = Shape<'Limits'>['sources'][number];
export type ProcessingMode = NonNullable<Shape<'Session'>['mode']>;
export type ChangeType = 'new' | 'updated' | 'filled' | 'changed';

/** A kind of payment and a status bear the name of each. */
export const GATEWAYS = ['payme', 'click', 'uzum'] as const satisfies readonly SourceName[];
export const SOURCES: readonly SourceName[] = ['happy_workers', 'vendhub', 'fiscal_bills', ...GATEWAYS];
const GATEWAY_ONLY = GATEWAYS.map((gateway) => `${gateway}_only` as const);
export const ORDER_STATUSES = [
  'hw_only',
  'vendhub_only',
  'number_conflict',
  'price_mismatch',
  'gateway_mismatch',
  'fiscal_mismatch',
  'time_out_of_range',
  'ambiguous_match',
  ...GATEWAY_ONLY,
  'fiscal_only',
  'matched',
  'fully_matched',
  'void',
  'unmatched',
] as const;
/** Statuses under which nothing is left to settle. */
export const CALM_STATUSES: readonly string[] = ['fully_matched', 'matched', 'void', 'unmatched'];
/**
 * Independent issues; a line of the decision table that applies second also comes as an issue, under its status code.
 */
export const ISSUES = [
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
export const PAYMENT_TYPES = ['cash', 'card', 'qr', ...GATEWAYS, 'vip', 'test', 'unknown'] as const;
export const CHANGE_TYPES: readonly ChangeType[] = ['new', 'updated', 'filled', 'changed'];
/** Why a proof does not agree: missing, apart from there and other. */
export const REASONS = ['no_receipt', 'receipt_differs', 'no_payment', 'payment_differs'] as const;
export const RESOLUTIONS = ['valid', 'duplicate', 'test', 'refund', 'system_error', 'timing', 'other'] as const;

/**
 * What is stored is code and parameters; message and hint come worded by the server. Looser than the contract's: the
 * page makes some of its own, where the server could not be reached.
 */
type FileWarning = Shape<'File'>['warnings'][number];
export type CodedText = Pick<FileWarning, 'code'> & Partial<FileWarning>;

export type User = Shape<'User'>;
export type SignedIn = Shape<'SignedIn'>;

/** Lists: keyset, never offset. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type RowTotals = Shape<'RowTotals'>;

/** rowsRead and rowsStaged come only while it is read, from progress events. */
export type PreviewReceipt = NonNullable<NonNullable<Shape<'File'>['preview']>['result']>;
export type FileItem = Shape<'File'> & { rowsRead?: number; rowsStaged?: number };
export type FileDetail = FileItem & Pick<Shape<'FileDetail'>, 'recognition'>;
export type Session = Omit<Shape<'Session'>, 'files'> & { files: FileItem[] };
/** A run that takes files back, dry or for real. */
export type Undo = Shape<'Undo'>;
export type ErrorGroup = Shape<'ErrorGroup'>;

/** In one order a leg also carries every canonical field of its source in camelCase. */
/** `origins` only in full: fields whose value another row gave than the one that the record was made from. */
export type Leg = Shape<'LegRecord'> & { more?: Leg[]; origins?: Record<string, Shape<'ValueOrigin'>> } & Record<
    string,
    unknown
  >;
/** The last time an import filled or changed one field of one record. */
export type FieldChange = Shape<'FieldChange'>;
export type Order = Omit<Shape<'Order'>, 'legs' | 'changes'> & {
  legs: Record<SourceName, Leg | null>;
  changes?: FieldChange[];
};
export type Decision = NonNullable<Shape<'Order'>['decision']>;
export type Limits = Shape<'Limits'>;
export type Readiness = Shape<'Readiness'>;
/**
 * A record that is close, and how far it is: deltas are the proof's less the order's. Near a proof these are orders.
 */
export type NearMiss = Shape<'NearRecord'>;
export type OrderDetail = Order & Pick<Shape<'OrderDetail'>, 'why' | 'decisions'>;
export type CountAndSum = Shape<'CountAndSum'>;
export type Summary = Shape<'Summary'>;
/** Time differences of one pair of sources in seconds. */
export type Histogram = Shape<'Histogram'>;
