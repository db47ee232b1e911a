/** Stretches of time and the days of Tashkent that they hold. */

const DAY_MS = 86_400_000;
const OFFSET_MS = 5 * 3_600_000;

/** Half-open; null = without end on that side. */
export interface Range {
  from: Date | null;
  to: Date | null;
}

/** Whole days of Tashkent, numbered from 1970-01-01. */
export const dayNumber = (at: Date): number => Math.floor((at.getTime() + OFFSET_MS) / DAY_MS);
export const startOfDay = (day: number): Date => new Date(day * DAY_MS - OFFSET_MS);

/** A day's number as a date that PostgreSQL reads. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** The same in SQL. An offset is several times cheaper, over a million rows, than asking the calendar of a zone. */
export const dayNumberOf = (column: string): string => `(${tashkentDayOf(column)} - date '1970-01-01')`;
export const tashkentDayOf = (column: string): string => `(${column} at time zone interval '5 hours')::date`;
export const tashkentHourOf = (column: string): string =>
  `extract(hour from ${column} at time zone interval '5 hours')::int`;

/** The range as a condition on a time column. The instants are our own, never a caller's text. */
export function isInside(column: string, ranges: readonly Range[]): string {
  const one = ({ from, to }: Range): string =>
    [
      ...(from === null ? [] : [`${column} >= ${literal(from)}`]),
      ...(to === null ? [] : [`${column} < ${literal(to)}`]),
    ].join(' and ') || 'true';
  return ranges.length === 0 ? 'false' : `(${ranges.map(one).join(' or ')})`;
}

/** Beyond the years that are written with four digits there is nothing. */
function literal(at: Date): string {
  const text = at.toISOString();
  if (text.startsWith('+')) return `timestamptz 'infinity'`;
  return text.startsWith('-') ? `timestamptz '-infinity'` : `timestamptz '${text}'`;
}

/** Days as ranges, neighbours joined. */
export function rangesOfDays(days: readonly number[]): Range[] {
  const ranges: { first: number; last: number }[] = [];
  for (const day of [...new Set(days)].sort((a, b) => a - b)) {
    const current = ranges.at(-1);
    if (current !== undefined && current.last + 1 === day) current.last = day;
    else ranges.push({ first: day, last: day });
  }
  return ranges.map(({ first, last }) => ({ from: startOfDay(first), to: startOfDay(last + 1) }));
}

/** The range with `seconds` more at both ends. */
export function widened({ from, to }: Range, seconds: number): Range {
  return {
    from: from === null ? null : new Date(from.getTime() - seconds * 1000),
    to: to === null ? null : new Date(to.getTime() + seconds * 1000),
  };
}
