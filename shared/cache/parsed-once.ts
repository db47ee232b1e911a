/**
 * JSON whose larger texts are parsed once and not at every hit from memory; what comes out is frozen, because it is
 * shared.
 */
const WORTH_KEEPING_CHARS = 512;
const KEPT_COUNT = 256;

export interface Serializer {
  serialize(value: unknown): string;
  deserialize(text: unknown): unknown;
  forget(): void;
}

export function createParsedOnce(): Serializer {
  // keyed by the text itself: the memory level hands out the same string every time, whose hash the engine has kept
  const parsed = new Map<string, unknown>();
  return {
    serialize: (value) => JSON.stringify(value),
    deserialize(text) {
      if (typeof text !== 'string') return text;
      const known = parsed.get(text);
      if (known !== undefined) return known;
      const value = freeze(JSON.parse(text));
      if (text.length >= WORTH_KEEPING_CHARS) {
        if (parsed.size >= KEPT_COUNT) parsed.delete(parsed.keys().next().value ?? '');
        parsed.set(text, value);
      }
      return value;
    },
    forget: () => parsed.clear(),
  };
}

/** Deep, without recursion: the depth of a value is not ours to choose. */
export function freeze<T>(value: T): T {
  const open: unknown[] = [value];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null || Object.isFrozen(next)) continue;
    Object.freeze(next);
    open.push(...Object.values(next));
  }
  return value;
}
