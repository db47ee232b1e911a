import { type AssignmentGroup, type AssignmentResult, inTimeOrder } from './brute-force-assignment.ts';

/** Pairs first, then total time difference. */
interface Score {
  count: number;
  cost: number;
}

/**
 * The rule of brute-force-assignment.ts for groups that are too large to enumerate: an order or proof is left out of
 * some best assignment when the best score does not fall without it, and a pair occurs in some when forcing it does not
 * cost anything. A unit test holds it against the enumeration.
 */
export function assignByRemoval(group: AssignmentGroup): AssignmentResult {
  const orders = inTimeOrder(group.orders);
  const proofs = inTimeOrder(group.proofs);
  const costs = orders.map((o) => proofs.map((p) => (group.fits(o.key, p.key) ? Math.abs(o.time - p.time) : null)));
  const allOrders = orders.map((_, o) => o);
  const allProofs = proofs.map((_, p) => p);
  const best = bestScore(costs, allOrders, allProofs);
  const isBest = (score: Score, count: number, cost: number): boolean =>
    score.count + count === best.count && score.cost + cost === best.cost;

  const partners = allOrders.map((o) =>
    allProofs.filter((p) => {
      const cost = costs[o]![p] ?? null;
      return cost !== null && isBest(bestScore(costs, without(allOrders, [o]), without(allProofs, [p])), 1, cost);
    }),
  );
  const used = (p: number): boolean => partners.some((mine) => mine.includes(p));
  const ambiguousO = new Set(
    allOrders.filter(
      (o) => partners[o]!.length > 0 && isBest(bestScore(costs, without(allOrders, [o]), allProofs), 0, 0),
    ),
  );
  const ambiguousP = new Set(
    allProofs.filter((p) => used(p) && isBest(bestScore(costs, allOrders, without(allProofs, [p])), 0, 0)),
  );
  for (let size = -1; size !== ambiguousO.size + ambiguousP.size;) {
    size = ambiguousO.size + ambiguousP.size;
    partners.forEach((mine, o) => {
      for (const p of mine) {
        if (ambiguousO.has(o)) ambiguousP.add(p);
        if (ambiguousP.has(p)) ambiguousO.add(o);
      }
    });
  }

  // In time order each order takes the earliest proof with which the rest can still be as good
  const linked = new Map<string, string>();
  const fixedO: number[] = [];
  const fixedP: number[] = [];
  let fixedCost = 0;
  for (const o of allOrders) {
    if (ambiguousO.has(o)) continue;
    for (const p of partners[o]!) {
      if (fixedP.includes(p)) continue;
      const rest = bestScore(costs, without(allOrders, [...fixedO, o]), without(allProofs, [...fixedP, p]));
      if (!isBest(rest, fixedO.length + 1, fixedCost + costs[o]![p]!)) continue;
      linked.set(orders[o]!.key, proofs[p]!.key);
      fixedO.push(o);
      fixedP.push(p);
      fixedCost += costs[o]![p]!;
      break;
    }
  }
  return {
    linked,
    ambiguousOrders: new Set([...ambiguousO].map((o) => orders[o]!.key)),
    ambiguousProofs: new Set([...ambiguousP].map((p) => proofs[p]!.key)),
  };
}

function without(all: readonly number[], gone: readonly number[]): number[] {
  return all.filter((one) => !gone.includes(one));
}

/** Adds one pair at a time along the cheapest exchange, which keeps the total the least for that number of pairs. */
function bestScore(
  costs: readonly (readonly (number | null)[])[],
  orders: readonly number[],
  proofs: readonly number[],
): Score {
  const orderOf = new Map<number, number>();
  const proofOf = new Map<number, number>();
  let cost = 0;
  for (;;) {
    const path = cheapestExchange(costs, orders, proofs, orderOf, proofOf);
    if (path === null) return { count: proofOf.size, cost };
    cost += path.cost;
    for (const [o, p] of path.pairs) {
      orderOf.set(p, o);
      proofOf.set(o, p);
    }
  }
}

/** Bellman-Ford from all free orders to the cheapest free proof: new pairs cost, dissolved pairs give back. */
function cheapestExchange(
  costs: readonly (readonly (number | null)[])[],
  orders: readonly number[],
  proofs: readonly number[],
  orderOf: ReadonlyMap<number, number>,
  proofOf: ReadonlyMap<number, number>,
): { cost: number; pairs: [number, number][] } | null {
  const toOrder = new Map(orders.filter((o) => !proofOf.has(o)).map((o) => [o, 0]));
  const toProof = new Map<number, { cost: number; from: number }>();
  for (let changed = true; changed;) {
    changed = false;
    for (const o of orders) {
      const soFar = toOrder.get(o);
      if (soFar === undefined) continue;
      for (const p of proofs) {
        const pair = costs[o]![p] ?? null;
        if (pair === null || proofOf.get(o) === p) continue;
        const total = soFar + pair;
        if (total >= (toProof.get(p)?.cost ?? Infinity)) continue;
        toProof.set(p, { cost: total, from: o });
        changed = true;
        const holder = orderOf.get(p);
        if (holder !== undefined) toOrder.set(holder, total - costs[holder]![p]!);
      }
    }
  }
  let end: number | null = null;
  for (const p of proofs) {
    const reached = toProof.get(p);
    if (reached && !orderOf.has(p) && (end === null || reached.cost < toProof.get(end)!.cost)) end = p;
  }
  if (end === null) return null;
  const pairs: [number, number][] = [];
  for (let p: number | undefined = end; p !== undefined;) {
    const o: number = toProof.get(p)!.from;
    pairs.push([o, p]);
    p = proofOf.get(o);
  }
  return { cost: toProof.get(end)!.cost, pairs };
}
