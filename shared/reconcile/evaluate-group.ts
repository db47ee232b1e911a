/**
 * What one group of equal amounts and overlapping windows comes to (rules.md section 5.1): the assignments of receipts
 * and of payments, then the steps (a) to (c) for what is left, then duplicates. Pure; amounts are whole tiyin (1/100
 * UZS), times whole milliseconds.
 */
import { type Gateway, GATEWAYS } from '../ingest/sources/index.ts';
import { FREE_TYPES, type PaymentType } from '../rules/codes.ts';
import { assign } from './assignment.ts';
import type { Edge } from './connected-pieces.ts';

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

export interface Group {
  orders: GroupOrder[];
  /** sales only */
  receipts: GroupReceipt[];
  /** successful ones only */
  payments: GroupPayment[];
  /** manual links: proof id -> order id, whether or not that order is in the group */
  fixedReceipts: ReadonlyMap<number, number>;
  fixedPayments: ReadonlyMap<number, number>;
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

interface Proof {
  id: number;
  key: string;
  time: number;
  amount: number;
}

/**
 * Candidate pairs of one group beyond which no assignment is sought: a thousand equal sales in one minute. Such a crowd
 * (a faulty or hostile report) is ambiguous as a whole, instead of taking the memory and the time of everybody.
 */
const MAX_CANDIDATE_PAIRS = 2_000_000;

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

/** State before a step: for each order the amounts of the proofs it holds, and which proofs are free. */
interface Snapshot {
  /** where none of them is in this group (a manual link may hold one elsewhere), the order's own price stands for it */
  heldAmounts: number[][];
  /** orders that hold a proof of this kind, in this group or by a manual link to a proof elsewhere */
  holding: boolean[];
  free: number[];
}

/** One kind of proof (receipts or payments) against the orders of the group. */
class Side<P extends Proof> {
  readonly ambiguousOrders = new Set<number>();
  private readonly ambiguousProofs = new Set<number>();
  private readonly orders: GroupOrder[];
  private readonly proofs: P[];
  private readonly windowMs: number;
  private readonly forbidden: ReadonlySet<string>;
  private readonly orderOf: (number | null)[];
  private readonly rule: (LinkRule | null)[];
  private readonly fixedOrders = new Set<number>();

  constructor(
    orders: GroupOrder[],
    proofs: P[],
    windowMs: number,
    fixed: ReadonlyMap<number, number>,
    forbidden: ReadonlySet<string>,
  ) {
    this.orders = orders;
    this.proofs = proofs;
    this.windowMs = windowMs;
    this.forbidden = forbidden;
    this.orderOf = proofs.map((proof) => fixed.get(proof.id) ?? null);
    this.rule = this.orderOf.map((order) => (order === null ? null : 'decision'));
    const fixedIds = new Set(fixed.values());
    orders.forEach((order, at) => {
      if (fixedIds.has(order.id)) this.fixedOrders.add(at);
    });
  }

  private firstAtOrAfter(time: number): number {
    let low = 0;
    let high = this.proofs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.proofs[middle] as P).time < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Proofs inside the order's window: [time - lookback - W, time + W]. */
  private *proofsIn(order: GroupOrder): Generator<number> {
    const end = order.time + this.windowMs;
    for (let at = this.firstAtOrAfter(order.time - order.lookbackMs - this.windowMs); at < this.proofs.length; at++) {
      const proof = this.proofs[at] as P;
      if (proof.time > end) return;
      if (!this.forbidden.has(`${proof.id}:${order.id}`)) yield at;
    }
  }

  /** Orders neither refunded nor unpaid first, then those with what is neither linked nor ambiguous. */
  assignAll(agrees: (order: GroupOrder, proof: P) => boolean): void {
    for (const late of [false, true]) {
      const edges = this.candidatePairs(late, agrees);
      if (edges === null) {
        this.giveUp(late, agrees);
        continue;
      }
      if (edges.length === 0) continue;
      const assignment = assign(this.orders.length, this.proofs.length, edges);
      assignment.proofOf.forEach((proofAt, orderAt) => {
        if (proofAt < 0) return;
        this.orderOf[proofAt] = (this.orders[orderAt] as GroupOrder).id;
        this.rule[proofAt] = 'assigned';
      });
      assignment.ambiguousOrders.forEach((is, at) => is && this.ambiguousOrders.add(at));
      assignment.ambiguousProofs.forEach((is, at) => is && this.ambiguousProofs.add(at));
    }
  }

  /** null when there are too many. */
  private candidatePairs(late: boolean, agrees: (order: GroupOrder, proof: P) => boolean): Edge[] | null {
    const edges: Edge[] = [];
    for (const [orderAt, order] of this.orders.entries()) {
      if (order.late !== late || this.fixedOrders.has(orderAt)) continue;
      for (const proofAt of this.freeProofsIn(order, agrees)) {
        if (edges.length === MAX_CANDIDATE_PAIRS) return null;
        edges.push({ order: orderAt, proof: proofAt, cost: Math.abs(order.time - (this.proofs[proofAt] as P).time) });
      }
    }
    return edges;
  }

