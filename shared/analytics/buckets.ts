/** Hours, days, weeks (from Monday) and months on the clock of Tashkent. */
import { tashkentIso } from '../tashkent-time.ts';

export const TIME_GROUPS = ['hour', 'day', 'week', 'month'] as const;
export type TimeGroup = (typeof TIME_GROUPS)[number];

/** More than a chart can show; a stray order years away must not make the answer endless. */
export const MAX_BUCKETS = 5_000;

const OFFSET_MS = 5 * 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The start of the bucket that holds this instant. */
export function bucketStart(at: Date, group: TimeGroup): Date {
  // the UTC fields of this are what the clock in Tashkent shows
  const local = at.getTime() + OFFSET_MS;
  const day = Math.floor(local / DAY_MS) * DAY_MS;
  if (group === 'hour') return new Date(Math.floor(local / HOUR_MS) * HOUR_MS - OFFSET_MS);
  if (group === 'day') return new Date(day - OFFSET_MS);
  const shown = new Date(day);
  if (group === 'week') return new Date(day - ((shown.getUTCDay() + 6) % 7) * DAY_MS - OFFSET_MS);
  return new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), 1) - OFFSET_MS);
}

/** The start of the next bucket. */
export function nextBucket(start: Date, group: TimeGroup): Date {
  if (group === 'hour') return new Date(start.getTime() + HOUR_MS);
  if (group === 'day') return new Date(start.getTime() + DAY_MS);
  if (group === 'week') return new Date(start.getTime() + 7 * DAY_MS);
  const shown = new Date(start.getTime() + OFFSET_MS);
  return new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + 1, 1) - OFFSET_MS);
}

/**
 * Starts of all buckets that touch [from, to), as they are written in answers; null when there are more than
 * MAX_BUCKETS.
 */
export function bucketsOf(from: Date, to: Date, group: TimeGroup): string[] | null {
  const starts: string[] = [];
  for (let at = bucketStart(from, group); at < to; at = nextBucket(at, group)) {
    if (starts.length === MAX_BUCKETS) return null;
    starts.push(tashkentIso(at));
  }
  return starts;
}
