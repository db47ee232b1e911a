/**
 * Times of day and days as people type them into the search: "14:35", "12.06 14:35", "12.06.2025", on the clock of
 * Tashkent.
 */
import type { Condition } from './search.ts';

/** Clocks differ, and a customer remembers the minute he paid, not the one the machine wrote. */
const REACH_MIN = 10;
const DAY_MIN = 1_440;
const DAY = /(?<day>\d{1,2})[./](?<month>\d{1,2})(?:[./](?<year>\d{4}|\d{2}))?|(?<iso>\d{4}-\d{2}-\d{2})/u;
const CLOCK = /(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2})?/u;
const TEXT = new RegExp(`^(?:${DAY.source})?[T,\\s]*(?:${CLOCK.source})?$`, 'u');

/**
 * Minutes since midnight; of the epoch, so that no time zone table is asked for each row. Tashkent has been UTC+5 since
 * 1992.
 */
const MINUTE_OF_DAY = `((extract(epoch from o.time)::bigint + 18000) % 86400) / 60`;

/**
 * @param years in which there are orders at all, for days that are written without
 * @returns null when the text is no time
 */
export function timeCondition(text: string, years: readonly number[]): Condition | null {
  const groups = TEXT.exec(text)?.groups;
  if (groups === undefined) return null;
  const { day, month, year, iso, hour, minute } = groups;
  const at = hour === undefined ? null : Number(hour) * 60 + Number(minute);
  if (at !== null && (at >= DAY_MIN || Number(minute) > 59)) return null;
  if (day === undefined && iso === undefined) return at === null ? null : clockCondition(at);
  const days = iso === undefined ? daysOf({ day, month, year }, years) : [iso];
  const ranges = days.map((one) => Date.parse(`${one}T00:00:00+05:00`)).filter((midnight) => !Number.isNaN(midnight));
  if (ranges.length === 0) return null;
  const [from, length] = at === null ? [0, DAY_MIN] : [at - REACH_MIN, 2 * REACH_MIN];
  // a clock's last minute counts as a whole; a day ends before the next begins
  const end = at === null ? '<' : '<=';
  return {
    sql: `(${ranges.map(() => `o.time >= ? and o.time ${end} ?`).join(' or ')})`,
    bindings: ranges.flatMap((midnight) => [
      new Date(midnight + from * 60_000),
      new Date(midnight + (from + length) * 60_000),
    ]),
  };
}

function clockCondition(at: number): Condition {
  const from = (at - REACH_MIN + DAY_MIN) % DAY_MIN;
  const to = (at + REACH_MIN) % DAY_MIN;
  const join = from <= to ? 'and' : 'or';
  return { sql: `(${MINUTE_OF_DAY} >= ? ${join} ${MINUTE_OF_DAY} <= ?)`, bindings: [from, to] };
}

function daysOf(parts: { day?: string; month?: string; year?: string }, years: readonly number[]): string[] {
  const [day, month] = [Number(parts.day), Number(parts.month)];
  const given = parts.year === undefined ? years : [Number(parts.year.length === 2 ? `20${parts.year}` : parts.year)];
  return given
    .map((year) => new Date(Date.UTC(year, month - 1, day)))
    .filter((date) => date.getUTCMonth() === month - 1 && date.getUTCDate() === day)
    .map((date) => date.toISOString().slice(0, 10));
}
