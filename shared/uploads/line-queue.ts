/** Hands items from who makes them to who takes them, a few at a time: `push` waits while the other side is behind. */
const MOST_WAITING = 256;

export interface LineQueue<T> {
  /** Resolves when there is room for more. */
  push(item: T): Promise<void>;
  /** No more will come. */
  end(): void;
  fail(error: unknown): void;
  /** null = the end. Rejects with what `fail` was given, after what came before. */
  next(): Promise<T | null>;
  /** Nobody takes any more: waiting pushes are let go. */
  close(): void;
}

export function createLineQueue<T>(): LineQueue<T> {
  const items: T[] = [];
  let ended = false;
  let failure: { error: unknown } | null = null;
  let closed = false;
  let wakeTaker = (): void => {};
  let wakeMaker = (): void => {};

  return {
    async push(item) {
      items.push(item);
      wakeTaker();
      while (items.length >= MOST_WAITING && !closed) await new Promise<void>((resolve) => (wakeMaker = resolve));
    },
    end() {
      ended = true;
      wakeTaker();
    },
    fail(error) {
      failure ??= { error };
      wakeTaker();
    },
    async next() {
      while (items.length === 0 && !ended && failure === null)
        await new Promise<void>((resolve) => (wakeTaker = resolve));
      const item = items.shift();
      wakeMaker();
      if (item !== undefined) return item;
      if (failure !== null) throw failure.error;
      return null;
    },
    close() {
      closed = true;
      items.length = 0;
      wakeMaker();
    },
  };
}
