/**
 * A date in one column and its clock in another (rules.md 4.1): which columns, and the cell that they make together.
 */
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
      const cell = cells[column];
      return cell === null || cell === undefined || (typeof cell === 'string' && isNullText(cell.trim())) ? [] : [cell];
    });
  const own = cellsOf(timeColumn);
  const holds = (cells: readonly (string | number)[], test: (cell: string | number) => boolean): boolean => {
    const known = cells.filter(test).length;
    return known > 0 && known >= cells.length * 0.95;
  };
  const isClock = (cell: string | number): boolean => !Number.isNaN(parseClockSeconds(cell));
  const wanted = holds(own, isDateOnly) ? 'clock' : holds(own, isClock) ? 'date' : null;
  if (wanted === null) return null;
  const words = wanted === 'clock' ? CLOCK_WORDS : DATE_WORDS;
  const test = wanted === 'clock' ? isClock : isDateOnly;
  const found = header
    .flatMap((text, column) =>
      text !== null && column !== timeColumn && !taken(column) && words.test(normaliseHeader(text)) ? [column] : [],
    )
    .filter((column) => holds(cellsOf(column), test))
    .toSorted((a, b) => Math.abs(a - timeColumn) - Math.abs(b - timeColumn))[0];
  if (found === undefined) return null;
  return wanted === 'clock' ? { date: timeColumn, clock: found } : { date: found, clock: timeColumn };
}

/**
 * One cell out of two; the date alone where no clock is given, and a text that no one can read where one of them cannot
 * be read.
 */
export function joinCells(date: Cell | undefined, clock: Cell | undefined, reading: TimeReading): Cell {
  if (isEmpty(date)) return isEmpty(clock) ? null : clock;
  if (isEmpty(clock)) return date;
  const day = parseWallSeconds(date, reading);
  const seconds = parseClockSeconds(clock);
  if (Number.isNaN(day) || Number.isNaN(seconds) || !isDateOnly(date)) return `${date} ${clock}`;
  return formatWallTime(day + seconds).slice(
    0,
    typeof clock === 'string' && /^\D*\d{1,2}:\d\d$/.test(clock.trim()) ? 16 : 19,
  );
}

function isEmpty(cell: Cell | undefined): cell is null | undefined {
  return cell === null || cell === undefined || (typeof cell === 'string' && isNullText(cell.trim()));
}
