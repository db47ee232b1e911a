/**
 * One kind of proof (receipts or payments) against the orders of a group: who is assigned, what is left over, and what
 * is a duplicate (rules.md section 5.1). evaluate-group.ts says in which order, and what agrees with what.
 */
import { assign } from './assignment.ts';
import type { Edge } from './connected-pieces.ts';
import type { FixedLinks, GroupOrder, LinkRule, ProofOutcome } from './evaluate-group.ts';

interface Proof {
  id: number;
  key: string;
  time: number;
  amount: number;
}

/**
 * Candidate pairs of one run beyond which no assignment is sought: a thousand equal sales in one minute. Such a crowd
 * (a faulty or hostile report) is ambiguous as a whole, instead of taking the memory and the time of everybody. A run
 * is told by shared proofs alone, so it hangs neither on what else the group holds nor on who evaluates it.
 */
const MAX_CANDIDATE_PAIRS = 2_000_000;

/** State before a step: for each order the amounts of the proofs it holds, and which proofs are free. */
interface Snapshot {
  /** also of what a manual link holds elsewhere */
  heldAmounts: number[][];
  /** orders that hold a proof of this kind, in this group or by a manual link to a proof elsewhere */
  holding: boolean[];
  free: number[];
}

/** Orders by where they stand, in their order, and the proofs from..to (without) in their windows. */
interface Run {
  orders: number[];
  from: number;
  to: number;
}

/** The lists are in (time, key) order, and outcomes stand in it too. */
export class Side<P extends Proof> {
  readonly ambiguousOrders = new Set<number>();
  private readonly ambiguousProofs = new Set<number>();
  private readonly orders: GroupOrder[];
  private readonly proofs: P[];
  private readonly windowMs: number;
  private readonly forbidden: ReadonlySet<string>;
  private readonly orderOf: (number | null)[];
  private readonly rule: (LinkRule | null)[];
  private readonly fixedOrders = new Set<number>();
  private readonly fixedAmounts: ReadonlyMap<number, readonly number[]>;

  constructor(orders: GroupOrder[], proofs: P[], windowMs: number, fixed: FixedLinks, forbidden: ReadonlySet<string>) {
    this.orders = orders;
    this.proofs = proofs;
    this.windowMs = windowMs;
    this.forbidden = forbidden;
    this.fixedAmounts = fixed.amountsOf;
    this.orderOf = proofs.map((proof) => fixed.orderOf.get(proof.id) ?? null);
    this.rule = this.orderOf.map((order) => (order === null ? null : 'decision'));
    orders.forEach((order, at) => {
      if (fixed.amountsOf.has(order.id)) this.fixedOrders.add(at);
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
    const runs = this.runs();
    for (const late of [false, true]) {
      let edges: Edge[] = [];
      for (const run of runs) {
        const before = edges.length;
        if (!this.addCandidatePairs(run, late, agrees, edges)) {
          edges.length = before;
          this.giveUp(run, late, agrees);
        }
        if (edges.length < MAX_CANDIDATE_PAIRS) continue;
        this.assign(edges);
        edges = [];
      }
      this.assign(edges);
    }
  }

  private assign(edges: readonly Edge[]): void {
    if (edges.length === 0) return;
    const assignment = assign(this.orders.length, this.proofs.length, edges);
    assignment.proofOf.forEach((proofAt, orderAt) => {
      if (proofAt < 0) return;
      this.orderOf[proofAt] = (this.orders[orderAt] as GroupOrder).id;
      this.rule[proofAt] = 'assigned';
    });
    assignment.ambiguousOrders.forEach((is, at) => is && this.ambiguousOrders.add(at));
    assignment.ambiguousProofs.forEach((is, at) => is && this.ambiguousProofs.add(at));
  }

  /** Orders whose windows share proofs, directly or through others, by where they stand; none that has no proof. */
  private runs(): Run[] {
    const reaches = this.orders
      .map((order, orderAt) => ({
        orderAt,
        from: this.firstAtOrAfter(order.time - order.lookbackMs - this.windowMs),
        to: this.firstAtOrAfter(order.time + this.windowMs + 1),
      }))
      .filter(({ from, to }) => from < to)
      .sort((a, b) => a.from - b.from || a.orderAt - b.orderAt);
    const runs: Run[] = [];
    let run: Run | undefined;
    for (const { orderAt, from, to } of reaches) {
      if (run === undefined || from >= run.to) runs.push((run = { orders: [], from, to }));
      run.orders.push(orderAt);
      run.to = Math.max(run.to, to);
    }
    for (const { orders } of runs) orders.sort((a, b) => a - b);
    return runs;
  }

  /** @returns false when there are too many */
  private addCandidatePairs(
    run: Run,
    late: boolean,
    agrees: (order: GroupOrder, proof: P) => boolean,
    edges: Edge[],
  ): boolean {
    const most = edges.length + MAX_CANDIDATE_PAIRS;
    for (const orderAt of run.orders) {
      const order = this.orders[orderAt] as GroupOrder;
      if (order.late !== late || this.fixedOrders.has(orderAt)) continue;
      for (const proofAt of this.freeProofsIn(order, agrees)) {
        if (edges.length === most) return false;
        edges.push({ order: orderAt, proof: proofAt, cost: Math.abs(order.time - (this.proofs[proofAt] as P).time) });
      }
    }
    return true;
  }

  private *freeProofsIn(order: GroupOrder, agrees: (order: GroupOrder, proof: P) => boolean): Generator<number> {
    for (const proofAt of this.proofsIn(order)) {
      if (this.orderOf[proofAt] !== null || this.ambiguousProofs.has(proofAt)) continue;
      if (agrees(order, this.proofs[proofAt] as P)) yield proofAt;
    }
  }

  private giveUp(run: Run, late: boolean, agrees: (order: GroupOrder, proof: P) => boolean): void {
    for (const orderAt of run.orders) {
      const order = this.orders[orderAt] as GroupOrder;
      if (order.late !== late || this.fixedOrders.has(orderAt)) continue;
      for (const _first of this.freeProofsIn(order, agrees)) {
        this.ambiguousOrders.add(orderAt);
        break;
      }
    }
    for (let proofAt = run.from; proofAt < run.to; proofAt++)
      if (this.orderOf[proofAt] === null) this.ambiguousProofs.add(proofAt);
  }

  snapshot(): Snapshot {
    const at = new Map(this.orders.map((order, index) => [order.id, index]));
    const heldAmounts = this.orders.map(({ id }) => [...(this.fixedAmounts.get(id) ?? [])]);
    const holding = this.orders.map((_, index) => this.fixedOrders.has(index));
    this.orderOf.forEach((orderId, proofAt) => {
      const index = orderId === null ? undefined : at.get(orderId);
      if (index === undefined || this.rule[proofAt] === 'decision') return;
      heldAmounts[index]?.push((this.proofs[proofAt] as P).amount);
      holding[index] = true;
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
