/** Which of two numbers before a year the dates of a file leave open, or prove, to be the day (rules.md 4.1). */
import type { FileQuestion } from '../child/protocol.ts';
import { unguarded, visibleText } from '../normalise/cell-text.ts';
import { hasDayAndMonth, parseWallSeconds } from '../normalise/times.ts';
import type { Cell } from '../readers/reader.ts';
import { wallSecondsOf } from '../sources/wall-clock.ts';

export interface DateOrder {
  /** false as soon as a date that was read has the day first for certain, or says so otherwise */
  isOpen(): boolean;
  /** A cell that was read day first, or says its order itself, and the time that it was read as. */
  note(cell: Cell | undefined, column: string | null, time: string): void;
  /** A cell that could not be: `01/13/2025` can be read with the month first. */
  noteUnreadable(cell: Cell | undefined, column: string | null): void;
  question(field: string): FileQuestion | null;
}

interface Span {
  from: number;
  to: number;
}

const DAY_S = 86_400;
const SAMPLE_CHARS = 40;
/** Among so many dates that say their order one that does not is a slip of its row, not a question about the file. */
const ORDERED_ROWS = 20;
const [DASH, YEAR_DIGITS] = [45, 4];

export function createDateOrder(): DateOrder {
  let isOpen = true;
  /** dates that are none with the day first */
  let onlyMonthFirst = 0;
  /** dates that can be read both ways */
  let open = 0;
  /** dates that say their order, and the first and last of them */
  let ordered = 0;
  let firstOrdered: string | null = null;
  let lastOrdered: string | null = null;
  let sample: string | null = null;
  let header: string | null = null;
  const dayFirst: Span = { from: Infinity, to: -Infinity };
  const monthFirst: Span = { from: Infinity, to: -Infinity };

  function widen(span: Span, seconds: number): void {
    if (seconds < span.from) span.from = seconds;
    if (seconds > span.to) span.to = seconds;
  }

  return {
    isOpen: () => isOpen,
    note(cell, column, time) {
      if (saysItsOrder(cell)) {
        ordered += 1;
        if (firstOrdered === null || time < firstOrdered) firstOrdered = time;
        if (lastOrdered === null || time > lastOrdered) lastOrdered = time;
        return;
      }
      const [read, other] = bothReadings(cell);
      if (typeof cell !== 'string' || Number.isNaN(read) || Number.isNaN(other)) {
        isOpen = false;
        return;
      }
      open += 1;
      widen(dayFirst, read);
      widen(monthFirst, other);
      header ??= column;
      if (sample === null && read !== other) sample = cell.trim().slice(0, SAMPLE_CHARS);
    },
    noteUnreadable(cell, column) {
      const [read, other] = bothReadings(cell);
      if (typeof cell !== 'string' || !Number.isNaN(read) || Number.isNaN(other)) return;
      onlyMonthFirst += 1;
      widen(monthFirst, other);
      header ??= column;
      sample ??= cell.trim().slice(0, SAMPLE_CHARS);
    },
    question(field) {
      if (!isOpen || sample === null || (open + onlyMonthFirst) * ORDERED_ROWS < ordered) return null;
      for (const time of [firstOrdered, lastOrdered])
        if (time !== null) for (const span of [dayFirst, monthFirst]) widen(span, wallSecondsOf(time));
      const [asDays, asMonths] = [dayFirst, monthFirst].map(({ from, to }) => Math.max(0, to - from)) as [
        number,
        number,
      ];
      if (!(onlyMonthFirst > 0 || asMonths < asDays / 2)) return null;
      const days = (seconds: number): number => Math.floor(seconds / DAY_S) + 1;
      return {
        code: 'date_order_ambiguous',
        params: {
          field,
          column: header ?? field,
          value: sample,
          dayFirstDays: days(asDays),
          monthFirstDays: days(asMonths),
        },
      };
    },
  };
}

/** A date cell, a serial or a date with its year first. */
function saysItsOrder(cell: Cell | undefined): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && cell.charCodeAt(YEAR_DIGITS) === DASH);
}

/** With the day first, and with the month first; NaN where a cell cannot be read so, or says the order itself. */
function bothReadings(cell: Cell | undefined): [number, number] {
  const text = typeof cell === 'string' ? unguarded(visibleText(cell).trim()) : '';
  if (!hasDayAndMonth(text)) return [Number.NaN, Number.NaN];
  return [parseWallSeconds(text), parseWallSeconds(text, { monthFirst: true })];
}