  private *freeProofsIn(order: GroupOrder, agrees: (order: GroupOrder, proof: P) => boolean): Generator<number> {
    for (const proofAt of this.proofsIn(order)) {
      if (this.orderOf[proofAt] !== null || this.ambiguousProofs.has(proofAt)) continue;
      if (agrees(order, this.proofs[proofAt] as P)) yield proofAt;
    }
  }

  private giveUp(late: boolean, agrees: (order: GroupOrder, proof: P) => boolean): void {
    this.orders.forEach((order, orderAt) => {
      if (order.late !== late || this.fixedOrders.has(orderAt)) return;
      for (const _first of this.freeProofsIn(order, agrees)) {
        this.ambiguousOrders.add(orderAt);
        break;
      }
    });
    this.orderOf.forEach((orderId, proofAt) => {
      if (orderId === null) this.ambiguousProofs.add(proofAt);
    });
  }

  snapshot(): Snapshot {
    const at = new Map(this.orders.map((order, index) => [order.id, index]));
    const heldAmounts: number[][] = this.orders.map(() => []);
    const holding = this.orders.map((_, index) => this.fixedOrders.has(index));
    this.orderOf.forEach((orderId, proofAt) => {
      const index = orderId === null ? undefined : at.get(orderId);
      if (index === undefined) return;
      heldAmounts[index]?.push((this.proofs[proofAt] as P).amount);
      holding[index] = true;
    });
    holding.forEach((holds, index) => {
      if (holds && heldAmounts[index]?.length === 0) heldAmounts[index].push((this.orders[index] as GroupOrder).price);
    });
    const free = this.proofs
      .map((_, index) => index)
      .filter((index) => this.orderOf[index] === null && !this.ambiguousProofs.has(index));
    return { heldAmounts, holding, free };
  }

  /** The state without the free proofs that are duplicates of what an order near them holds. */
  snapshotOfSingles(near: (a: number, b: number) => boolean): Snapshot {
    const state = this.snapshot();
    const duplicates = this.duplicates(state, near);
    return { ...state, free: state.free.filter((proofAt) => !duplicates.has(proofAt)) };
  }

  /**
   * One of the steps (a) to (c): a free proof is linked if it lies inside the window of exactly one order that the step
   * could serve; of several proofs for one order the nearest, then the earliest, then the lower key.
   */
  linkLeftovers(
    rule: LinkRule,
    state: Snapshot,
    serves: (order: GroupOrder, proof: P) => boolean,
    alsoAmbiguous?: ReadonlySet<number>,
  ): void {
    if (state.free.length === 0) return;
    const free = new Set(state.free);
    const servedBy = new Map<number, number[]>();
    this.orders.forEach((order, orderAt) => {
      if (order.late || state.holding[orderAt] || this.ambiguousOrders.has(orderAt) || alsoAmbiguous?.has(orderAt))
        return;
      for (const proofAt of this.proofsIn(order)) {
        if (!free.has(proofAt) || !serves(order, this.proofs[proofAt] as P)) continue;
        const list = servedBy.get(proofAt);
        if (list === undefined) servedBy.set(proofAt, [orderAt]);
        else list.push(orderAt);
      }
    });
    const best = new Map<number, number>();
    for (const [proofAt, orderAts] of [...servedBy].sort(([a], [b]) => a - b)) {
      const orderAt = orderAts[0] as number;
      if (orderAts.length !== 1) continue;
      const rival = best.get(orderAt);
      if (rival === undefined || this.distance(orderAt, proofAt) < this.distance(orderAt, rival))
        best.set(orderAt, proofAt);
    }
    for (const [orderAt, proofAt] of best) {
      this.orderOf[proofAt] = (this.orders[orderAt] as GroupOrder).id;
      this.rule[proofAt] = rule;
    }
  }

  private distance(orderAt: number, proofAt: number): number {
    return Math.abs((this.orders[orderAt] as GroupOrder).time - (this.proofs[proofAt] as P).time);
  }

  /** Orders that are the nearest holder of such a proof to some proof left over in their window. */
  ordersWithDuplicates(near: (a: number, b: number) => boolean): Set<number> {
    return new Set(this.duplicates(this.snapshot(), near).values());
  }

  /** Each free proof in the window of an order that holds one of its amount, with the nearest such order. */
  private duplicates(state: Snapshot, near: (a: number, b: number) => boolean): Map<number, number> {
    const nearest = new Map<number, number>();
    if (state.free.length === 0) return nearest;
    const free = new Set(state.free);
    this.orders.forEach((order, orderAt) => {
      const held = state.heldAmounts[orderAt] as number[];
      if (held.length === 0) return;
      for (const proofAt of this.proofsIn(order)) {
        if (!free.has(proofAt) || !held.some((amount) => near((this.proofs[proofAt] as P).amount, amount))) continue;
        const rival = nearest.get(proofAt);
        if (rival === undefined || this.distance(orderAt, proofAt) < this.distance(rival, proofAt))
          nearest.set(proofAt, orderAt);
      }
    });
    return nearest;
  }

  outcomes(): ProofOutcome[] {
    return this.proofs.map((_, at) => ({
      orderId: this.orderOf[at] ?? null,
      rule: this.rule[at] ?? null,
      ambiguous: this.ambiguousProofs.has(at),
    }));
  }
}
