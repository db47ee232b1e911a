/**
 * A date in one column and its clock in another (rules.md 4.1): which columns, and the cell that they make together.
 */
import { isErrorText, unguarded, visibleText } from '../normalise/cell-text.ts';
import { parseClockSeconds } from '../normalise/clocks.ts';
import { isNullText } from '../normalise/nulls.ts';
import { isDateOnly, parseWallSeconds, formatWallTime, type TimeReading } from '../normalise/times.ts';
import type { Cell, RawRow } from '../readers/reader.ts';
import { normaliseHeader } from '../recognise/headers.ts';

export interface JoinedTime {
  /** columns of the date and of the clock */
  date: number;
  clock: number;
}

const CLOCK_WORDS = /(?<!\p{L})(?:время|time|вақт\p{L}*|vaqt\p{L}*|час\p{L}*)(?!\p{L})/u;
const DATE_WORDS = /(?<!\p{L})(?:дата|date|сана\p{L}*|sana\p{L}*|день|kun\p{L}*)(?!\p{L})/u;

/** So many cells of the row's time are nothing but days (or clocks). */
const OWN_SHARE = 0.95;
/** So many of the column beside it are what it lacks: its name says so already, and a few bad cells prove nothing. */
const OTHER_SHARE = 0.5;

/**
 * The column that completes the one of the row's time: a clock beside dates, or dates beside a clock. null where the
 * column needs none, or none is there.
 * @param taken columns that hold another field
 */
export function findJoinedTime(
  timeColumn: number,
  header: readonly (string | null)[],
  taken: (column: number) => boolean,
  sample: readonly RawRow[],
): JoinedTime | null {
  if (timeColumn < 0) return null;
  const cellsOf = (column: number): (string | number)[] =>
    sample.flatMap(({ cells }) => {
      const cell = seenCell(cells[column]);
      return cell === null || (typeof cell === 'string' && isErrorText(cell)) ? [] : [cell];
    });
  const isClock = (cell: string | number): boolean => !Number.isNaN(parseClockSeconds(cell));
  // What is neither is refused in its own row; it does not put all others at midnight.
  const own = cellsOf(timeColumn).filter((cell) => isClock(cell) || !Number.isNaN(parseWallSeconds(cell)));
  const holds = (
    cells: readonly (string | number)[],
    test: (cell: string | number) => boolean,
    share: number,
  ): boolean => {
    const known = cells.filter(test).length;
    return known > 0 && known >= cells.length * share;
  };
  const wanted = holds(own, isDateOnly, OWN_SHARE) ? 'clock' : holds(own, isClock, OWN_SHARE) ? 'date' : null;
  if (wanted === null) return null;
  const words = wanted === 'clock' ? CLOCK_WORDS : DATE_WORDS;
  const test = wanted === 'clock' ? isClock : isDateOnly;
  const found = header
    .flatMap((text, column) =>
      text !== null && column !== timeColumn && !taken(column) && words.test(normaliseHeader(text)) ? [column] : [],
    )
    .filter((column) => holds(cellsOf(column), test, OTHER_SHARE))
    .toSorted((a, b) => Math.abs(a - timeColumn) - Math.abs(b - timeColumn))[0];
  if (found === undefined) return null;
  return wanted === 'clock' ? { date: timeColumn, clock: found } : { date: found, clock: timeColumn };
}

/**
 * One cell out of two; the date alone where no clock is given, and a text that no one can read where one of them cannot
 * be read.
 */
export function joinCells(dateCell: Cell | undefined, clockCell: Cell | undefined, reading: TimeReading): Cell {
  const [date, clock] = [seenCell(dateCell), seenCell(clockCell)];
  if (date === null) return clock;
  if (clock === null) return date;
  const day = parseWallSeconds(date, reading);
  const seconds = parseClockSeconds(clock);
  if (Number.isNaN(day) || Number.isNaN(seconds) || !isDateOnly(date)) return `${date} ${clock}`;
  return formatWallTime(day + seconds).slice(0, typeof clock === 'string' && /^\D*\d{1,2}:\d\d$/.test(clock) ? 16 : 19);
}

/** A cell as a person sees it; null when nothing is there. */
function seenCell(cell: Cell | undefined): string | number | null {
  if (typeof cell !== 'string') return cell ?? null;
  const text = unguarded(visibleText(cell).trim());
  return isNullText(text) ? null : text;
}
