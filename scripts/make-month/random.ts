/** A small seeded generator (mulberry32): the same seed always tells the same story. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  hex(length: number): string;
  digits(length: number): string;
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const text = (alphabet: string, length: number) => {
    let made = '';
    for (let i = 0; i < length; i++) made += alphabet.charAt(int(0, alphabet.length - 1));
    return made;
  };
  return {
    next,
    int,
    pick: <T>(values: readonly [T, ...T[]]): T => values[int(0, values.length - 1)] ?? values[0],
    hex: (length) => text('0123456789abcdef', length),
    digits: (length) => text('0123456789', length),
  };
}
