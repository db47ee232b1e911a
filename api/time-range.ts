/** `from` and `to` of lists: days on the clock of Tashkent, both included, or instants, the later one excluded. */
import { z } from 'zod';

const DAY_MS = 86_400_000;
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

/**
 * Nothing that is stored lies outside. Whoever means "ever" by the year 1 or 9999 gets it, in years that every part can
 * write and reckon with.
 */
const EARLIEST_MS = Date.parse('1900-01-01T00:00:00+05:00');
const LATEST_MS = Date.parse('3000-01-01T00:00:00+05:00');

const within = (ms: number): Date => new Date(Math.min(LATEST_MS, Math.max(EARLIEST_MS, ms)));

function parameter(end: 'from' | 'to') {
  return z.union([
    day.transform((text) => within(Date.parse(`${text}T00:00:00+05:00`) + (end === 'to' ? DAY_MS : 0))),
    instant.transform((text) => within(Date.parse(text))),
  ]);
}

/** Query parameters; both become instants of a half-open range. */
export const timeRangeQuery = { from: parameter('from').optional(), to: parameter('to').optional() };

const MINUTE_MS = 60_000;

/**
 * For answers that are kept: instants widened to whole minutes, so that a period that differs by a second is no other
 * answer. Days stay as they are. The answer says which period it is about.
 */
export function wholeMinutes<Range extends { from?: Date; to?: Date }>(range: Range): Range {
  const { from, to } = range;
  return {
    ...range,
    ...(from === undefined ? {} : { from: new Date(Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS) }),
    ...(to === undefined ? {} : { to: new Date(Math.ceil(to.getTime() / MINUTE_MS) * MINUTE_MS) }),
  };
}
