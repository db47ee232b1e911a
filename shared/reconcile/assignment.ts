/**
 * One-to-one assignment of proofs to orders (rules.md section 5.1 "Matching without a key"): as many pairs as possible
 * first, among those the least total time difference, with everything that is not determined by that measure found and
 * left unlinked.
 *
 * The group is a flow network: source -> order -> proof -> sink, all capacities 1, an edge's cost its time difference.
 * After the flow of greatest size and least cost is found, node potentials make every residual arc's reduced cost >= 0;
 * an arc is used by some optimal flow exactly if it carries flow or lies on a cycle of residual arcs with reduced cost
 * 0, i.e. if both its ends are in one strongly connected component of those arcs. An order (proof) is tied if that
 * holds for its arc from the source (to the sink).
 */

import { connectedPieces, type Edge, type Piece } from './connected-pieces.ts';

export interface Assignment {
  /** proof linked to each order, -1 = none */
  proofOf: Int32Array;
  /** orders and proofs of pieces that are not determined; none of them is linked */
  ambiguousOrders: boolean[];
  ambiguousProofs: boolean[];
}

/** Orders and proofs are counted in (time, key) order. */
export function assign(orderCount: number, proofCount: number, edges: readonly Edge[]): Assignment {
  const proofOf = new Int32Array(orderCount).fill(-1);
  const ambiguousOrders = new Array<boolean>(orderCount).fill(false);
  const ambiguousProofs = new Array<boolean>(proofCount).fill(false);
  const simple = edges.length === 1 ? edges[0] : undefined;
  if (simple !== undefined) {
    proofOf[simple.order] = simple.proof;
    return { proofOf, ambiguousOrders, ambiguousProofs };
  }
  for (const piece of connectedPieces(orderCount, proofCount, edges))
    assignPiece(piece, proofOf, ambiguousOrders, ambiguousProofs);
  return { proofOf, ambiguousOrders, ambiguousProofs };
}

function assignPiece(piece: Piece, proofOf: Int32Array, ambiguousOrders: boolean[], ambiguousProofs: boolean[]): void {
  const only = piece.edges.length === 1 ? piece.edges[0] : undefined;
  if (only !== undefined) {
    proofOf[only.order] = only.proof;
    return;
  }
  const network = new Network(piece);
  network.fillCheapest();
  const components = network.tightComponents();
  const { orders, proofs } = piece;
  const tied = new Set<number>();
  orders.forEach((_, index) => {
    if (network.mayTurn(network.orderArc(index), components)) tied.add(network.orderNode(index));
  });
  proofs.forEach((_, index) => {
    if (network.mayTurn(network.proofArc(index), components)) tied.add(network.proofNode(index));
  });
  // pairs that some optimal assignment uses, and the pieces they connect
  const usable = network.pairArcs().filter((arc) => arc.used || network.mayTurn(arc.index, components));
  const pieceRoot = new Map<number, number>();
  const root = (node: number): number => {
    let top = node;
    for (let up = pieceRoot.get(top); up !== undefined; up = pieceRoot.get(top)) top = up;
    // whoever asks again is there at once
    for (let at = node; at !== top;) {
      const up = pieceRoot.get(at) as number;
      pieceRoot.set(at, top);
      at = up;
    }
    return top;
  };
  for (const arc of usable) {
    const a = root(arc.from);
    const b = root(arc.to);
    if (a !== b) pieceRoot.set(a, b);
  }
  const ambiguousRoots = new Set([...tied].map(root));
  const ends = new Set(usable.flatMap((arc) => [arc.from, arc.to]));
  const isAmbiguous = (node: number): boolean => ends.has(node) && ambiguousRoots.has(root(node));
  orders.forEach((order, index) => {
    ambiguousOrders[order] = isAmbiguous(network.orderNode(index));
  });
  proofs.forEach((proof, index) => {
    ambiguousProofs[proof] = isAmbiguous(network.proofNode(index));
  });
  const choices = new Map<number, number[]>();
  const partner = new Map<number, number>();
  for (const arc of usable) {
    if (ambiguousRoots.has(root(arc.from))) continue;
    const order = orders[arc.from - network.orderNode(0)] as number;
    const proof = proofs[arc.to - network.proofNode(0)] as number;
    const list = choices.get(order);
    if (list === undefined) choices.set(order, [proof]);
    else list.push(proof);
    if (arc.used) partner.set(order, proof);
  }
  pairInTimeOrder(choices, partner);
  for (const [order, proof] of partner) proofOf[order] = proof;
}

/**
 * Among pairings that cost the same, the one in time order: the earliest order takes the earliest proof that leaves
 * everybody else a partner, then the next. `partner` is a perfect matching within `choices` and is changed in place.
 */
