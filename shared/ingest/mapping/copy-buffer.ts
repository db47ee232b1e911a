/**
 * COPY lines as UTF-8 bytes. Building them as strings first costs several times more: a line of twenty cells becomes a
 * rope of as many pieces, and one Cyrillic word makes all of it two bytes wide before it is encoded.
 */
const TAB = 9;
const NEWLINE = 10;
const BACKSLASH = 92;
const FIRST_BYTES = 1 << 16;
/** The letter that follows the backslash, by the character that must be escaped; 0 = dropped (NUL). */
const ESCAPED: Readonly<Record<number, number>> = { 0: 0, 9: 116, 10: 110, 13: 114, 92: 92 };
/** The longest a UTF-16 unit can become. */
const MAX_UNIT_BYTES = 3;
/** Up to here a loop beats a call into the engine. */
const LOOPED_BYTES = 32;

export interface CopyBuffer {
  /** A value, escaped. */
  text(value: string): void;
  /** Bytes that are escaped already; see encodeCell. */
  bytes(encoded: Uint8Array): void;
  tab(): void;
  endLine(): void;
  /** Everything since the last call. */
  take(): Buffer;
}

export function createCopyBuffer(): CopyBuffer {
  let buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  let at = 0;

  function reserve(size: number): void {
    if (at + size <= buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(buffer.length * 2, at + size));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }

  function wide(value: string, index: number): number {
    const code = value.codePointAt(index) ?? 0;
    // Half of a surrogate pair stands for no character.
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
    if (point < 0x800) {
      buffer[at++] = 0xc0 | (point >> 6);
    } else if (point < 0x10000) {
      buffer[at++] = 0xe0 | (point >> 12);
      buffer[at++] = 0x80 | ((point >> 6) & 0x3f);
    } else {
      buffer[at++] = 0xf0 | (point >> 18);
      buffer[at++] = 0x80 | ((point >> 12) & 0x3f);
      buffer[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    buffer[at++] = 0x80 | (point & 0x3f);
    return code > 0xffff ? index + 1 : index;
  }

  function escape(code: number): void {
    const letter = ESCAPED[code];
    if (letter === undefined) buffer[at++] = code;
    else if (letter !== 0) {
      buffer[at++] = BACKSLASH;
      buffer[at++] = letter;
    }
  }

  return {
    text(value) {
      reserve(value.length * MAX_UNIT_BYTES);
      const target = buffer;
      let position = at;
      for (let index = 0; index < value.length; index += 1) {
        const code = value.charCodeAt(index);
        if (code > 13 && code < 128 && code !== BACKSLASH) {
          target[position] = code;
          position += 1;
          continue;
        }
        at = position;
        if (code > 127) index = wide(value, index);
        else escape(code);
        position = at;
      }
      at = position;
    },
    bytes(encoded) {
      const size = encoded.length;
      reserve(size);
      if (size > LOOPED_BYTES) buffer.set(encoded, at);
      else for (let index = 0; index < size; index += 1) buffer[at + index] = encoded[index] ?? 0;
      at += size;
    },
    tab() {
      reserve(1);
      buffer[at++] = TAB;
    },
    endLine() {
      reserve(1);
      buffer[at++] = NEWLINE;
    },
    take() {
      const taken = Buffer.from(buffer.subarray(0, at));
      at = 0;
      return taken;
    },
  };
}
