/**
 * A world: everything the reports of one operator say, as canonical records split into files, with the settings under
 * which it is reconciled. The plain reference reads it directly; render-reports.ts writes it as the operator's csv
 * files.
 *
 * Times are whole seconds since the epoch. Money is so'm (UZS) with two decimals at most.
 */
export const GATEWAYS = ['payme', 'click', 'uzum'] as const;
export type Gateway = (typeof GATEWAYS)[number];
export type WorldSource = 'happy_workers' | 'vendhub' | 'fiscal_bills' | Gateway;

/** `unknown` = the report says something that is not in the table of rules.md 4. */
export type PaymentType = 'cash' | 'card' | 'qr' | Gateway | 'vip' | 'test' | 'unknown';

export interface HwRow {
  source: 'happy_workers';
  /** order_number:machine_code; of cart orders order_number:machine_code:goods:taste:n (rules.md 2.1). */
  key: string;
  orderNumber: string;
  machineCode: string;
  goodsName: string;
  orderResource: PaymentType | null;
  orderType: 'normal' | 'cart';
  paymentStatus: 'paid' | 'refunded' | 'unpaid' | 'unknown';
  brewStatus: 'delivered' | 'failed' | 'not_delivered';
  price: number;
  creationTime: number;
  payingTime: number | null;
  deliveryTime: number | null;
  refundTime: number | null;
}

export interface VhRow {
  source: 'vendhub';
  /** report_id. */
  key: string;
  orderNumber: string;
  machineCode: string;
  goodsName: string;
  paymentType: PaymentType;
  /** What the column order_resource says; no rule may look at it. */
  orderResource: PaymentType;
  price: number;
  eventTime: number;
}

export interface Receipt {
  source: 'fiscal_bills';
  /** fiscal_module:fiscal_check_number. */
  key: string;
  module: string;
  checkNumber: string;
  time: number;
  operation: 'sale' | 'return' | 'other';
  cashAmount: number;
  cardAmount: number;
  amount: number;
}

export interface Payment {
  source: Gateway;
  /** The gateway's transaction id. */
  key: string;
  time: number;
  amount: number;
  state: 'success' | 'cancelled' | 'pending' | 'unknown';
}

export type Proof = Receipt | Payment;
export type WorldRecord = HwRow | VhRow | Proof;

/** Both ends belong to it. */
export interface Range {
  from: number;
  to: number;
}

export interface WorldFile {
  /** Unique within the world, ends in .csv. */
  name: string;
  source: WorldSource;
  records: WorldRecord[];
  /** The period that the report states about itself; only the Payme register does (rules.md 2.4). */
  period?: Range;
}

export interface WorldConfig {
  hwVendhubWindowS: number;
  fiscalWindowS: number;
  gatewayWindowS: number;
  amountTolerance: number;
}

/** What a person decided about one pair (rules.md 5.3, settling by hand). `proof` is a proofId. */
export interface WorldDecision {
  kind: 'link' | 'unlink';
  orderNumber: string;
  proof: string;
}

export interface World {
  files: WorldFile[];
  config: WorldConfig;
  decisions?: WorldDecision[];
}

export const DEFAULT_WORLD_CONFIG: WorldConfig = {
  hwVendhubWindowS: 60,
  fiscalWindowS: 60,
  gatewayWindowS: 60,
  amountTolerance: 0.01,
};

/** Names a proof in results and decisions: source:natural key. */
export function proofId(proof: Proof): string {
  return `${proof.source}:${proof.key}`;
}

/** The time by which a record counts for its report's coverage (rules.md 5.3). */
export function recordTime(record: WorldRecord): number {
  if (record.source === 'happy_workers') return record.creationTime;
  if (record.source === 'vendhub') return record.eventTime;
  return record.time;
}

/** Text order by code unit, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
