/** PostgreSQL COPY in text format: one line a row, tabs between, `\N` for null. */
export const COPY_NULL = '\\N';

const SPECIAL = /[\\\t\n\r\0]/;
const ALL_SPECIAL = /[\\\t\n\r\0]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '' };

/** A value inside a COPY line. NUL, which PostgreSQL cannot store, is dropped. */
export function escapeCopy(value: string): string {
  // Halves of a pair go first: with the NUL between them gone they would join to a letter that nobody wrote.
  return SPECIAL.test(value) ? replaceHalfPairs(value).replace(ALL_SPECIAL, (char) => ESCAPES[char] ?? char) : value;
}

export function copyValue(value: string | null): string {
  return value === null ? COPY_NULL : escapeCopy(value);
}

/** A value as the bytes of a COPY line. */
export function encodeCell(value: string | null): Uint8Array {
  return new Uint8Array(Buffer.from(copyValue(value)));
}

/** Text that jsonb takes: no NUL and no half of a surrogate pair, which the json parser of PostgreSQL refuses. */
export function cleanForJson(text: string): string {
  return replaceHalfPairs(text).replaceAll('\0', '');
}

function replaceHalfPairs(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd');
}

/**
 * A copy of a text that shares no memory with it. A cell cut out of a chunk keeps the whole chunk alive; whatever
 * outlives its batch (cache keys, samples for warnings) must be cut loose.
 */
export function detach(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
