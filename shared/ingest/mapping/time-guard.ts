/**
 * What the times of a whole file give away (rules.md 4.1): its first and last, outliers, days without clock, an order
 * of day and month left open.
 */
import type { FileQuestion, TimeStyle } from '../child/protocol.ts';
import { formatWallTime, toIsoTime } from '../normalise/times.ts';
import type { Cell, Warning } from '../readers/reader.ts';
import { WALL_CLOCK_AHEAD_S, wallSecondsOf } from '../sources/wall-clock.ts';
import { createDateOrder } from './date-order.ts';

/** Clocks of machines and servers differ a little; this much ahead is no mistake of the file. */
const FUTURE_TOLERANCE_S = 600;
/** Neighbours further apart than this part the times of a file into pieces. */
const PIECE_GAP_S = 31 * 86_400;
/** A piece with a smaller share of the rows does not belong to the period of the file. */
const OUTLYING_SHARE = 0.02;
const NAMED_ROWS = 20;
const MIDNIGHT_SHARE = 0.95;
const MIDNIGHT_ROWS = 20;
const MIDNIGHT = '00:00:00';

export interface TimedRow {
  /** 1-based row of the file */
  row: number;
  /** the cell of the time as it stands in the file */
  cell: Cell | undefined;
  header: string | null;
}

export interface TimeGuard {
  /** The normalised time of an accepted row. */
  note(time: string, row: TimedRow): void;
  /** The cell of a time that could not be read. */
  noteUnreadable(cell: Cell | undefined, header: string | null): void;
  /** ISO 8601 with offset, outlying rows left out; null when there is none. */
  from(): string | null;
  to(): string | null;
  warnings(): Warning[];
  /** null where nothing is open, or the operator answered by `style`. */
  question(field: string, style: TimeStyle | null): FileQuestion | null;
}

interface Day {
  count: number;
  from: string;
  to: string;
  rows: number[];
}

interface Piece extends Day {}

/** One guard serves all tables of a file. Normalised times compare as text. */
export function createTimeGuard(nowMs: number): TimeGuard {
  const latest = formatWallTime(Math.floor(nowMs / 1000) + WALL_CLOCK_AHEAD_S + FUTURE_TOLERANCE_S);
  const days = new Map<string, Day>();
  let day: Day | null = null;
  let dayText = '';
  let rowCount = 0;
  let futureCount = 0;
  let midnightCount = 0;
  let header: string | null = null;
  const order = createDateOrder();

  function note(time: string, row: TimedRow): void {
    rowCount += 1;
    if (day === null || !time.startsWith(dayText)) {
      dayText = time.slice(0, 10);
      day = days.get(dayText) ?? null;
      if (day === null) days.set(dayText, (day = { count: 0, from: time, to: time, rows: [] }));
    }
    day.count += 1;
    if (time < day.from) day.from = time;
    if (time > day.to) day.to = time;
    if (day.rows.length < NAMED_ROWS) day.rows.push(row.row);
    if (time > latest) futureCount += 1;
    if (time.startsWith(MIDNIGHT, 11)) {
      midnightCount += 1;
      header ??= row.header;
    }
    if (order.isOpen()) order.note(row.cell, row.header, time);
  }

  /** The times in pieces that lie more than 31 days apart, and which of them are too small to count. */
  function pieces(): { kept: Piece[]; outlying: Piece[] } {
    const found: Piece[] = [];
    for (const [, one] of [...days].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const last = found.at(-1);
      if (last === undefined || wallSecondsOf(one.from) - wallSecondsOf(last.to) > PIECE_GAP_S)
        found.push({ ...one, rows: [...one.rows] });
      else {
        last.count += one.count;
        last.to = one.to;
        last.rows.push(...one.rows.slice(0, NAMED_ROWS - last.rows.length));
      }
    }
    const isSmall = (piece: Piece): boolean => found.length > 1 && piece.count < rowCount * OUTLYING_SHARE;
    return { kept: found.filter((piece) => !isSmall(piece)), outlying: found.filter(isSmall) };
  }

  function warnings(): Warning[] {
    const { outlying } = pieces();
    const last = [...days.values()].reduce<string | null>(
      (most, one) => (most === null || one.to > most ? one.to : most),
      null,
    );
    return [
      ...(futureCount === 0 || last === null
        ? []
        : [{ code: 'dates_in_future', params: { count: futureCount, latest: toIsoTime(last) } }]),
      ...outlying.map(({ count, from, to, rows }) => ({
        code: 'outlying_dates',
        params: { count, from: toIsoTime(from), to: toIsoTime(to), rows: rows.slice(0, NAMED_ROWS).join(', ') },
      })),
    ];
  }

  return {
    note,
    noteUnreadable: order.noteUnreadable,
    from: () => isoOrNull(pieces().kept[0]?.from),
    to: () => isoOrNull(pieces().kept.at(-1)?.to),
    warnings,
    question(field, style) {
      if (style === 'day_first' || style === 'month_first') return null;
      if (style !== 'date_only' && rowCount >= MIDNIGHT_ROWS && midnightCount >= rowCount * MIDNIGHT_SHARE) {
        return {
          code: 'times_without_clock',
          params: { field, column: header ?? field, count: midnightCount, rows: rowCount },
        };
      }
      return order.question(field);
    },
  };
}

function isoOrNull(time: string | undefined): string | null {
  return time === undefined ? null : toIsoTime(time);
}
