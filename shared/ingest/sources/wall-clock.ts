/**
 * Seconds of the Tashkent wall clock, counted from 1970-01-01 00:00 of that clock, so that no zone arithmetic is needed
 * until a value carries an offset.
 */

/** Asia/Tashkent is UTC+5 all year round. */
export const WALL_CLOCK_AHEAD_S = 5 * 3600;
const DAY_S = 86_400;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const [ZERO, NINE] = [48, 57];

/** The number in `count` characters from `from`; -1 when one of them is no digit. */
export function parseDigits(text: string, from: number, count: number): number {
  let value = 0;
  for (let i = from; i < from + count; i += 1) {
    const code = text.charCodeAt(i);
    if (!(code >= ZERO && code <= NINE)) return -1;
    value = value * 10 + code - ZERO;
  }
  return value;
}

/** Wall-clock seconds of a calendar time; NaN when there is no such day or time, or it is not in 2000 to 2100. */
export function wallSecondsFrom(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number {
  if (!isCalendarDay(year, month, day)) return Number.NaN;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN;
  return daysFromCivil(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second;
}

/** Whether there is such a day, in 2000 to 2100. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (month === 2 && leap ? 29 : (MONTH_DAYS[month] ?? 0));
}

/** Days since 1970-01-01 in the Gregorian calendar, by eras of 400 years that begin in March. */
function daysFromCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Wall-clock seconds of a normalised time, `YYYY-MM-DD HH:mm:ss` whatever follows; NaN when it is none. */
export function wallSecondsOf(normalised: string): number {
  const part = (from: number, count: number): number => parseDigits(normalised, from, count);
  return wallSecondsFrom(part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2));
}
