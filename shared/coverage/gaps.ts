/**
 * Holes in what the loaded reports of one source cover (rules.md 11, Missing days): whole Tashkent days without
 * coverage, and holes that hold no whole day. Pure: instants are epoch ms, days are YYYY-MM-DD on Tashkent's clock.
 */
import { tashkentDay } from '../tashkent-time.ts';

const DAY_MS = 86_400_000;

/** Both ends included. */
export interface Stretch {
  fromMs: number;
  toMs: number;
}

/** Whole days, both included. */
export interface DayGap {
  firstDay: string;
  lastDay: string;
}

/** Neither end belongs to it: there lie the rows beside it. */
export interface ShortGap {
  fromMs: number;
  toMs: number;
}

export interface Gaps {
  days: DayGap[];
  /** holes without a whole day; whether anything is missing there is for others to say */
  short: ShortGap[];
}

/**
 * @param stretches in any order, may overlap; none = nothing is known of the source, and nothing missing
 * @param lastExpectedDay the last day that should be there by now; what lies after it is no hole yet
 */
export function gapsOf(stretches: readonly Stretch[], lastExpectedDay: string): Gaps {
  const gaps: Gaps = { days: [], short: [] };
  const inOrder = stretches.toSorted((a, b) => a.fromMs - b.fromMs);
  const [first] = inOrder;
  if (first === undefined) return gaps;
  let reachedMs = first.toMs;
  for (const { fromMs, toMs } of inOrder) {
    const firstDay = dayAfter(tashkentDay(new Date(reachedMs)));
    const lastDay = dayAfter(tashkentDay(new Date(fromMs)), -1);
    if (firstDay <= lastDay) gaps.days.push({ firstDay, lastDay });
    else if (fromMs > reachedMs) gaps.short.push({ fromMs: reachedMs, toMs: fromMs });
    reachedMs = Math.max(reachedMs, toMs);
  }
  const firstDay = dayAfter(tashkentDay(new Date(reachedMs)));
  if (firstDay <= lastExpectedDay) gaps.days.push({ firstDay, lastDay: lastExpectedDay });
  return gaps;
}

/** The day so many days later. */
export function dayAfter(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** How many days from one to the other, both counted. */
export function daysBetween({ firstDay, lastDay }: DayGap): number {
  return Math.round((Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS) + 1;
}
