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
/** Nothing else is said: the clock, or the day, of the row itself. */
const EXACT_WORDS = /^(?:время|time|вақти?|vaqti?|час|дата|date|санаси|сана|sanasi|sana|день)$/u;
/** What happens to a shift, a file or an order that was given up says nothing of when a row's own deed was done. */
const OTHER_DEED = /открыти|закрыти|смен|отмен|возврат|выгруз|печат|open|clos|shift|cancel|refund|print|export/u;
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
  const isExact = (column: number): boolean => EXACT_WORDS.test(normaliseHeader(header[column] ?? ''));
  // a column of clocks may say the day once more
  const isFullTime = (cell: string | number): boolean =>
    !isDateOnly(cell) && !Number.isNaN(parseWallSeconds(cell)) && typeof cell === 'string';
  const completes = (column: number): boolean => {
    const cells = cellsOf(column);
    if (header[column] === null)
      return wanted === 'clock' && column === timeColumn + 1 && holds(cells, isClock, OWN_SHARE);
    if (wanted === 'date') return holds(cells, isDateOnly, OTHER_SHARE);
    return holds(cells, (cell) => isClock(cell) || (isExact(column) && isFullTime(cell)), OTHER_SHARE);
  };
  const isNamed = (text: string): boolean => words.test(text) && !OTHER_DEED.test(text);
  const found = header
    .flatMap((text, column) =>
      column !== timeColumn && !taken(column) && (text === null || isNamed(normaliseHeader(text))) ? [column] : [],
    )
    .filter(completes)
    .toSorted(
      (a, b) => Number(isExact(b)) - Number(isExact(a)) || Math.abs(a - timeColumn) - Math.abs(b - timeColumn),
    )[0];
  if (found === undefined) return null;
  return wanted === 'clock' ? { date: timeColumn, clock: found } : { date: found, clock: timeColumn };
}

/**
 * One cell out of two; a text that no one can read where one of them is missing or cannot be read: a day without its
 * clock is no midnight.
 */
export function joinCells(dateCell: Cell | undefined, clockCell: Cell | undefined, reading: TimeReading): Cell {
  const [date, clock] = [seenCell(dateCell), seenCell(clockCell)];
  if (date === null) return clock;
  if (clock === null) return isDateOnly(date) ? `${date} —` : date;
  const day = parseWallSeconds(date, reading);
  const seconds = parseClockSeconds(clock);
  if (Number.isNaN(seconds) && dayOf(parseWallSeconds(clock, reading)) === dayOf(day)) return clock;
  if (Number.isNaN(day) || Number.isNaN(seconds) || !isDateOnly(date)) return `${date} ${clock}`;
  return formatWallTime(day + seconds).slice(0, typeof clock === 'string' && /^\D*\d{1,2}:\d\d$/.test(clock) ? 16 : 19);
}

const dayOf = (seconds: number): number => Math.floor(seconds / 86_400);

/** A cell as a person sees it; null when nothing is there. */
function seenCell(cell: Cell | undefined): string | number | null {
  if (typeof cell !== 'string') return cell ?? null;
  const text = unguarded(visibleText(cell).trim());
  return isNullText(text) ? null : text;
}
