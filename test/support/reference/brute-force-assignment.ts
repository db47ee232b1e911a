import { compareText } from './world.ts';

/** One side of a pair: an order or a proof. Keys are unique per side. */
export interface Timed {
  key: string;
  time: number;
}

export interface AssignmentGroup {
  orders: readonly Timed[];
  proofs: readonly Timed[];
  /** May this proof serve this order at all: amount, type, window. */
  fits(order: string, proof: string): boolean;
}

export interface AssignmentResult {
  /** Order key -> proof key. */
  linked: Map<string, string>;
  ambiguousOrders: Set<string>;
  ambiguousProofs: Set<string>;
}

/** One assignment: the index of the proof that each order has, or null. */
type Choice = readonly (number | null)[];

/**
 * rules.md 5.1 taken literally: every assignment there is gets enumerated. Meant for groups up to 7 x 7
 * (130 922 assignments when everything fits everything).
 */
export function assignByEnumeration(group: AssignmentGroup): AssignmentResult {
  const orders = inTimeOrder(group.orders);
  const proofs = inTimeOrder(group.proofs);
  const best = bestChoices(orders, proofs, group);

  // "Over all assignments that are equally good by this measure, an order or proof is tied if some use it and others do
  // not."
  const orderUses = orders.map((_, o) => best.filter((choice) => choice[o] !== null).length);
  const proofUses = proofs.map((_, p) => best.filter((choice) => choice.includes(p)).length);
  const isTied = (uses: number): boolean => uses > 0 && uses < best.length;

  // "Take all pairs that occur in at least one of these assignments"
  const partners = orders.map((_, o) => new Set(best.map((choice) => choice[o] ?? null).filter((p) => p !== null)));

  // "every connected piece of them that holds a tied order or proof is ambiguous as a whole": spread from the tied ones
  // until nothing is added
  const ambiguousO = new Set(orders.map((_, o) => o).filter((o) => isTied(orderUses[o]!)));
  const ambiguousP = new Set(proofs.map((_, p) => p).filter((p) => isTied(proofUses[p]!)));
  for (let size = -1; size !== ambiguousO.size + ambiguousP.size;) {
    size = ambiguousO.size + ambiguousP.size;
    partners.forEach((mine, o) => {
      for (const p of mine) {
        if (ambiguousO.has(o)) ambiguousP.add(p);
        if (ambiguousP.has(p)) ambiguousO.add(o);
      }
    });
  }

  // "Everything else is linked, in time order where pairings cost the same": the earliest order takes the earliest
  // proof it has in any of them
  const first = best.toSorted(compareChoices)[0] ?? [];
  const linked = new Map<string, string>();
  first.forEach((p, o) => {
    if (p !== null && !ambiguousO.has(o)) linked.set(orders[o]!.key, proofs[p]!.key);
  });
  return {
    linked,
    ambiguousOrders: new Set([...ambiguousO].map((o) => orders[o]!.key)),
    ambiguousProofs: new Set([...ambiguousP].map((p) => proofs[p]!.key)),
  };
}

/** "as many pairs as possible first, among those the least total time difference" */
function bestChoices(orders: readonly Timed[], proofs: readonly Timed[], group: AssignmentGroup): Choice[] {
  let best: Choice[] = [];
  let bestCount = -1;
  let bestCost = 0;
  const choice: (number | null)[] = [];
  const used = new Set<number>();

  const decide = (o: number, count: number, cost: number): void => {
    const order = orders[o];
    if (order === undefined) {
      if (count > bestCount || (count === bestCount && cost < bestCost)) {
        best = [];
        bestCount = count;
        bestCost = cost;
      }
      if (count === bestCount && cost === bestCost) best.push([...choice]);
      return;
    }
    choice[o] = null;
    decide(o + 1, count, cost);
    proofs.forEach((proof, p) => {
      if (used.has(p) || !group.fits(order.key, proof.key)) return;
      choice[o] = p;
      used.add(p);
      decide(o + 1, count + 1, cost + Math.abs(order.time - proof.time));
      used.delete(p);
    });
  };
  decide(0, 0, 0);
  return best;
}

function compareChoices(a: Choice, b: Choice): number {
  for (let o = 0; o < a.length; o++) {
    const difference = (a[o] ?? Number.MAX_SAFE_INTEGER) - (b[o] ?? Number.MAX_SAFE_INTEGER);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** By time, then by key. */
export function inTimeOrder<T extends Timed>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.time - b.time || compareText(a.key, b.key));
}
