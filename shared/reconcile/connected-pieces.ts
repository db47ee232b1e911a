/** Orders and proofs that can be decided by themselves: nothing outside a piece may go with anything in it. */

export interface Edge {
  /** index into the group's orders, which stand in time order */
  order: number;
  /** index into the group's proofs, which stand in time order */
  proof: number;
  /** time difference in whole milliseconds, >= 0 */
  cost: number;
}

/** Orders, proofs and edges by their index in the group, in time order. */
export interface Piece {
  orders: number[];
  proofs: number[];
  edges: Edge[];
}

export function connectedPieces(orderCount: number, proofCount: number, edges: readonly Edge[]): Piece[] {
  const parent = Int32Array.from({ length: orderCount + proofCount }, (_, index) => index);
  const find = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    for (let at = node; parent[at] !== root;) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  for (const edge of edges) parent[find(edge.order)] = find(orderCount + edge.proof);
  const pieces = new Map<number, Piece>();
  const pieceOf = (node: number): Piece => {
    const root = find(node);
    let piece = pieces.get(root);
    if (piece === undefined) pieces.set(root, (piece = { orders: [], proofs: [], edges: [] }));
    return piece;
  };
  for (const edge of edges) pieceOf(edge.order).edges.push(edge);
  for (const piece of pieces.values()) {
    piece.orders = [...new Set(piece.edges.map((edge) => edge.order))].sort((a, b) => a - b);
    piece.proofs = [...new Set(piece.edges.map((edge) => edge.proof))].sort((a, b) => a - b);
  }
  return [...pieces.values()];
}
