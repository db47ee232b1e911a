/** `from` and `to` of lists: days on the clock of Tashkent, both included, or instants, the later one excluded. */
import { z } from 'zod';

const DAY_MS = 86_400_000;
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true });

function parameter(end: 'from' | 'to') {
  return z.union([
    day.transform((text) => new Date(Date.parse(`${text}T00:00:00+05:00`) + (end === 'to' ? DAY_MS : 0))),
    instant.transform((text) => new Date(text)),
  ]);
}

/** Query parameters; both become instants of a half-open range. */
export const timeRangeQuery = { from: parameter('from').optional(), to: parameter('to').optional() };
