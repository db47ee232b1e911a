/** Times are shown on the clock of Tashkent: UTC+5, no daylight saving. */
const OFFSET_MS = 5 * 3_600_000;

/** ISO 8601 with offset, e.g. 2025-08-04T04:01:30.000+05:00. */
export function tashkentIso(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().replace('Z', '+05:00');
}

/** The day on Tashkent's clock, YYYY-MM-DD. */
export function tashkentDay(at: Date): string {
  return tashkentIso(at).slice(0, 10);
}

/** Of a day or an instant as the contract writes them, the day as people do: 05.06.2025. */
export const dayText = (at: string): string => at.slice(0, 10).split('-').toReversed().join('.');
