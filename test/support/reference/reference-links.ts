import { assignByRemoval } from './assignment-by-removal.ts';
import { type AssignmentGroup, type Timed, assignByEnumeration } from './brute-force-assignment.ts';
import {
  type OrderFacts,
  demandsPayment,
  demandsReceipt,
  isGateway,
  ordersOf,
  proofWindow,
  proofsOf,
} from './reference-facts.ts';
import { type Proof, type Receipt, type World, compareText, proofId } from './world.ts';

/** By which rule a proof came to its order. */
export type LinkRule = 'manual' | 'assignment' | 'other_gateway' | 'other_column' | 'not_needed' | 'return';

export interface Link {
  order: OrderFacts;
  proof: Proof;
  rule: LinkRule;
}

export interface Links {
  links: Link[];
  ambiguousOrders: Set<string>;
  /** proofIds. */
  ambiguousProofs: Set<string>;
  /** orderNumber + ' ' + issue code, for what only the leftover proofs tell. */
  flags: Set<string>;
}

/** Groups whose enumeration stays quick; larger ones are solved by removal. */
const ENUMERATED_SIDE = 6;

/** Stages 3 and 4 of rules.md 5.1 with all that follows them. */
export function linkProofs(world: World): Links {
  const linker = new Linker(world);
  linker.applyManualLinks();
  // "Refunded and unpaid orders are assigned after all others."
  for (const late of [false, true]) {
    linker.assign((order) => demandsReceipt(order.paymentType) && isLate(order) === late, isReceipt);
    linker.assign((order) => demandsPayment(order.paymentType) && isLate(order) === late, isPayment);
  }
  linker.linkUnclaimed();
  linker.flagLeftovers();
  linker.claimReturns();
  return linker.result;
}

class Linker {
  readonly result: Links = { links: [], ambiguousOrders: new Set(), ambiguousProofs: new Set(), flags: new Set() };
  private readonly world: World;
  private readonly orders: OrderFacts[];
  private readonly proofs: Proof[];

  constructor(world: World) {
    this.world = world;
    this.orders = ordersOf(world);
    this.proofs = proofsOf(world);
  }

  /** "Manual links are fixed points." */
  applyManualLinks(): void {
    for (const decision of this.world.decisions ?? []) {
      if (decision.kind !== 'link') continue;
      const order = this.orders.find((one) => one.orderNumber === decision.orderNumber);
      const proof = this.proofs.find((one) => proofId(one) === decision.proof);
      if (order && proof) this.result.links.push({ order, proof, rule: 'manual' });
    }
  }

  /**
   * One-to-one assignment of the orders with the proofs that are neither linked nor ambiguous; ambiguous orders and
   * proofs stay unlinked.
   */
  assign(takesPart: (order: OrderFacts) => boolean, ofKind: (proof: Proof) => boolean): void {
    const orders = this.orders.filter((order) => takesPart(order) && !this.holds(order, ofKind));
    const proofs = this.unclaimed(ofKind);
    const fits = (order: OrderFacts, proof: Proof): boolean =>
      this.isCandidate(order, proof) && this.agrees(order, proof);
    for (const group of connectedGroups(orders, proofs, fits)) {
      const small = group.orders.length <= ENUMERATED_SIDE && group.proofs.length <= ENUMERATED_SIDE;
      const found = small ? assignByEnumeration(group) : assignByRemoval(group);
      for (const number of found.ambiguousOrders) this.result.ambiguousOrders.add(number);
      for (const key of found.ambiguousProofs) this.result.ambiguousProofs.add(proofOfKey(proofs, key));
      for (const [number, key] of found.linked) {
        const order = orders.find((one) => one.orderNumber === number)!;
        const proof = proofs.find((one) => assignmentKey(one) === key)!;
        this.result.links.push({ order, proof, rule: 'assignment' });
      }
    }
  }

