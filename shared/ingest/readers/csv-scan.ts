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
const END = 6;

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
  // One entry a utf-16 code unit, so that no bound has to be checked in the loop.
  const kinds = new Uint8Array(65_536);
  kinds[0x22] = QUOTE;
  kinds[delimiter.charCodeAt(0)] = DELIMITER;
  kinds[0x0a] = LF;
  kinds[0x0d] = CR;
  kinds[0] = NUL;

  let kept = { state: FIELD_START, line: 1, openedAt: 0, pendingCr: false };
  let lf = false;
  let cr = false;
  let crlf = false;
  let strayQuotes = false;
  let breaksInCells = false;
  let hasNul = false;

  return {
    push(codes) {
      // Locals, because a closure's variables cost three times as much in a loop over every byte.
      let { state, line, openedAt, pendingCr } = kept;
      const length = codes.length;
      for (let i = 0; i < length; i++) {
        let kind = kinds[codes[i]!]!;
        if (pendingCr) {
          // What a CR is, only the next code tells, and that may come with the next chunk.
          pendingCr = false;
          line++;
          if (state === QUOTED) breaksInCells = true;
          else {
            state = FIELD_START;
            if (kind === LF) crlf = true;
            else cr = true;
          }
          if (kind === LF) continue;
        }
        if (kind === ORDINARY) {
          if (state === FIELD_START) state = UNQUOTED;
          else if (state === AFTER_QUOTE) {
            strayQuotes = true;
            state = UNQUOTED;
          }
          do kind = ++i < length ? kinds[codes[i]!]! : END;
          while (kind === ORDINARY);
          i--;
        } else if (kind === DELIMITER) {
          if (state !== QUOTED) state = FIELD_START;
        } else if (kind === QUOTE) {
          if (state === FIELD_START) {
            state = QUOTED;
            openedAt = line;
          } else if (state === QUOTED) state = AFTER_QUOTE;
          else if (state === AFTER_QUOTE) state = QUOTED;
        } else if (kind === LF) {
          line++;
          if (state === QUOTED) breaksInCells = true;
          else {
            state = FIELD_START;
            lf = true;
          }
        } else if (kind === CR) pendingCr = true;
        else hasNul = true;
      }
      kept = { state, line, openedAt, pendingCr };
    },
    finish() {
      if (kept.pendingCr && kept.state === QUOTED) breaksInCells = true;
      if (kept.pendingCr && kept.state !== QUOTED) cr = true;
      const used = [lf, cr, crlf].filter(Boolean).length;
      return {
        newline: used > 1 ? null : crlf ? '\r\n' : cr ? '\r' : '\n',
        strayQuotes,
        breaksInCells,
        unclosedQuoteLine: kept.state === QUOTED ? kept.openedAt : null,
        hasNul,
      };
    },
  };
}
