/**
 * What one group of equal amounts and overlapping windows comes to (rules.md section 5.1): the assignments of receipts
 * and of payments, then the steps (a) to (c) for what is left, then duplicates. Pure; amounts are whole tiyin (1/100
 * UZS), times whole milliseconds.
 */
import { type Gateway, GATEWAYS } from '../ingest/sources/index.ts';
import { FREE_TYPES, type PaymentType } from '../rules/codes.ts';
import { Side } from './group-side.ts';

export interface GroupOrder {
  id: number;
  /** the order number: breaks ties of time */
  key: string;
  time: number;
  /** how much further back its window reaches: 100 s without an HW row, else 0 */
  lookbackMs: number;
  price: number;
  type: PaymentType;
  /** refunded or unpaid: assigned after all others, and served by no step */
  late: boolean;
}

export interface GroupReceipt {
  id: number;
  key: string;
  time: number;
  amount: number;
  cash: number;
  card: number;
}

export interface GroupPayment {
  id: number;
  key: string;
  time: number;
  amount: number;
  gateway: Gateway;
}

/** By hand, of this group or not. */
export interface FixedLinks {
  /** proof id -> order id */
  orderOf: Map<number, number>;
  /** order id -> amounts of its proofs */
  amountsOf: Map<number, number[]>;
}

export const noFixedLinks = (): FixedLinks => ({ orderOf: new Map(), amountsOf: new Map() });

export interface Group {
  orders: GroupOrder[];
  /** sales only */
  receipts: GroupReceipt[];
  /** successful ones only */
  payments: GroupPayment[];
  fixedReceipts: FixedLinks;
  fixedPayments: FixedLinks;
  /** manual unlinks as `${proofId}:${orderId}` */
  forbiddenReceipts: ReadonlySet<string>;
  forbiddenPayments: ReadonlySet<string>;
}

export interface GroupRules {
  fiscalWindowMs: number;
  gatewayWindowMs: number;
  /** in tiyin */
  amountTolerance: number;
}

export type LinkRule = 'assigned' | 'decision' | 'gateway_wrong' | 'other_column' | 'excess';

export interface ProofOutcome {
  orderId: number | null;
  rule: LinkRule | null;
  ambiguous: boolean;
}

export interface GroupOutcome {
  receipts: ProofOutcome[];
  payments: ProofOutcome[];
  orders: { ambiguous: boolean; duplicateReceipt: boolean; duplicatePayment: boolean }[];
}

const NAMED_GATEWAYS: ReadonlySet<string> = new Set(GATEWAYS);
const FREE: ReadonlySet<string> = new Set(FREE_TYPES);

const byTime = (a: { time: number; key: string }, b: { time: number; key: string }): number =>
  a.time - b.time || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Sorts the group's lists in place (time, then key) and evaluates it; outcomes stand in the sorted order. */
export function evaluateGroup(group: Group, rules: GroupRules): GroupOutcome {
  group.orders.sort(byTime);
  group.receipts.sort(byTime);
  group.payments.sort(byTime);
  const near = (a: number, b: number): boolean => a !== 0 && b !== 0 && Math.abs(a - b) <= rules.amountTolerance;

  const receipts = new Side(
    group.orders,
    group.receipts,
    rules.fiscalWindowMs,
    group.fixedReceipts,
    group.forbiddenReceipts,
  );
  const payments = new Side(
    group.orders,
    group.payments,
    rules.gatewayWindowMs,
    group.fixedPayments,
    group.forbiddenPayments,
  );
  const agreeingReceipt = (order: GroupOrder, receipt: GroupReceipt): boolean =>
    (order.type === 'cash' && near(receipt.cash, order.price)) ||
    (order.type === 'card' && near(receipt.card, order.price));
  const agreeingPayment = (order: GroupOrder, payment: GroupPayment): boolean =>
    near(payment.amount, order.price) && (order.type === 'qr' || order.type === payment.gateway);
  receipts.assignAll(agreeingReceipt);
  payments.assignAll(agreeingPayment);

  // a proof of the right kind at the right amount, yet from another gateway or in the other column
  payments.linkLeftovers(
    'gateway_wrong',
    payments.snapshot(),
    (order, payment) =>
      NAMED_GATEWAYS.has(order.type) && order.type !== payment.gateway && near(payment.amount, order.price),
  );
  receipts.linkLeftovers(
    'other_column',
    receipts.snapshot(),
    (order, receipt) =>
      (order.type === 'cash' && near(receipt.card, order.price)) ||
      (order.type === 'card' && near(receipt.cash, order.price)),
  );

  // A proof of a kind that the order's type has no use for, whether or not the order holds what it does need:
  // fiscalised twice, paid twice. Only duplicates are kept out.
  receipts.linkLeftovers(
    'excess',
    receipts.snapshotOfSingles(near),
    (order, receipt) =>
      (NAMED_GATEWAYS.has(order.type) || order.type === 'qr' || FREE.has(order.type)) &&
      near(receipt.amount, order.price),
    payments.ambiguousOrders,
  );
  payments.linkLeftovers(
    'excess',
    payments.snapshotOfSingles(near),
    (order, payment) =>
      (order.type === 'cash' || order.type === 'card' || FREE.has(order.type)) && near(payment.amount, order.price),
    receipts.ambiguousOrders,
  );

  const duplicateReceipts = receipts.ordersWithDuplicates(near);
  const duplicatePayments = payments.ordersWithDuplicates(near);
  return {
    receipts: receipts.outcomes(),
    payments: payments.outcomes(),
    orders: group.orders.map((_, at) => ({
      ambiguous: receipts.ambiguousOrders.has(at) || payments.ambiguousOrders.has(at),
      duplicateReceipt: duplicateReceipts.has(at),
      duplicatePayment: duplicatePayments.has(at),
    })),
  };
}
