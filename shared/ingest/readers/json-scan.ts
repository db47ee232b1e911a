/**
 * Cuts a JSON text into its values without reading them: the scanner only follows brackets and strings, and each record
 * is handed on as text for JSON.parse, which is native. So memory holds one record, whatever the file's size, and depth
 * is capped before anything is built (50 million opening brackets end other parsers).
 */
import { badFile } from './file-faults.ts';

/** Told about the structure in the order of the text. `path` names the keys that lead to an array, joined by dots. */
export interface JsonHandlers {
  /** An array outside any record opens. */
  openArray(path: string): void;
  /** One element of the innermost such array, or a value at the top of the text (path null), as text. */
  record(text: string, path: string | null): void;
}

export interface JsonScanner {
  write(chunk: string): void;
  end(): void;
}

interface Level {
  kind: 'object' | 'array';
  /** of an object: the key whose value comes */
  key: string;
  path: string;
}

const QUOTE = 0x22;
const MAX_RECORD_CHARS = 4_000_000;

/**
 * @param enters whether the array or object at this path is looked into for records; no makes a record of a value at
 * the top, as in
 *   JSON lines, and passes over any other
 */
export function createJsonScanner(
  handlers: JsonHandlers,
  enters: (path: string) => boolean,
  maxDepth: number,
): JsonScanner {
  const levels: Level[] = [];
  let rest = '';

  /** Index behind the value that starts at `start`, -1 when the text ends before it. */
  function valueEnd(text: string, start: number): number {
    const first = text.charCodeAt(start);
    if (first === QUOTE) return stringEnd(text, start);
    if (first !== 0x7b && first !== 0x5b) {
      let at = start;
      while (at < text.length && !/[\s,\]}[{":]/.test(text[at]!)) at++;
      if (at === start) throw badFile('damaged');
      return at === text.length ? -1 : at;
    }
    let depth = levels.length;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        const end = stringEnd(text, at);
        if (end < 0) return -1;
        at = end - 1;
      } else if (code === 0x7b || code === 0x5b) {
        if (++depth > maxDepth) throw badFile('too_deep', { max: maxDepth });
      } else if (code === 0x7d || code === 0x5d) {
        if (--depth === levels.length) return at + 1;
      }
    }
    return -1;
  }

  /** Consumes one token or record at `at`; the index behind it, or -1 when more text is needed. */
  function step(text: string, at: number): number {
    const level = levels.at(-1);
    const code = text.charCodeAt(at);
    if (level !== undefined && (code === 0x7d || code === 0x5d)) {
      if ((code === 0x7d) !== (level.kind === 'object')) throw badFile('damaged');
      levels.pop();
      return at + 1;
    }
    if (code === 0x2c) return at + 1;
    if (level?.kind === 'object' && level.key === '') return key(text, at, level);
    const path = level === undefined ? '' : level.kind === 'object' ? joined(level.path, level.key) : level.path;
    if (level?.kind === 'object') level.key = '';
    const end = value(text, at, level, path);
    if (end < 0 && level?.kind === 'object') level.key = path.slice(level.path === '' ? 0 : level.path.length + 1);
    return end;
  }

  function value(text: string, at: number, level: Level | undefined, path: string): number {
    const code = text.charCodeAt(at);
    if (level?.kind !== 'array' && (code === 0x5b || code === 0x7b) && enters(path)) {
      push({ kind: code === 0x5b ? 'array' : 'object', key: '', path });
      if (code === 0x5b) handlers.openArray(path);
      return at + 1;
    }
    const end = valueEnd(text, at);
    if (end < 0) return -1;
    if (level === undefined) handlers.record(text.slice(at, end), null);
    else if (level.kind === 'array') handlers.record(text.slice(at, end), path);
    return end;
  }

  function key(text: string, at: number, level: Level): number {
    if (text.charCodeAt(at) !== QUOTE) throw badFile('damaged');
    const end = stringEnd(text, at);
    if (end < 0) return -1;
    let colon = end;
    while (colon < text.length && text.charCodeAt(colon) <= 0x20) colon++;
    if (colon === text.length) return -1;
    if (text[colon] !== ':') throw badFile('damaged');
    const name = parseJson(text.slice(at, end));
    // An empty key stands for "no key yet" here, and nobody's report has one.
    level.key = String(name) || '-';
    return colon + 1;
  }

  function push(level: Level): void {
    if (levels.length >= maxDepth) throw badFile('too_deep', { max: maxDepth });
    levels.push(level);
  }

  function consume(text: string): number {
    let at = 0;
    for (;;) {
      while (at < text.length && isBlank(text.charCodeAt(at))) at++;
      if (at === text.length) return at;
      const next = step(text, at);
      if (next < 0) return at;
      at = next;
    }
  }

  return {
    write(chunk) {
      const text = rest + chunk;
      rest = text.slice(consume(text));
      if (rest.length > MAX_RECORD_CHARS) throw badFile('record_too_long', { max: MAX_RECORD_CHARS });
    },
    end() {
      // A number or word at the very end has nothing behind it that ends it.
      if (rest !== '') rest = rest.slice(consume(`${rest} `));
      if (rest.trim() !== '' || levels.length > 0) throw badFile('truncated');
    },
  };
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xfeff || code === 0x1e;
}

function stringEnd(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const end = text.indexOf('"', from);
    if (end < 0) return -1;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
    from = end + 1;
  }
}

/** Numbers of 16 digits and more would be rounded by JSON.parse: they are ids and stay the text they are. */
const LONG_NUMBER = /("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]{14,})/g;

/** How Python and JavaScript write that there is no number; JSON has no word for it. */
const NO_NUMBER = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity|undefined)\b/g;

export function parseJson(text: string): unknown {
  const read = readJson(text);
  if (read === null) throw badFile('damaged');
  return read.value;
}

/** null where the text is none. */
export function readJson(text: string): { value: unknown } | null {
  const exact = /\d[\d.]{15}/.test(text)
    ? text.replace(LONG_NUMBER, (match, string?: string) => string ?? `"${match}"`)
    : text;
  const read = parsed(exact);
  if (read !== null || !/^[{[]/.test(exact)) return read;
  return parsed(exact.replace(NO_NUMBER, (_match, string?: string) => string ?? 'null'));
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