  /** "What is still unclaimed after the assignment ... is linked in this sequence" */
  linkUnclaimed(): void {
    // "(a) same amount, other gateway"
    this.step(
      'other_gateway',
      isPayment,
      (order, proof) => isGateway(order.paymentType) && proof.source !== order.paymentType,
    );
    // "(b) same amount in the other column (cash / card)"
    this.step(
      'other_column',
      isReceipt,
      (order, proof) =>
        demandsReceipt(order.paymentType) &&
        isReceipt(proof) &&
        columnIs(this.world, proof, otherColumn(order, proof), order.price),
    );
    // "(c) same amount, an order whose type has no use for that kind"; "Only a *duplicate* is kept out of (c)"
    const isNone = (order: OrderFacts): boolean => order.paymentType === 'vip' || order.paymentType === 'test';
    this.step(
      'not_needed',
      isReceipt,
      (order, proof) => (isNone(order) || demandsPayment(order.paymentType)) && !this.isDuplicate(proof),
    );
    this.step(
      'not_needed',
      isPayment,
      (order, proof) => (isNone(order) || demandsReceipt(order.paymentType)) && !this.isDuplicate(proof),
    );
  }

  private step(
    rule: LinkRule,
    ofKind: (proof: Proof) => boolean,
    serves: (order: OrderFacts, proof: Proof) => boolean,
  ): void {
    // "Each step is judged once, on the state that the step before left"
    const found: Link[] = [];
    for (const proof of this.unclaimed(ofKind)) {
      const could = this.orders.filter(
        (order) =>
          this.isCandidate(order, proof) &&
          serves(order, proof) &&
          // (b) compares a column, (a) and (c) the amount
          (rule === 'other_column' || this.same(proof.amount, order.price)) &&
          // "no proof of that kind (receipt, payment), not ambiguous, neither refunded nor unpaid"
          !this.holds(order, ofKind) &&
          !this.result.ambiguousOrders.has(order.orderNumber) &&
          !isLate(order),
      );
      // "if it lies inside the window of exactly one order that the step could serve"
      if (could.length === 1) found.push({ order: could[0]!, proof, rule });
    }
    // "of several proofs for one order the nearest, then the earliest, then the lower key is linked"
    for (const order of this.orders) {
      const mine = found.filter((link) => link.order === order);
      mine.sort(
        (a, b) => distance(a) - distance(b) || a.proof.time - b.proof.time || compareText(a.proof.key, b.proof.key),
      );
      if (mine[0]) this.result.links.push(mine[0]);
    }
  }

  /** Near misses and duplicates: nothing is linked, the order is told. */
  flagLeftovers(): void {
    const leftover = this.unclaimed(isReceipt);
    for (const order of this.orders) {
      if (!demandsReceipt(order.paymentType) || isLate(order) || this.holds(order, isReceipt)) continue;
      if (this.result.ambiguousOrders.has(order.orderNumber)) continue;
      // "A cash or card order ... without receipt gets fiscal_amount_diff if it is the only unclaimed receipt in its
      // window"
      const near = leftover.filter((proof) => this.inWindow(order, proof));
      const only = near[0];
      if (near.length === 1 && only && isReceipt(only) && this.isOfAnotherAmount(order, only))
        this.flag(order, 'fiscal_amount_diff');
    }
    // "A proof left over of the same kind and amount in the window of an order that holds such a proof ... gives the
    // nearest such order"
    for (const proof of [...leftover, ...this.unclaimed(isPayment)]) {
      const holders = this.holdersNear(proof);
      holders.sort((a, b) => distance({ order: a, proof }) - distance({ order: b, proof }) || byTimeThenNumber(a, b));
      if (holders[0]) this.flag(holders[0], isReceipt(proof) ? 'duplicate_receipt' : 'duplicate_payment');
    }
  }

  /**
   * "a proof in whose window an order already holds a proof of the same kind and amount (assigned, by hand, by (a) or
   * (b))"
   */
  private isDuplicate(proof: Proof): boolean {
    return this.holdersNear(proof).length > 0;
  }

