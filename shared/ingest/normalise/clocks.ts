/** Times of day, and what stands behind them to say of which zone they are. */
import { parseDigits, WALL_CLOCK_AHEAD_S } from '../sources/wall-clock.ts';

const DAY_S = 86_400;
const [PLUS, DASH, UPPER_Z, LOWER_Z] = [43, 45, 90, 122];

/** Seconds to add to a wall clock of another zone to get Tashkent's; NaN when the text is no offset. */
export function offsetCorrection(offset: string): number {
  const first = offset.charCodeAt(0);
  if ((first === UPPER_Z || first === LOWER_Z) && offset.length === 1) return WALL_CLOCK_AHEAD_S;
  if (first !== PLUS && first !== DASH) return Number.NaN;
  const hours = parseDigits(offset, 1, 2);
  const rest = offset.slice(3).replace(':', '');
  const minutes = rest === '' ? 0 : rest.length === 2 ? parseDigits(rest, 0, 2) : -1;
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return Number.NaN;
  const ahead = (hours * 60 + minutes) * 60;
  return WALL_CLOCK_AHEAD_S - (first === PLUS ? ahead : -ahead);
}

/** The day 0 that programs hang a clock on: of Excel, Unix, .NET and 1C, in the spellings of several countries. */
const NO_DAY = [
  '1899-12-3[01]|1900-01-0[01]|1904-01-01|1970-01-01|0001-01-01',
  '3[01]\\.12\\.1899|0?1\\.0?1\\.(?:0001|1900|1904|1970)|12/3[01]/1899|1/[01]/1900',
].join('|');
const BETWEEN = String.raw`(:|\.(?=\d\d\.\d\d$))`;
const CLOCK = new RegExp(
  String.raw`^(?:(?:${NO_DAY})[ T])?(\d{1,2})${BETWEEN}(\d\d)(?:\2(\d\d)(?:[.,]\d+)?)?(?:\s*([AP])\.?M\.?)?$`,
  'i',
);

/** What a spreadsheet that lost the format of a clock writes to a text file. */
const FRACTION = /^0[.,]\d+$/;

/** A time of day without a date as seconds since midnight; NaN when it is none. A number is a fraction of a day. */
export function parseClockSeconds(cell: string | number): number {
  if (typeof cell === 'number') return cell >= 0 && cell < 1 ? Math.round(cell * DAY_S) % DAY_S : Number.NaN;
  const text = cell.trim();
  if (FRACTION.test(text)) return parseClockSeconds(Number(text.replace(',', '.')));
  const found = CLOCK.exec(text);
  if (found === null) return Number.NaN;
  const [hour, minute, second] = [Number(found[1]), Number(found[3]), Number(found[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const half = found[5]?.toUpperCase();
  if (half !== undefined && (hour < 1 || hour > 12)) return Number.NaN;
  return (half === undefined ? hour : (hour % 12) + (half === 'P' ? 12 : 0)) * 3600 + minute * 60 + second;
}
