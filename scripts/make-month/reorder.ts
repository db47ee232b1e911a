/**
 * Brings rows that come nearly in the order of their times into that order, holding only those that a later one could
 * still precede: a binary heap, earliest on top; equal times leave in the order they came.
 */
export interface ReorderBuffer<T> {
  add(at: number, row: T): void;
  /** Hands out, in order, every row earlier than `before`. */
  release(before: number, take: (row: T) => void): void;
}

interface Entry<T> {
  at: number;
  order: number;
  row: T;
}

export function createReorderBuffer<T>(): ReorderBuffer<T> {
  const heap: Entry<T>[] = [];
  let added = 0;

  const isEarlier = (a: Entry<T>, b: Entry<T>) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function siftUp(entry: Entry<T>): void {
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isEarlier(entry, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  function siftDown(entry: Entry<T>): void {
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) break;
      const goRight = right !== undefined && isEarlier(right, left);
      const child = goRight ? right : left;
      if (!isEarlier(child, entry)) break;
      heap[index] = child;
      index = 2 * index + (goRight ? 2 : 1);
    }
    heap[index] = entry;
  }

  return {
    add(at, row) {
      siftUp({ at, order: added, row });
      added += 1;
    },
    release(before, take) {
      for (let top = heap[0]; top !== undefined && top.at < before; top = heap[0]) {
        const lowest = heap.pop();
        if (lowest !== undefined && heap.length > 0) siftDown(lowest);
        take(top.row);
      }
    },
  };
}