function pairInTimeOrder(choices: Map<number, number[]>, partner: Map<number, number>): void {
  const holder = new Map([...partner].map(([order, proof]) => [proof, order]));
  const fixed = new Set<number>();
  for (const order of [...choices.keys()].sort((a, b) => a - b)) {
    for (const proof of (choices.get(order) ?? []).sort((a, b) => a - b)) {
      const current = partner.get(order) as number;
      if (proof === current) break;
      const loser = holder.get(proof) as number;
      if (fixed.has(loser)) continue;
      // the loser must find its way, by exchanges among orders not yet fixed, to the proof that this order gives up
      const path = exchangePath(loser, current, proof, order, choices, holder, fixed);
      if (path === null) continue;
      for (const [who, gets] of path) {
        partner.set(who, gets);
        holder.set(gets, who);
      }
      partner.set(order, proof);
      holder.set(proof, order);
      break;
    }
    fixed.add(order);
  }
}

function exchangePath(
  start: number,
  goal: number,
  taken: number,
  asker: number,
  choices: Map<number, number[]>,
  holder: Map<number, number>,
  fixed: ReadonlySet<number>,
): [number, number][] | null {
  const cameBy = new Map<number, { order: number; proof: number | null }>([[start, { order: -1, proof: null }]]);
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const order = queue[head] as number;
    for (const proof of choices.get(order) ?? []) {
      if (proof === taken) continue;
      if (proof === goal) {
        const path: [number, number][] = [[order, proof]];
        for (let at = order; at !== start;) {
          const step = cameBy.get(at) as { order: number; proof: number };
          path.push([step.order, step.proof]);
          at = step.order;
        }
        return path;
      }
      const next = holder.get(proof);
      if (next === undefined || next === asker || fixed.has(next) || cameBy.has(next)) continue;
      cameBy.set(next, { order, proof });
      queue.push(next);
    }
  }
  return null;
}

interface PairArc {
  index: number;
  from: number;
  to: number;
  used: boolean;
}

/**
 * Residual network of one piece; nodes: source, sink, orders, proofs. Arcs come in pairs, an arc and its reverse at
 * index ^ 1.
 */
class Network {
  readonly source = 0;
  readonly sink = 1;
  private readonly orderCount: number;
  private readonly nodeCount: number;
  private readonly to: number[] = [];
  private readonly cost: number[] = [];
  private readonly capacity: number[] = [];
  private readonly arcsOf: number[][];
  private readonly potential: Float64Array;
  private readonly pairStart: number;

  constructor(piece: Piece) {
    this.orderCount = piece.orders.length;
    this.nodeCount = 2 + piece.orders.length + piece.proofs.length;
    this.arcsOf = Array.from({ length: this.nodeCount }, () => []);
    this.potential = new Float64Array(this.nodeCount);
    const orderIndex = new Map(piece.orders.map((order, index) => [order, index]));
    const proofIndex = new Map(piece.proofs.map((proof, index) => [proof, index]));
    for (let index = 0; index < piece.orders.length; index++) this.addArc(this.source, this.orderNode(index), 0);
    for (let index = 0; index < piece.proofs.length; index++) this.addArc(this.proofNode(index), this.sink, 0);
    this.pairStart = this.to.length;
    for (const edge of piece.edges) {
      this.addArc(
        this.orderNode(orderIndex.get(edge.order) as number),
        this.proofNode(proofIndex.get(edge.proof) as number),
        edge.cost,
      );
    }
  }

  orderNode(index: number): number {
    return 2 + index;
  }

  proofNode(index: number): number {
    return 2 + this.orderCount + index;
  }

  private addArc(from: number, to: number, cost: number): void {
    this.arcsOf[from]?.push(this.to.length);
    this.to.push(to);
    this.cost.push(cost);
    this.capacity.push(1);
    this.arcsOf[to]?.push(this.to.length);
    this.to.push(from);
    this.cost.push(-cost);
    this.capacity.push(0);
  }

  /** Arc source -> order. */
  orderArc(index: number): number {
    return 2 * index;
  }

  /** Arc proof -> sink. */
  proofArc(index: number): number {
    return 2 * (this.orderCount + index);
  }

  /** True when some optimal flow uses the arc and another does not. */
  mayTurn(arc: number, components: Int32Array): boolean {
    const residual = this.capacity[arc] === 1 ? arc : arc ^ 1;
    return (
      this.isTight(residual) && components[this.to[residual] as number] === components[this.to[residual ^ 1] as number]
    );
  }

