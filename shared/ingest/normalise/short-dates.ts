/** Dates as spreadsheets of other countries show them, beside those that every export writes (times.ts). */
import { wallSecondsFrom } from '../sources/wall-clock.ts';
import { offsetCorrection, parseClockSeconds } from './clocks.ts';
import type { TimeReading } from './times.ts';

/**
 * Days and months without their zero and clocks of twelve hours (`8/2/2025 10:00 PM`); the year first with any sign, as
 * Chinese spreadsheets show it (`2025/8/2 22:00`), which may carry its zone. Years of two digits are nobody's to guess:
 * `25/08/02` may begin or end with it.
 */
const BLANKS = '[\\s\\u00a0\\u202f]';
const SHORT_CLOCK = `\\d\\d?:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?:${BLANKS}*[AP]\\.?M\\.?)?`;
/** A minus alone may part two clocks: `10:00-12:00`. */
const ZONE = `${BLANKS}*(Z|(?:UTC|GMT)(?:[+-]\\d\\d?(?::?\\d\\d)?)?|\\+\\d\\d?(?::?\\d\\d)?)`;
const PARTED = `(?:,${BLANKS}*|${BLANKS}+)`;
const SHORT_DATE = new RegExp(`^(\\d\\d?)([./-])(\\d\\d?)\\2(\\d{4})(?:${PARTED}(${SHORT_CLOCK}))?$`, 'i');
const YEAR_FIRST = new RegExp(
  `^(\\d{4})([./-])(\\d\\d?)\\2(\\d\\d?)(?:(?:${PARTED}|T)(${SHORT_CLOCK})(?:${ZONE})?)?$`,
  'i',
);

/** Wall-clock seconds of such a text; NaN when it is none. */
export function shortDateSeconds(text: string, { monthFirst = false }: TimeReading): number {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, , month, day, clock, zone] = yearFirst;
    const seconds = dayAndClock(Number(year), Number(month), Number(day), clock);
    return zone === undefined ? seconds : seconds + offsetCorrection(fullOffset(zone));
  }
  const found = SHORT_DATE.exec(text);
  if (found === null) return Number.NaN;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const [month, day] = monthFirst ? [first, second] : [second, first];
  return dayAndClock(Number(found[4]), month, day, found[5]);
}

function dayAndClock(year: number, month: number, day: number, clock: string | undefined): number {
  return wallSecondsFrom(year, month, day, 0, 0, 0) + (clock === undefined ? 0 : parseClockSeconds(clock));
}

/** `Z`, or sign and two digits of hours: what offsetCorrection reads. */
function fullOffset(zone: string): string {
  const signed = zone.replace(/^(?:UTC|GMT)/i, '');
  if (signed === '' || signed.toUpperCase() === 'Z') return 'Z';
  return /^[+-]\d(?:\D|$)/.test(signed) ? `${signed.charAt(0)}0${signed.slice(1)}` : signed;
}
