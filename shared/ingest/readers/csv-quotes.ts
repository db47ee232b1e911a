/** Quotes within one line of a delimited text. */

const QUOTE = 0x22;
const BLANK = 0x20;
/** Signs that part cells in one program or another. */
const FILLING = ',;\t|';
/**
 * Ways of reading a line that are tried for the right number of cells; lines with more doubtful quotes are read the
 * usual way.
 */
const MAX_TRIES = 64;

export interface LineReading {
  cells: string[];
  /** Number of cells when every quoted cell that could be one is taken for one. */
  usualCells: number;
  /**
   * The first quote at a cell's start that no quote of the line ends, with the cells before it; it may open a cell of
   * several lines.
   */
  open: { at: number; cells: string[] } | null;
}

interface Reading extends Omit<LineReading, 'usualCells'> {
  /** Quotes that could be taken either way, and this many were met. */
  doubtful: number;
}

/**
 * Reads `text` from `start` to `end`, which hold no line's end. A quoted cell that holds the delimiter counts as quoted
 * unless only the other way of reading gives `width` cells; a quote that ends nowhere is a character.
 */
export function readWithinLine(
  text: string,
  start: number,
  end: number,
  delimiter: string,
  width: number | null,
): LineReading {
  const { cells, open, doubtful } = read(text, start, end, delimiter, 0);
  const usual = { cells, usualCells: cells.length, open };
  const isWide = cells.length === width;
  if (width === null || (isWide && cells[0]?.charCodeAt(0) !== QUOTE)) return usual;
  const inside = insideOfLine(text, start, end);
  if (inside?.includes(delimiter) === true) {
    // A program that took another sign for the delimiter saw one cell, and quoted it.
    const unwrapped = read(inside, 0, inside.length, delimiter, 0);
    if (unwrapped.cells.length === width) return { cells: unwrapped.cells, usualCells: width, open: null };
  }
  if (isWide || doubtful === 0) return usual;
  // so many quotes can be taken in so many ways: what is tried beyond them was tried before
  let ways = 2 ** doubtful;
  for (let literal = 1; literal <= MAX_TRIES && literal < ways; literal++) {
    // The last way takes no quote for one.
    const other = read(text, start, end, delimiter, literal === MAX_TRIES ? -1 : literal);
    if (other.cells.length === width) return { ...usual, cells: other.cells };
    ways = Math.max(ways, 2 ** other.doubtful);
  }
  return usual;
}

/** What a line holds that is one quoted cell as a whole, whatever signs fill it up; null = it is none. */
function insideOfLine(text: string, start: number, end: number): string | null {
  if (text.charCodeAt(start) !== QUOTE) return null;
  let close = end - 1;
  while (close > start && FILLING.includes(text.charAt(close))) close--;
  if (close <= start || text.charCodeAt(close) !== QUOTE) return null;
  const inside = text.slice(start + 1, close);
  return inside.replaceAll('""', '').includes('"') ? null : unquoted(inside);
}

/** `literal`: bit i says that the i-th doubtful quote is a character. */
function read(text: string, start: number, end: number, delimiter: string, literal: number): Reading {
  const cells: string[] = [];
  let open: LineReading['open'] = null;
  let doubtful = 0;
  let at = start;
  for (;;) {
    const quote = quoteAt(text, at, end);
    if (quote >= 0) {
      const close = closingQuote(text, quote + 1, end, delimiter);
      if (close === 'none') open ??= quote === at ? { at, cells: [...cells] } : null;
      else if (close !== 'stray') {
        const inside = text.slice(quote + 1, close);
        const taken = !inside.includes(delimiter) || (literal & (1 << Math.min(doubtful++, 30))) === 0;
        if (taken) {
          cells.push(unquoted(inside));
          if (close + 1 === end) return { cells, open, doubtful };
          at = close + 2;
          continue;
        }
      }
    }
    const found = text.indexOf(delimiter, at);
    const stop = found < 0 || found >= end ? end : found;
    cells.push(literalCell(text.slice(at, stop)));
    if (stop === end) return { cells, open, doubtful };
    at = stop + 1;
  }
}

/** The quote that may open the cell which begins here, blanks before it passed over; -1 = none. */
function quoteAt(text: string, at: number, end: number): number {
  let quote = at;
  while (text.charCodeAt(quote) === BLANK) quote++;
  return quote < end && text.charCodeAt(quote) === QUOTE ? quote : -1;
}

/** `stray`: the quote that would end the cell is followed by something else; `none`: no quote of the line ends it. */
function closingQuote(text: string, from: number, end: number, delimiter: string): number | 'stray' | 'none' {
  let at = from;
  for (;;) {
    const found = text.indexOf('"', at);
    if (found < 0 || found >= end) return 'none';
    if (found + 1 < end && text.charCodeAt(found + 1) === QUOTE) {
      at = found + 2;
      continue;
    }
    return found + 1 === end || text.charAt(found + 1) === delimiter ? found : 'stray';
  }
}

/** Quotes within quotes that nobody doubled: `"Кофе "Латте""` is still one quoted cell. */
function literalCell(cell: string): string {
  if (cell.charCodeAt(0) !== QUOTE) return cell;
  const trimmed = cell.trimEnd();
  return trimmed.length > 1 && trimmed.endsWith('"') ? unquoted(trimmed.slice(1, -1)) : cell;
}

function unquoted(inside: string): string {
  return inside.includes('""') ? inside.replaceAll('""', '"') : inside;
}
