/**
 * Records of a delimited text, line by line. A line without a quote is one record; where quotes stand, the number of
 * cells that the other lines have decides how they are meant (rules.md 4.1): a quote that does not open a cell beyond
 * doubt is a character, so no line can vanish inside a cell of another. Parsers that follow RFC 4180 take the next
 * quote for the end, however many orders lie between.
 */
import { badFile } from './file-faults.ts';
import type { RowFault } from './reader.ts';
import { readWithinLine, type LineReading } from './csv-quotes.ts';

/** An unfinished record is parsed again with every chunk, so it must not grow for ever. */
const MAX_RECORD_CHARS = 4_000_000;
/** How far the end of a quoted cell is looked for. */
const MAX_LOOK_AHEAD_CHARS = 200_000;
const MAX_CELL_BREAKS = 20;
/** The header and a row show how many cells a record has. */
const CUT_AFTER = 2;

export interface CsvRecord {
  /** 1-based line on which it begins. */
  line: number;
  cells: string[];
  fault?: RowFault;
  /** the text ends within it, without a line end, and it has fewer cells than every record so far */
  isCut?: true;
}

export interface RecordSplitter {
  /** The records that are finished with this piece; `last` when nothing follows it. */
  push(text: string, last: boolean): CsvRecord[];
}

export interface SplitOptions {
  delimiter: string;
  /** Cells that a record has; null = not known, then quotes alone decide. */
  width: number | null;
}

interface Line {
  /** behind its last character, without the line end */
  end: number;
  /** where the next line begins; -1 = the text goes on */
  next: number;
}

interface Found {
  cells: string[];
  fault?: RowFault;
  lines: number;
  next: number;
}

