/**
 * JSON whose larger texts are parsed once and not at every hit from memory; what comes out is frozen, because it is
 * shared.
 */
const WORTH_KEEPING_CHARS = 512;
const KEPT_COUNT = 256;
/** What is parsed takes several times as much. */
const KEPT_CHARS = 8 * 1024 ** 2;

export interface Serializer {
  serialize(value: unknown): string;
  deserialize(text: unknown): unknown;
  forget(): void;
}

export function createParsedOnce(): Serializer {
  // keyed by the text itself: the memory level hands out the same string every time, whose hash the engine has kept
  const parsed = new Map<string, unknown>();
  let chars = 0;

  function forgetOldest(): void {
    const [oldest = ''] = parsed.keys();
    parsed.delete(oldest);
    chars -= oldest.length;
  }

  return {
    serialize: (value) => JSON.stringify(value),
    deserialize(text) {
      if (typeof text !== 'string') return text;
      const known = parsed.get(text);
      if (known !== undefined) return known;
      const value = freeze(JSON.parse(text));
      if (text.length >= WORTH_KEEPING_CHARS && text.length <= KEPT_CHARS) {
        parsed.set(text, value);
        chars += text.length;
        while (parsed.size > KEPT_COUNT || chars > KEPT_CHARS) forgetOldest();
      }
      return value;
    },
    forget() {
      parsed.clear();
      chars = 0;
    },
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
