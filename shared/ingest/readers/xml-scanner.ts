/**
 * XML, tag by tag, fed in pieces: that inside office files, XML spreadsheets and plain XML. It takes half of saxes's
 * time or less (docs/formats.md), because attributes are cut out only when asked for, and it hands long text on in
 * pieces where saxes would gather 700 MB of one cell; a test compares the two on generated documents. Tags must match,
 * entities are the five of XML itself, and a DOCTYPE is refused, so there is nothing to expand.
 */
import { badFile } from './file-faults.ts';

export interface XmlHandlers {
  /**
   * `name` without its prefix; `attributes` is the raw text for `attribute()`. A self-closing tag is opened and closed.
   */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** May come in several pieces. */
  text(text: string): void;
}

export interface XmlScanner {
  write(chunk: string): void;
  /** Throws the fault `truncated` when tags are still open. */
  end(): void;
}

/** A tag or comment longer than this is no office file's. */
const MAX_MARKUP_CHARS = 1_000_000;
const LONGEST_ENTITY = 12;

export function createXmlScanner(handlers: XmlHandlers, maxDepth: number): XmlScanner {
  const stack: string[] = [];
  let rest = '';
  let seenRoot = false;

  /** Consumes one piece of markup at `start` ('<'); returns the index behind it, or -1 when it is not complete yet. */
  function markup(text: string, start: number): number {
    const mark = text.charCodeAt(start + 1);
    if (mark === 0x2f /* / */) {
      let end = start + 2;
      while (end < text.length && text.charCodeAt(end) !== 0x3e) end++;
      if (end === text.length) return -1;
      closeTag(text.slice(start + 2, end));
      return end + 1;
    }
    if (mark === 0x3f /* ? */) return behind(text, '?>', start + 2);
    if (mark === 0x21 /* ! */) return declaration(text, start);
    const end = tagEnd(text, start + 1);
    if (end < 0) return -1;
    openTag(text, start + 1, end);
    return end + 1;
  }

  function declaration(text: string, start: number): number {
    if (text.startsWith('<!--', start)) return behind(text, '-->', start + 4);
    if (text.startsWith('<![CDATA[', start)) {
      const end = text.indexOf(']]>', start + 9);
      if (end < 0) return -1;
      handlers.text(text.slice(start + 9, end));
      return end + 3;
    }
    if (text.length - start < 9) return -1;
    throw badFile('doctype');
  }

  function openTag(text: string, from: number, end: number): void {
    const selfClosing = text.charCodeAt(end - 1) === 0x2f;
    const stop = selfClosing ? end - 1 : end;
    let nameEnd = from;
    let nameStart = from;
    for (; nameEnd < stop; nameEnd++) {
      const code = text.charCodeAt(nameEnd);
      if (code === 0x3a /* : */) nameStart = nameEnd + 1;
      else if (code <= 0x20) break;
    }
    if (nameEnd === nameStart || (stack.length === 0 && seenRoot)) throw badFile('damaged');
    seenRoot = true;
    if (stack.length >= maxDepth) throw badFile('too_deep', { max: maxDepth });
    const name = text.slice(nameStart, nameEnd);
    handlers.open(name, nameEnd < stop ? text.slice(nameEnd, stop) : '');
    if (selfClosing) handlers.close(name);
    else stack.push(name);
  }

  function closeTag(raw: string): void {
    const open = stack.pop();
    if (open === undefined || (raw !== open && raw.slice(raw.indexOf(':') + 1).trimEnd() !== open))
      throw badFile('damaged');
    handlers.close(open);
  }

  function emitText(text: string): void {
    if (stack.length > 0) handlers.text(text.includes('&') ? decodeEntities(text) : text);
    else if (text.trim() !== '' && text !== '\ufeff') throw badFile('damaged');
  }

  return {
    write(chunk) {
      const text = rest === '' ? chunk : rest + chunk;
      const length = text.length;
      let at = 0;
      for (;;) {
        // By hand: tags stand close together, and a call of indexOf costs more than the few steps.
        let start = at;
        while (start < length && text.charCodeAt(start) !== 0x3c) start++;
        if (start === length) {
          // Text may be handed on in pieces, but not in the middle of an entity.
          const entity = text.lastIndexOf('&');
          const cut = entity >= at && text.length - entity < LONGEST_ENTITY ? entity : text.length;
          if (cut > at) emitText(text.slice(at, cut));
          rest = text.slice(cut);
          return;
        }
        if (start > at) emitText(text.slice(at, start));
        at = markup(text, start);
        if (at < 0) {
          rest = text.slice(start);
          if (rest.length > MAX_MARKUP_CHARS) throw badFile('damaged');
          return;
        }
      }
    },
    end() {
      if (stack.length > 0 || rest.trim() !== '' || !seenRoot) throw badFile('truncated');
    },
  };
}

function behind(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? -1 : end + mark.length;
}

/** Index of the `>` that ends a tag; one inside quotes does not. */
function tagEnd(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x3e) return i;
    if (code === 0x22 || code === 0x27) {
      i = text.indexOf(code === 0x22 ? '"' : "'", i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

/**
 * Value of an attribute, undefined when it is absent; `raw` as `open` got it. The prefixed one (`x14ac:r`) is another
 * attribute.
 */
export function attribute(raw: string, name: string): string | undefined {
  const length = raw.length;
  let i = 0;
  for (;;) {
    while (i < length && raw.charCodeAt(i) <= 0x20) i++;
    if (i >= length) return undefined;
    let matched = 0;
    const from = i;
    for (; i < length; i++) {
      const code = raw.charCodeAt(i);
      if (code === 0x3d || code <= 0x20) break;
      if (matched === i - from && code === name.charCodeAt(matched)) matched++;
    }
    const found = matched === name.length && i - from === matched;
    while (i < length && raw.charCodeAt(i) <= 0x20) i++;
    if (raw.charCodeAt(i) !== 0x3d) throw badFile('damaged');
    i++;
    while (i < length && raw.charCodeAt(i) <= 0x20) i++;
    const quote = raw.charCodeAt(i);
    if (quote !== 0x22 && quote !== 0x27) throw badFile('damaged');
    const open = ++i;
    while (i < length && raw.charCodeAt(i) !== quote) i++;
    if (i >= length) throw badFile('damaged');
    if (found) {
      const value = raw.slice(open, i);
      return value.includes('&') ? decodeEntities(value) : value;
    }
    i++;
  }
}

/** All attributes with their local names, declarations of namespaces left out; `raw` as `open` got it. */
export function attributesOf(raw: string): [name: string, value: string][] {
  if (raw.trim() === '') return [];
  const found: [string, string][] = [];
  for (const match of raw.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const name = match[1]!;
    if (name === 'xmlns' || name.startsWith('xmlns:') || name.startsWith('xsi:') || name.startsWith('xml:')) continue;
    const value = match[2] ?? match[3] ?? '';
    found.push([name.slice(name.indexOf(':') + 1), value.includes('&') ? decodeEntities(value) : value]);
  }
  return found;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|\w{1,5});|&/gi, (_whole, body: string | undefined) => {
    if (body === undefined) throw badFile('damaged');
    if (body[0] !== '#') {
      const char = ENTITIES[body];
      if (char === undefined) throw badFile('damaged');
      return char;
    }
    const code = body[1] === 'x' || body[1] === 'X' ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    if (code > 0x10ffff) throw badFile('damaged');
    return String.fromCodePoint(code);
  });
}
