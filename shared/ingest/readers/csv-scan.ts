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
  /** Some quoted cell holds a line break, so records and lines are not numbered alike. */
  breaksInCells: boolean;
  /** 1-based line on which a quote opens that never closes. */
  unclosedQuoteLine: number | null;
  hasNul: boolean;
}

const ORDINARY = 0;
const QUOTE = 1;
const DELIMITER = 2;
const LF = 3;
const CR = 4;
const NUL = 5;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const AFTER_QUOTE = 3;

export interface CsvScanner {
  /** Bytes, or for utf-16 its code units. */
  push(codes: Uint8Array | Uint16Array): void;
  finish(): CsvScan;
}

export function createCsvScanner(delimiter: string): CsvScanner {
  const kinds = new Uint8Array(256);
  kinds[0x22] = QUOTE;
  kinds[delimiter.charCodeAt(0)] = DELIMITER;
  kinds[0x0a] = LF;
  kinds[0x0d] = CR;
  kinds[0] = NUL;

  let state = FIELD_START;
  let line = 1;
  let openedAt = 0;
  let pendingCr = false;
  let lfCount = 0;
  let crCount = 0;
  let crlfCount = 0;
  let strayQuotes = false;
  let breaksInCells = false;
  let hasNul = false;

  function lineEnd(): void {
    line++;
    if (state === QUOTED) breaksInCells = true;
    else state = FIELD_START;
  }

  /** A lone CR is known as such only when the next code is not LF, which may come with the next chunk. */
  function settleCr(): void {
    pendingCr = false;
    if (state !== QUOTED) crCount++;
    lineEnd();
  }

  return {
    push(codes) {
      const length = codes.length;
      for (let i = 0; i < length; i++) {
        const code = codes[i]!;
        const kind = code < 256 ? kinds[code]! : ORDINARY;
        if (pendingCr) {
          if (kind === LF) {
            pendingCr = false;
            if (state !== QUOTED) crlfCount++;
            lineEnd();
            continue;
          }
          settleCr();
        }
        if (kind === ORDINARY) {
          if (state === FIELD_START) state = UNQUOTED;
          else if (state === AFTER_QUOTE) {
            strayQuotes = true;
            state = UNQUOTED;
          }
        } else if (kind === DELIMITER) {
          if (state !== QUOTED) state = FIELD_START;
        } else if (kind === QUOTE) {
          if (state === FIELD_START) {
            state = QUOTED;
            openedAt = line;
          } else if (state === QUOTED) state = AFTER_QUOTE;
          else if (state === AFTER_QUOTE) state = QUOTED;
        } else if (kind === LF) {
          if (state !== QUOTED) lfCount++;
          lineEnd();
        } else if (kind === CR) pendingCr = true;
        else hasNul = true;
      }
    },
    finish() {
      if (pendingCr) settleCr();
      const used = [lfCount > 0, crCount > 0, crlfCount > 0].filter(Boolean).length;
      return {
        newline: used > 1 ? null : crlfCount > 0 ? '\r\n' : crCount > 0 ? '\r' : '\n',
        strayQuotes,
        breaksInCells,
        unclosedQuoteLine: state === QUOTED ? openedAt : null,
        hasNul,
      };
    },
  };
}