  /**
   * Orders in whose window the proof lies and that hold another of its kind and amount; a pair parted by hand is no
   * pair.
   */
  private holdersNear(proof: Proof): OrderFacts[] {
    const ofKind = isReceipt(proof) ? isReceipt : isPayment;
    return this.orders.filter(
      (order) =>
        proof.amount !== 0 &&
        !this.isParted(order, proof) &&
        this.inWindow(order, proof) &&
        this.result.links.some(
          (link) => link.order === order && ofKind(link.proof) && this.same(link.proof.amount, proof.amount),
        ),
    );
  }

  /**
   * "A return is claimed by the refunded cash or card order whose linked sale receipt ... is the latest before it and
   * not yet offset"
   */
  claimReturns(): void {
    const offset = new Set<Proof>();
    const alreadyClaimed = new Set(this.result.links.map((link) => link.proof));
    // "returns go in time order"
    for (const back of this.proofs) {
      if (!isReceiptRecord(back) || back.operation !== 'return' || alreadyClaimed.has(back)) continue;
      const sales = this.result.links.filter(
        ({ order, proof }) =>
          isReceipt(proof) &&
          order.refunded &&
          demandsReceipt(order.paymentType) &&
          !offset.has(proof) &&
          proof.time < back.time &&
          proof.module === back.module &&
          this.same(proof.amount, back.amount) &&
          this.same(proof.cashAmount, back.cashAmount) &&
          this.same(proof.cardAmount, back.cardAmount),
      );
      sales.sort((a, b) => b.proof.time - a.proof.time || compareText(a.proof.key, b.proof.key));
      const sale = sales[0];
      if (!sale) continue;
      offset.add(sale.proof);
      this.result.links.push({ order: sale.order, proof: back, rule: 'return' });
    }
  }

  private isOfAnotherAmount(order: OrderFacts, receipt: Receipt): boolean {
    return [receipt.cashAmount, receipt.cardAmount].every((paid) => !columnIs(this.world, receipt, paid, order.price));
  }

  /** Inside the window, worth something, not forbidden by hand. */
  private isCandidate(order: OrderFacts, proof: Proof): boolean {
    // "An amount of 0 matches nothing."
    return !this.isParted(order, proof) && order.price !== 0 && proof.amount !== 0 && this.inWindow(order, proof);
  }

  private isParted(order: OrderFacts, proof: Proof): boolean {
    return (this.world.decisions ?? []).some(
      (one) => one.kind === 'unlink' && one.orderNumber === order.orderNumber && one.proof === proofId(proof),
    );
  }

  private agrees(order: OrderFacts, proof: Proof): boolean {
    return proofAgrees(this.world, order, proof);
  }

  private inWindow(order: OrderFacts, proof: Proof): boolean {
    const { config } = this.world;
    const window = proofWindow(order, isReceiptRecord(proof) ? config.fiscalWindowS : config.gatewayWindowS);
    return window.from <= proof.time && proof.time <= window.to;
  }

  private same(a: number, b: number): boolean {
    return sameAmount(this.world, a, b);
  }

  private holds(order: OrderFacts, ofKind: (proof: Proof) => boolean): boolean {
    return this.result.links.some((link) => link.order === order && ofKind(link.proof));
  }

  /** Sales and successful payments that are neither linked nor ambiguous. */
  private unclaimed(ofKind: (proof: Proof) => boolean): Proof[] {
    return this.proofs.filter(
      (proof) =>
        ofKind(proof) &&
        !this.result.ambiguousProofs.has(proofId(proof)) &&
        !this.result.links.some((link) => link.proof === proof),
    );
  }

  private flag(order: OrderFacts, issue: string): void {
    this.result.flags.add(`${order.orderNumber} ${issue}`);
  }
}

/**
 * The proof is of the kind that the order's type demands, of its column or gateway, and of its price (stages 3 and 4).
 */