export function createRecordSplitter({ delimiter, width }: SplitOptions): RecordSplitter {
  let text = '';
  let last = false;
  let lineNumber = 1;
  let feed = -1;
  let back = -1;
  let quote = -1;
  /** records of the usual width, and those that lack cells behind the first of them */
  let full = 0;
  let short = 0;

  /** Positions are asked for in rising order, so each kind of mark is searched for once. */
  function lineAt(start: number): Line | null {
    if (feed < start) feed = indexOrEnd('\n', start);
    if (back < start) back = indexOrEnd('\r', start);
    return lineOf(Math.min(feed, back));
  }

  function lineOf(end: number): Line | null {
    if (end >= text.length) return last ? { end: text.length, next: text.length } : null;
    if (text.charCodeAt(end) === 10) return { end, next: end + 1 };
    if (end + 1 === text.length) return last ? { end, next: end + 1 } : null;
    return { end, next: text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1 };
  }

  /** The same for any place, without moving the marks. */
  function peekLine(start: number): Line | null {
    let end = start;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 10 || code === 13) break;
    }
    return lineOf(end);
  }

  function indexOrEnd(mark: string, from: number): number {
    const found = text.indexOf(mark, from);
    return found < 0 ? text.length : found;
  }

  /** The record that begins here; null when more text is needed to tell. */
  function recordAt(start: number, line: Line): Found | null {
    if (quote < start) quote = indexOrEnd('"', start);
    if (quote >= line.end) return { cells: text.slice(start, line.end).split(delimiter), lines: 1, next: line.next };
    const plain = readWithinLine(text, start, line.end, delimiter, width);
    const alone: Found = { cells: plain.cells, lines: 1, next: line.next };
    if (plain.open === null) return alone;
    const joined = joinedRecord(start, line, plain, plain.open);
    return joined === 'more' ? null : (joined ?? alone);
  }

  /**
   * The record if the quote that stays open in its line opens a cell that goes on in the next ones; null = it is a
   * character. A line within that is a record by itself, or as many cells as others do not have, speak against it.
   */
  function joinedRecord(
    start: number,
    line: Line,
    plain: LineReading,
    open: { at: number; cells: string[] },
  ): Found | null | 'more' {
    const cells = [...open.cells];
    const isRecord = width !== null && (plain.cells.length === width || plain.usualCells === width);
    let at = open.at;
    let current = line;
    let breaks = 0;
    let plainInside = true;
    for (;;) {
      const close = closingQuote(at + 1);
      if (close === 'more' || close === null) return close;
      let heldRecord = false;
      const firstEnd = current.end;
      while (current.end < close) {
        const lineStart = current.next;
        const next = peekLine(lineStart);
        if (next === null) return 'more';
        breaks++;
        current = next;
        if (width === null) continue;
        if (current.end < close) heldRecord ||= delimitersIn(lineStart, current.end) === width - 1;
        else if (isRecord && isRecordByItself(lineStart, current.end)) return null;
      }
      const inside = text.slice(at + 1, close);
      if (inside.includes(delimiter)) plainInside = false;
      if (isRecord && (heldRecord || (plain.usualCells === width && delimitersIn(at, firstEnd) > 0))) return null;
      if (width !== null && heldRecord) return refused(start, line, 'quoted_rows', { columns: width });
      cells.push(inside.includes('""') ? inside.replaceAll('""', '"') : inside);
      if (close + 1 === current.end) break;
      const rest = readWithinLine(
        text,
        close + 2,
        current.end,
        delimiter,
        width === null ? null : width - cells.length,
      );
      if (rest.open === null) {
        cells.push(...rest.cells);
        break;
      }
      cells.push(...rest.open.cells);
      at = rest.open.at;
    }
    if (width !== null && cells.length !== width && !(plainInside && cells.length < width)) return null;
    const found: Found = { cells, lines: breaks + 1, next: current.next };
    if (breaks > MAX_CELL_BREAKS)
      return { ...found, fault: { code: 'quoted_lines', params: { count: breaks, max: MAX_CELL_BREAKS } } };
    return found;
  }

  function refused(start: number, line: Line, code: string, params: Record<string, string | number>): Found {
    return { cells: text.slice(start, line.end).split(delimiter), lines: 1, next: line.next, fault: { code, params } };
  }

  /**
   * The quote that ends the cell: the first that is not doubled, and only if a delimiter or the line's end follows it.
   */
  function closingQuote(from: number): number | null | 'more' {
    let at = from;
    for (;;) {
      const found = text.indexOf('"', at);
      if (found < 0 || found - from > MAX_LOOK_AHEAD_CHARS) {
        return last || text.length - from > MAX_LOOK_AHEAD_CHARS ? null : 'more';
      }
      if (found + 1 >= text.length) return last ? found : 'more';
      if (text.charCodeAt(found + 1) !== 0x22) {
        const next = text.charAt(found + 1);
        return next === delimiter || next === '\n' || next === '\r' ? found : null;
      }
      at = found + 2;
    }
  }

  function isRecordByItself(start: number, end: number): boolean {
    return width !== null && readWithinLine(text, start, end, delimiter, width).cells.length === width;
  }

  function delimitersIn(from: number, to: number): number {
    let count = 0;
    for (let at = text.indexOf(delimiter, from); at >= 0 && at < to; at = text.indexOf(delimiter, at + 1)) count++;
    return count;
  }

  /** Whoever leaves out empty cells does so in other lines too, and ends its last line as the others. */
  function isCutAtEnd(): boolean {
    const end = text.charCodeAt(text.length - 1);
    return full >= CUT_AFTER && short === 0 && end !== 10 && end !== 13;
  }

  return {
    push(piece, isLast) {
      text += piece;
      last = isLast;
      feed = back = quote = -1;
      const records: CsvRecord[] = [];
      let start = 0;
      while (start < text.length) {
        const line = lineAt(start);
        const found = line === null ? null : recordAt(start, line);
        if (found === null) break;
        const { cells, fault, lines, next } = found;
        records.push(fault === undefined ? { line: lineNumber, cells } : { line: lineNumber, cells, fault });
        if (cells.length === width) full += 1;
        else if (width !== null && full > 0 && cells.length > 1 && cells.length < width) {
          if (last && next === text.length && isCutAtEnd()) records.at(-1)!.isCut = true;
          short += 1;
        }
        lineNumber += lines;
        start = next;
      }
      text = text.slice(start);
      if (text.length > MAX_RECORD_CHARS) throw badFile('record_too_long', { max: MAX_RECORD_CHARS });
      return records;
    },
  };
}
