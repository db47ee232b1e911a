/** The HTTP contract as the page sees it (prefix /api/v1; times ISO 8601 with offset, money decimal text, ids text). */

export type Role = 'viewer' | 'operator' | 'finance' | 'admin';
export type SourceName = 'happy_workers' | 'vendhub' | 'fiscal_bills' | 'payme' | 'click' | 'uzum';
export type SessionStatus = 'queued' | 'processing' | 'completed' | 'completed_with_errors' | 'failed' | 'cancelled';
export type FileStatus = SessionStatus | 'needs_mapping' | 'duplicate';
export type FilePhase = 'waiting' | 'detecting' | 'reading' | 'merging' | 'reconciling' | 'done';
export type ProcessingMode = 'queue' | 'in-process';
export type ChangeType = 'new' | 'updated' | 'filled' | 'changed';

export const SOURCES: readonly SourceName[] = ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'];
export const ORDER_STATUSES = [
  'hw_only',
  'vendhub_only',
  'number_conflict',
  'price_mismatch',
  'gateway_mismatch',
  'fiscal_mismatch',
  'time_out_of_range',
  'ambiguous_match',
  'payme_only',
  'click_only',
  'uzum_only',
  'fiscal_only',
  'matched',
  'fully_matched',
  'void',
  'unmatched',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
/** Statuses under which nothing is left to settle. */
export const CALM_STATUSES: readonly string[] = ['fully_matched', 'matched', 'void', 'unmatched'];
/** Independent issues; a line of the decision table that applies second also comes as an issue, under its status code. */
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
export const CHANGE_TYPES: readonly ChangeType[] = ['new', 'updated', 'filled', 'changed'];
export const RESOLUTIONS = ['valid', 'duplicate', 'test', 'refund', 'system_error', 'timing', 'other'] as const;

/** What is stored is code and parameters; message and hint come worded in Russian or English. */
export interface CodedText {
  code: string;
  params?: Record<string, string | number | null>;
  message?: string;
  hint?: string | null;
}

export interface User {
  id: string;
  email?: string | null;
  name?: string | null;
  role: Role;
}

export interface SignedIn {
  accessToken: string;
  /** seconds */
  expiresIn: number;
  user: User;
}

/** Lists: keyset, never offset. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

export interface RowTotals {
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

/** `filled` and `changed` count fields, the others rows. */
export interface RowCounts extends RowTotals {
  filled: number;
  changed: number;
}

export interface FileItem {
  id: string;
  sessionId: string;
  parentId: string | null;
  memberPath: string | null;
  name: string;
  sizeBytes: number;
  sha256: string;
  format: string | null;
  source: SourceName | null;
  sourceConfidence: number | null;
  status: FileStatus;
  phase: FilePhase;
  mode: ProcessingMode | null;
  run: number;
  progress: number;
  rows: RowCounts;
  /** Only while it is read, from progress events. */
  rowsRead?: number;
  rowsStaged?: number;
  periodFrom: string | null;
  periodTo: string | null;
  duplicateOf: string | null;
  error: CodedText | null;
  warnings: CodedText[];
  createdAt: string;
  createdBy: string | UserRef | null;
  createdByName?: string | null;
  ordersChanged: number | null;
  openErrors: number | null;
  corrects: string | null;
  correctedBy: string | null;
}

export interface UserRef {
  id: string;
  name?: string | null;
  email?: string | null;
}

export interface RecognisedColumn {
  header: string;
  field: string | null;
  style: string | null;
  evidence: string | null;
}

export interface Recognition {
  strength: number | null;
  runnerUp: { source: SourceName; strength: number } | null;
  missing: string[];
  unknown: string[];
  headerRow: number | null;
  sheet: string | null;
  delimiter: string | null;
  encoding: string | null;
  columns: RecognisedColumn[];
  question: (CodedText & { candidates?: SourceName[] }) | null;
  drift: unknown;
  preview: (string | null)[][];
}

export interface FileDetail extends FileItem {
  recognition: Recognition | null;
}

export interface Session {
  id: string;
  status: SessionStatus;
  mode: ProcessingMode | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  createdBy: string | UserRef | null;
  createdByName?: string | null;
  totalFiles: number;
  processedFiles: number;
  totals: RowTotals;
  progress: number;
  files: FileItem[];
}

export interface RowError {
  row: number;
  sheet: string | null;
  column: string | null;
  field: string | null;
  code: string;
  value: string | null;
  message: string;
  params?: Record<string, string | number | null>;
}

export interface ErrorGroup extends CodedText {
  column: string | null;
  field: string | null;
  count: number;
  /** of them not yet mended by a later file */
  open: number;
  samples: { row: number; sheet: string | null; value: string | null }[];
}

export interface LegRef {
  recordId: string;
  key: string;
  fileId: string;
  row: number;
  more?: LegRef[];
}

/** In one order a leg also carries every canonical field of its source in camelCase. */
export type Leg = LegRef & Record<string, unknown>;

/** The last time an import filled or changed one field of one record. */
export interface FieldChange {
  source: SourceName;
  field: string;
  changeType: 'filled' | 'changed';
  oldValue: string | null;
  newValue: string | null;
  changedAt: string;
}

export interface Order {
  id: string;
  orderNumber: string | null;
  machineCode: string | null;
  machineName: string | null;
  status: OrderStatus;
  pending: boolean;
  settled: boolean;
  issues: string[];
  paymentType: string | null;
  price: string | null;
  time: string | null;
  goodsName: string | null;
  version: number;
  /** What the last import that touched it did. */
  lastChange?: 'new' | 'updated' | 'filled' | null;
  decision: Decision | null;
  legs: Record<SourceName, Leg | null>;
  /** In lists: fields that imports filled or changed, those of the filter where it names one. */
  changes?: FieldChange[];
}

export interface Decision {
  id: string;
  kind: 'link' | 'unlink' | 'accept';
  resolution: string | null;
  note: string;
  recordId?: string | null;
  /** An underlying row changed: shown, and no longer acting. */
  stale: boolean;
  createdAt: string;
  createdBy: string | UserRef | null;
  createdByName?: string | null;
}

export interface OrderTotals {
  count: number;
  sum: string;
}

export interface Limits {
  maxFiles: number;
  maxFileBytes: number;
  maxRequestBytes?: number;
  formats: string[];
}

export interface Readiness {
  status: string;
  [key: string]: unknown;
}

/** A record that is close, and how far it is: deltas are the proof's less the order's. Near a proof these are orders. */
export interface NearMiss {
  recordId: string;
  source: SourceName;
  key: string;
  amount: string;
  time: string;
  amountDelta: string;
  timeDeltaS: number;
  /** the row of orders it stands in */
  orderId: string;
  reason: CodedText;
  orderNumber?: string;
  status?: OrderStatus;
}

/** Why an order has its status: the line of the decision table and the figures it was judged by. */
export interface Why {
  rule: string;
  message: string;
  differences: CodedText[];
  coverage: { source: SourceName; from: string; to: string; covered: boolean }[];
  candidates: NearMiss[];
  nearMisses: NearMiss[];
  windows: { hwVendhubS: number; fiscalS: number; gatewayS: number };
}

export interface OrderDetail extends Order {
  why: Why;
  /** those that act first, then stale ones */
  decisions: Decision[];
}

export interface CountAndSum {
  count: number;
  sum: string;
}

export interface Summary {
  from: string | null;
  to: string | null;
  total: CountAndSum;
  pending: CountAndSum;
  settled: CountAndSum;
  byStatus: (CountAndSum & { status: OrderStatus })[];
  byIssue: (CountAndSum & { issue: string })[];
  bySource: (CountAndSum & { source: SourceName })[];
  byMachine: (CountAndSum & { machineCode: string | null; machineName: string | null; problems: number })[];
  byDay: (CountAndSum & { day: string; problems: number })[];
  coverage: { source: SourceName; ranges: { from: string; to: string }[]; days: { day: string; rows: number }[] }[];
  histograms: Histogram[];
}

/** Time differences of one pair of sources in seconds. */
export interface Histogram {
  pair: string;
  toleranceS: number;
  matchedAt2x: number;
  /** null = open end */
  buckets: { fromS: number | null; toS: number | null; count: number }[];
}