  /**
   * Successive shortest paths; each is the cheapest way to one more pair, so the result is the largest flow at the
   * least cost.
   */
  fillCheapest(): void {
    for (;;) {
      const distance = new Float64Array(this.nodeCount).fill(Number.POSITIVE_INFINITY);
      const arcInto = new Int32Array(this.nodeCount).fill(-1);
      distance[this.source] = 0;
      const heap = new MinHeap();
      heap.push(0, this.source);
      search: for (let top = heap.pop(); top !== null; top = heap.pop()) {
        const [at, node] = top;
        if (at > (distance[node] as number)) continue;
        if (node === this.sink) break;
        for (const arc of this.arcsOf[node] as number[]) {
          if (this.capacity[arc] === 0) continue;
          const next = this.to[arc] as number;
          const length =
            at + (this.cost[arc] as number) + (this.potential[node] as number) - (this.potential[next] as number);
          if (length < (distance[next] as number)) {
            distance[next] = length;
            arcInto[next] = arc;
            // nothing is nearer than what was taken from the heap: the sink right behind it is the end
            if (length === at && this.leadsToSink(next)) {
              distance[this.sink] = at;
              arcInto[this.sink] = this.proofArc(next - this.proofNode(0));
              break search;
            }
            heap.push(length, next);
          }
        }
      }
      const reach = distance[this.sink] as number;
      // Nodes out of reach (or farther than the sink) move by the sink's distance: reduced costs stay >= 0 everywhere.
      const most = Number.isFinite(reach) ? reach : Math.max(0, ...distance.filter((value) => Number.isFinite(value)));
      for (let node = 0; node < this.nodeCount; node++) {
        this.potential[node] = (this.potential[node] as number) + Math.min(distance[node] as number, most);
      }
      if (!Number.isFinite(reach)) return;
      for (let node = this.sink; node !== this.source;) {
        const arc = arcInto[node] as number;
        this.capacity[arc] = 0;
        this.capacity[arc ^ 1] = 1;
        node = this.to[arc ^ 1] as number;
      }
    }
  }

  /** A proof that nobody has, at no further cost. */
  private leadsToSink(node: number): boolean {
    if (node < this.proofNode(0)) return false;
    const arc = this.proofArc(node - this.proofNode(0));
    return this.capacity[arc] === 1 && this.isTight(arc);
  }

  private isTight(arc: number): boolean {
    const from = this.to[arc ^ 1] as number;
    const to = this.to[arc] as number;
    return (this.cost[arc] as number) + (this.potential[from] as number) - (this.potential[to] as number) === 0;
  }

  pairArcs(): PairArc[] {
    const arcs: PairArc[] = [];
    for (let arc = this.pairStart; arc < this.to.length; arc += 2) {
      arcs.push({
        index: arc,
        from: this.to[arc ^ 1] as number,
        to: this.to[arc] as number,
        used: this.capacity[arc] === 0,
      });
    }
    return arcs;
  }

  /** Strongly connected components (Tarjan, without recursion) of the residual arcs whose reduced cost is 0. */
  tightComponents(): Int32Array {
    const component = new Int32Array(this.nodeCount).fill(-1);
    const index = new Int32Array(this.nodeCount).fill(-1);
    const low = new Int32Array(this.nodeCount);
    const onStack = new Uint8Array(this.nodeCount);
    const nextArc = new Int32Array(this.nodeCount);
    const stack: number[] = [];
    let counter = 0;
    let componentCount = 0;
    for (let start = 0; start < this.nodeCount; start++) {
      if (index[start] !== -1) continue;
      const path = [start];
      while (path.length > 0) {
        const node = path[path.length - 1] as number;
        if (index[node] === -1) {
          index[node] = low[node] = counter++;
          stack.push(node);
          onStack[node] = 1;
        }
        const arcs = this.arcsOf[node] as number[];
        let descended = false;
        while ((nextArc[node] as number) < arcs.length) {
          const arc = arcs[nextArc[node] as number] as number;
          nextArc[node] = (nextArc[node] as number) + 1;
          if (this.capacity[arc] === 0 || !this.isTight(arc)) continue;
          const next = this.to[arc] as number;
          if (index[next] === -1) {
            path.push(next);
            descended = true;
            break;
          }
          if (onStack[next] === 1) low[node] = Math.min(low[node] as number, index[next] as number);
        }
        if (descended) continue;
        path.pop();
        const below = path[path.length - 1];
        if (below !== undefined) low[below] = Math.min(low[below] as number, low[node] as number);
        if (low[node] !== index[node]) continue;
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          onStack[member] = 0;
          component[member] = componentCount;
          if (member === node) break;
        }
        componentCount++;
      }
    }
    return component;
  }
}

class MinHeap {
  private readonly items: [number, number][] = [];

  push(key: number, value: number): void {
    const { items } = this;
    let at = items.push([key, value]) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      // of equals the last goes first: it is the farthest on its way, and the sink need not wait for all beside it
      if ((items[up] as [number, number])[0] < key) break;
      items[at] = items[up] as [number, number];
      at = up;
    }
    items[at] = [key, value];
  }

  pop(): [number, number] | null {
    const { items } = this;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return null;
    if (items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] as [number, number])[0] < (items[child] as [number, number])[0])
        child++;
      if ((items[child] as [number, number])[0] >= last[0]) break;
      items[at] = items[child] as [number, number];
      at = child;
    }
    items[at] = last;
    return top;
  }
}
