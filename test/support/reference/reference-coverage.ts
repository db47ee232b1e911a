import { type Range, type World, type WorldSource, recordTime } from './world.ts';

const DAY_S = 86_400;
/** Tashkent is five hours ahead of UTC all year. */
const TASHKENT_AHEAD_S = 5 * 3600;

/** "Coverage: per source, ranges of seconds." Sorted, joined. */
export function coverageOf(world: World, source: WorldSource): Range[] {
  const ranges: Range[] = [];
  for (const file of world.files.filter((one) => one.source === source)) {
    // "A file covers min..max of the times of its accepted rows, joined with the period stated in the file"
    const times = file.records.map(recordTime);
    if (times.length > 0) ranges.push({ from: Math.min(...times), to: Math.max(...times) });
    if (file.period) ranges.push(file.period);
  }
  ranges.sort((a, b) => a.from - b.from || a.to - b.to);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last && !wholeDayBetween(last.to, range.from)) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}

/** "Two ranges of a source are joined when no whole Tashkent day lies between them." */
function wholeDayBetween(end: number, start: number): boolean {
  const firstMidnight = Math.ceil((end + 1 + TASHKENT_AHEAD_S) / DAY_S) * DAY_S - TASHKENT_AHEAD_S;
  return firstMidnight + DAY_S <= start;
}

/** "An absence counts only if the whole window lies inside" */
export function covers(ranges: readonly Range[], window: Range): boolean {
  return ranges.some((range) => range.from <= window.from && window.to <= range.to);
}
