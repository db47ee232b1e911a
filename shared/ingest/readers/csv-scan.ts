/**
 * One fast look at the bytes of a delimited file, before it is parsed. papaparse is three times as fast as csv-parse, but
 * merges rows without a word when line ends are mixed and swallows the rest of a file after `"x" y,z`; so it only gets files
 * in which this look found a single kind of line end and every quote in its place. An unclosed quote is found here too, before
 * a parser takes the rest of the file for one cell.
 */

export interface CsvScan {
  /** The only kind of line end outside quotes; null = several kinds. A file of one line counts as `\n`. */
  newline: '\n' | '\r' | '\r\n' | null;
  /** A closing quote is followed by something else than delimiter, line end or end of file. */
  strayQuotes: boolean;
  /** Some quoted cell may hold a line break, so records and lines are not numbered alike. */
  breaksInCells: boolean;
  /** 1-based line on which a quote opens that never closes. */
  unclosedQuoteLine: number | null;
  hasNul: boolean;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

export interface CsvScanner {
  /** Bytes, or for utf-16 its code units; without the byte order mark. */
  push(codes: Uint8Array | Uint16Array): void;
  finish(): CsvScan;
}

/** Jumps from quote to quote and from line end to line end by `indexOf`, which is native: 0.3 s for 330 MB. */
export function createCsvScanner(delimiter: string): CsvScanner {
  const separator = delimiter.charCodeAt(0);
  let quoted = false;
  let line = 1;
  let openedAt = 0;
  let lf = false;
  let cr = false;
  let crlf = false;
  let strayQuotes = false;
  let breaksInCells = false;
  let hasNul = false;
  /** The code before the next chunk; a file begins like a line. */
  let previous = LF;
  /** What the end of the chunk left open, because only the code after it decides. */
  let pending: 'none' | 'quote' | 'cr' = 'none';

  function endsField(code: number): boolean {
    return code === separator || code === LF || code === CR;
  }

  function lineEnd(kind: 'lf' | 'cr' | 'crlf'): void {
    line++;
    if (quoted) breaksInCells = true;
    else if (kind === 'lf') lf = true;
    else if (kind === 'cr') cr = true;
    else crlf = true;
  }

  /** Index of the first code that a mark left open by the last chunk did not take. */
  function settle(codes: Uint8Array | Uint16Array): number {
    const first = codes[0]!;
    const open = pending;
    pending = 'none';
    if (open === 'cr') {
      lineEnd(first === LF ? 'crlf' : 'cr');
      return first === LF ? 1 : 0;
    }
    if (open === 'quote') {
      if (first === QUOTE) return 1;
      closeQuote(first);
    }
    return 0;
  }

  function closeQuote(next: number): void {
    quoted = false;
    if (!endsField(next)) strayQuotes = true;
  }

  return {
    push(codes) {
      const length = codes.length;
      if (length === 0) return;
      hasNul ||= codes.includes(0);
      let at = settle(codes);
      const next = (code: number, from: number): number => {
        const found = codes.indexOf(code, from);
        return found < 0 ? length : found;
      };
      let quote = next(QUOTE, at);
      let feed = next(LF, at);
      let back = next(CR, at);
      while ((at = Math.min(quote, feed, back)) < length) {
        if (at === quote) {
          if (!quoted) {
            if (endsField(at > 0 ? codes[at - 1]! : previous)) {
              quoted = true;
              openedAt = line;
            }
          } else if (at + 1 === length) pending = 'quote';
          else if (codes[at + 1] === QUOTE) at++;
          else closeQuote(codes[at + 1]!);
          quote = next(QUOTE, at + 1);
        } else if (at === feed) {
          lineEnd('lf');
          feed = next(LF, at + 1);
        } else {
          if (at + 1 === length) pending = 'cr';
          else lineEnd(codes[at + 1] === LF ? 'crlf' : 'cr');
          back = next(CR, at + 1);
          if (feed === at + 1) feed = next(LF, at + 2);
        }
      }
      previous = codes[length - 1]!;
    },
    finish() {
      if (pending === 'cr') lineEnd('cr');
      if (pending === 'quote') quoted = false;
      const used = [lf, cr, crlf].filter(Boolean).length;
      return {
        newline: used > 1 ? null : crlf ? '\r\n' : cr ? '\r' : '\n',
        strayQuotes,
        breaksInCells,
        unclosedQuoteLine: quoted ? openedAt : null,
        hasNul,
      };
    },
  };
}
