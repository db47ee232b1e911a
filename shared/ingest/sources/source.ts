/**
 * The contract of a source: one producer of reports (rules.md section 2). A source is data; recognising,
 * normalising, staging, merging, reconciliation, sums and the API all read the same definition, so adding one is adding
 * a file beside this and a line in index.ts (plus a migration for its columns, or for the name of a gateway and its
 * status).
 */
import type { sources } from './index.ts';

export type SourceName = keyof typeof sources;

/** States of a gateway payment, in the order in which they only move forward (rules.md section 7). */
export const GATEWAY_STATES = ['unknown', 'pending', 'success', 'cancelled'] as const;

/** Tables that hold canonical records. The gateways share one and differ by its column `gateway`. */
export type RecordTable = 'happy_workers_orders' | 'vendhub_sales' | 'fiscal_receipts' | 'gateway_payments';

/**
 * How a cell becomes a value (rules.md section 4).
 * - text: kept as it is, trimmed; nulls as listed there
 * - code: an identifier: like text, inner blanks dropped, lower case (machine codes)
 * - int: a whole number
 * - money: UZS as an exact decimal, two places at most, never a float
 * - timestamp: Tashkent wall clock unless the value carries an offset
 * - date: a calendar day
 * - payment_type, order_type, payment_status, brew_status, gateway_state, receipt_operation: a closed
 *   vocabulary; a spelling outside it keeps its raw text (payment_type, order_type, brew_status) or
 *   becomes `unknown` (payment_status, gateway_state) or `other` (receipt_operation)
 */
export type FieldType =
  | 'text'
  | 'code'
  | 'int'
  | 'money'
  | 'timestamp'
  | 'date'
  | 'payment_type'
  | 'order_type'
  | 'payment_status'
  | 'brew_status'
  | 'gateway_state'
  | 'receipt_operation';

export interface SourceField {
  /** Canonical name, snake_case, as rules.md section 2 lists it; the API shows it in camelCase. */
  name: string;
  /** Column of the record table; null = recognised, but not kept (a row's position in one export). */
  column: string | null;
  type: FieldType;
  /** R = needed to recognise the file and to use a row, r = expected, o = optional. */
  need: 'R' | 'r' | 'o';
  /**
   * All header spellings as they appear in reports, English and Russian; compared after normalisation. The first that a
   * file has wins.
   */
  headers: readonly string[];
  /**
   * A number or code that names something: compared character by character, so what nobody sees is dropped (rules.md
   * 4.1).
   */
  identifier?: true;
  /** Its values look like nothing else: only for what an unknown column may be, recognising stays exact. */
  looksLike?: RegExp;
  /** Vocabulary whose values only move forward between imports (rules.md section 7). */
  forwardOnly?: readonly string[];
  /**
   * Digits of a fixed-width code. One digit fewer = a spreadsheet ate the leading zero: it is padded, the raw text
   * stays in the extra data.
   */
  digits?: number;
  /** Value of every row of a file that has no such column at all, and the warning that says so. */
  whenAbsent?: { value: string; warning: string };
}

/**
 * A row that says nothing of it, in a column or for want of one, has a word all the same, which is no more than a guess
 * beside what another report says. States that only move forward see to that by themselves.
 */
export function mayBeUnsaid({ type }: SourceField): boolean {
  return type === 'receipt_operation';
}

/** Two reports may say the same of it, one of them less of it (rules.md 4.1). */
export function canBeCoarse(field: SourceField): boolean {
  return field.type === 'timestamp' || field.type === 'money' || mayBeUnsaid(field);
}

/**
 * An example of a report that loads cleanly: the real headers in their real order, and rows as the system writes them.
 * All is made up.
 */
export interface Template {
  sheet: string;
  header: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface Source {
  name: SourceName;
  table: RecordTable;
  /** Of a gateway: how reports of orders spell it as a kind of payment. */
  paymentWords?: readonly string[];
  /** Order is the column order of staging rows. */
  fields: readonly SourceField[];
  /** Canonical names of fields whose headers occur in no other source (rules.md section 3), or single headers. */
  exclusiveHeaders: readonly string[];
  /** Canonical field whose value is the row's time for coverage. */
  timeField: string;
  /** Canonical field whose value is checked by the tiyin guard; null = not a payment file. */
  amountField: string | null;
  /**
   * The natural key, its parts joined by ':' (rules.md section 2). happy_workers: number + ':' + machine, and for cart
   * orders number:machine:goods:taste: with a trailing ':' to which the merge appends the n-th occurrence.
   */
  naturalKey(values: CanonicalValues): string;
  /**
   * A check across fields, e.g. cash + card = amount. `unreadable` holds the fields whose cells were given up; they are
   * null.
   */
  checkRow?(values: CanonicalValues, unreadable: ReadonlySet<string>): RowCheck | null;
  /** Changes values that depend on other fields of the row, before the key is made and the row checked. */
  adjustRow?(values: CanonicalValues): void;
  /** A second clock inside the row, which shows in what zone the file was written. */
  clock?: SourceClock;
  /** To be downloaded by who makes such a report by hand; a test loads it. */
  template: Template;
}

/** What a check across fields found: a row with an error is refused, one with a warning loads and is named. */
export interface RowCheck {
  field: string;
  code: string;
  severity: 'error' | 'warning';
  params?: Record<string, string | number>;
}

export interface SourceClock {
  /** The row's time minus what the second clock says it should be; null = not readable in this row. */
  differenceSeconds(values: CanonicalValues): number | null;
  /**
   * A file whose median difference is this many hours (10 min more or less) is shifted back by them; null = only warn.
   */
  shiftHours: number | null;
}

/**
 * Normalised values by canonical name: text ready for the database (timestamps with offset, money as decimal text) or
 * null.
 */
export type CanonicalValues = Record<string, string | null>;