export function proofAgrees(world: World, order: OrderFacts, proof: Proof): boolean {
  if (order.paymentType === 'cash' || order.paymentType === 'card') {
    if (!isReceipt(proof)) return false;
    const paid = order.paymentType === 'cash' ? proof.cashAmount : proof.cardAmount;
    return columnIs(world, proof, paid, order.price);
  }
  if (!demandsPayment(order.paymentType) || !isPayment(proof)) return false;
  return (
    (order.paymentType === 'qr' || proof.source === order.paymentType) && sameAmount(world, proof.amount, order.price)
  );
}

/** "An amount of 0 matches nothing": an empty column is no amount, unless nothing at all was paid. */
function columnIs(world: World, receipt: Receipt, paid: number, price: number): boolean {
  return (paid !== 0 || receipt.amount === 0) && sameAmount(world, paid, price);
}

/** Within the tolerance, compared in hundredths so that 10000.01 is one hundredth away from 10000. */
export function sameAmount(world: World, a: number, b: number): boolean {
  return Math.round(Math.abs(a - b) * 100) <= Math.round(world.config.amountTolerance * 100);
}

function isReceiptRecord(proof: Proof): proof is Receipt {
  return proof.source === 'fiscal_bills';
}

/** A receipt that can prove something: a sale. */
export function isReceipt(proof: Proof): proof is Receipt {
  return isReceiptRecord(proof) && proof.operation === 'sale';
}

/** "only success counts as payment" */
export function isPayment(proof: Proof): boolean {
  return !isReceiptRecord(proof) && proof.state === 'success';
}

function isLate(order: OrderFacts): boolean {
  return order.refunded || order.unpaid;
}

function otherColumn(order: OrderFacts, receipt: Receipt): number {
  return order.paymentType === 'cash' ? receipt.cardAmount : receipt.cashAmount;
}

function distance({ order, proof }: { order: OrderFacts; proof: Proof }): number {
  return Math.abs(order.time - proof.time);
}

function byTimeThenNumber(a: OrderFacts, b: OrderFacts): number {
  return a.time - b.time || compareText(a.orderNumber, b.orderNumber);
}

/** Natural key first, so that equals of several gateways go by key; the source only keeps them apart. */
function assignmentKey(proof: Proof): string {
  return `${proof.key} ${proof.source}`;
}

function proofOfKey(proofs: readonly Proof[], key: string): string {
  return proofId(proofs.find((proof) => assignmentKey(proof) === key)!);
}

/** Orders and proofs that hang together by what fits; assignments of different groups don't touch each other. */
function connectedGroups(
  orders: readonly OrderFacts[],
  proofs: readonly Proof[],
  fits: (order: OrderFacts, proof: Proof) => boolean,
): AssignmentGroup[] {
  const groups: AssignmentGroup[] = [];
  const seen = new Set<OrderFacts | Proof>();
  for (const start of orders) {
    if (seen.has(start)) continue;
    const members = new Set<OrderFacts | Proof>([start]);
    for (let size = 0; size !== members.size;) {
      size = members.size;
      for (const order of orders) {
        for (const proof of proofs) {
          if ((members.has(order) || members.has(proof)) && fits(order, proof)) members.add(order).add(proof);
        }
      }
    }
    for (const member of members) seen.add(member);
    const mineO = orders.filter((order) => members.has(order));
    const mineP = proofs.filter((proof) => members.has(proof));
    if (mineP.length === 0) continue;
    groups.push({
      orders: mineO.map((order): Timed => ({ key: order.orderNumber, time: order.time })),
      proofs: mineP.map((proof): Timed => ({ key: assignmentKey(proof), time: proof.time })),
      fits: (order, proof) =>
        fits(
          mineO.find((one) => one.orderNumber === order)!,
          mineP.find((one) => assignmentKey(one) === proof)!,
        ),
    });
  }
  return groups;
}
