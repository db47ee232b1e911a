/**
 * Times as reports write them (rules.md 4 Times). Within one file times are seconds of the Tashkent wall clock: counted
 * from 1970-01-01 00:00 of that clock, so that no zone arithmetic is needed until a value carries an offset.
 *
 * The parser reads character codes: a million rows hold five million times, and `Date` or a regular expression for each
 * would cost more than everything else in the mapper.
 */
import type { Cell } from '../readers/reader.ts';
import { isCalendarDay, parseDigits, wallSecondsFrom } from '../sources/wall-clock.ts';
import { offsetCorrection } from './clocks.ts';
import { shortDateSeconds } from './short-dates.ts';

export const OFFSET_TEXT = '+05';
const DAY_S = 86_400;
/** Days between the Excel 1900 system's day 0 and 1970-01-01. */
const EXCEL_EPOCH_DAYS = 25_569;
/** What a serial of the 1904 system lacks to one of the 1900 system. */
const DAYS_TO_1904 = 1_462;
/** Serials of 2000-01-01 and 2101-01-01: other numbers in a time column are no times. */
const FIRST_SERIAL = 36_526;
const END_SERIAL = 73_416;

const [ZERO, BLANK, NBSP, NARROW_NBSP, COLON, DASH, POINT, SLASH, COMMA] = [48, 32, 160, 8239, 58, 45, 46, 47, 44];
const [UPPER_T, TAB, RETURN] = [84, 9, 13];

/** How the times of a file are written, where a cell does not say it. */
export interface TimeReading {
  /** of two numbers before a year the first is the month: only as an operator said */
  monthFirst?: boolean;
  /** days are counted from 1904, as Excel on a Mac did */
  date1904?: boolean;
  /** date cells have day and month exchanged: a spreadsheet took `1/6/2025` for the first of June */
  exchanged?: boolean;
}

const AS_USUAL: TimeReading = {};

/** Wall-clock seconds of a raw cell; NaN when it cannot be read as a time. */
export function parseWallSeconds(cell: string | number, reading: TimeReading = AS_USUAL): number {
  if (typeof cell === 'number') return serialSeconds(cell, reading);
  const text = cell.trim();
  const sign = text.charCodeAt(2);
  if (text.length >= 10 && parseDigits(text, 0, 2) >= 0) {
    if ((sign === POINT || sign === DASH || sign === SLASH) && text.charCodeAt(5) === sign) {
      const [first, second] = [parseDigits(text, 0, 2), parseDigits(text, 3, 2)];
      const [month, day] = reading.monthFirst === true ? [first, second] : [second, first];
      const seconds = clockSeconds(text, parseDigits(text, 6, 4), month, day, false);
      return Number.isNaN(seconds) ? shortDateSeconds(text, reading) : seconds;
    }
    if (text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH) {
      const [year, second, third] = [parseDigits(text, 0, 4), parseDigits(text, 5, 2), parseDigits(text, 8, 2)];
      const [month, day] = reading.exchanged === true && third <= 12 ? [third, second] : [second, third];
      const seconds = clockSeconds(text, year, month, day, true);
      return Number.isNaN(seconds) ? shortDateSeconds(text, reading) : seconds;
    }
  }
  return /^\d{5}(?:[.,]\d+)?$/.test(text)
    ? serialSeconds(Number(text.replace(',', '.')), reading)
    : shortDateSeconds(text, reading);
}

/** Line breaks too: cells of web pages and narrow columns part a date from its clock by one. */
function isBlank(code: number): boolean {
  return code === BLANK || code === NBSP || code === NARROW_NBSP || (code >= TAB && code <= RETURN);
}

/**
 * The rest of a text whose first ten characters are a date. Year first (ISO) may carry `T`, fractions and an offset.
 */
function clockSeconds(text: string, year: number, month: number, day: number, yearFirst: boolean): number {
  let at = 10;
  if (at === text.length) return wallSecondsFrom(year, month, day, 0, 0, 0);
  if (yearFirst && text.charCodeAt(at) === UPPER_T) at += 1;
  else {
    if (!yearFirst && text.charCodeAt(at) === COMMA) at += 1;
    while (isBlank(text.charCodeAt(at))) at += 1;
    if (at === 10) return Number.NaN;
  }
  // Spreadsheets show the hour without a leading zero in some locales; after a full date it can be nothing else.
  const hourDigits = text.charCodeAt(at + 1) === COLON ? 1 : 2;
  const hour = parseDigits(text, at, hourDigits);
  at += hourDigits;
  if (text.charCodeAt(at) !== COLON) return Number.NaN;
  const minute = parseDigits(text, at + 1, 2);
  at += 3;
  let second = 0;
  let roundUp = 0;
  if (text.charCodeAt(at) === COLON) {
    second = parseDigits(text, at + 1, 2);
    at += 3;
    if (text.charCodeAt(at) === POINT && parseDigits(text, at + 1, 1) >= 0) {
      roundUp = text.charCodeAt(at + 1) >= ZERO + 5 ? 1 : 0;
      at += 1;
      while (parseDigits(text, at, 1) >= 0) at += 1;
    }
  }
  const seconds = wallSecondsFrom(year, month, day, hour, minute, second) + roundUp;
  if (at >= text.length) return seconds;
  if (!yearFirst) return Number.NaN;
  const offset = text.slice(at).trim();
  // `10:00-12:00` are two clocks; a zone stands behind seconds or in ISO
  const isRange = offset.charCodeAt(0) === DASH && text.charCodeAt(10) !== UPPER_T && text.charCodeAt(16) !== COLON;
  return isRange ? Number.NaN : seconds + offsetCorrection(offset);
}

/** Whether the order of day and month in a time cell must be known to read it: two numbers before a year. */
export function hasDayAndMonth(cell: string | number): boolean {
  return typeof cell === 'string' && /^\s*\d\d?[./-]\d\d?[./-]\d{4}/.test(cell);
}

/**
 * A time that says "never" where one may be missing: zero in all its spellings, and the day 0 of Unix, Excel, .NET and
 * databases (`0000-00-00 00:00:00`, `1970-01-01`, `30.12.1899`, `0001-01-01`).
 */
export function isZeroTime(cell: string | number): boolean {
  if (typeof cell === 'number') return cell === 0;
  if (/^0+(?:[.,]0+)?$/.test(cell) || /^0{1,2}:00(?::00(?:\.0+)?)?$/.test(cell)) return true;
  const yearFirst = /^(\d{4})[-./](\d\d)[-./](\d\d)(?!\d)/.exec(cell);
  const day = yearFirst === null ? /^(\d\d)[-./](\d\d)[-./](\d{4})(?!\d)/.exec(cell) : null;
  if (yearFirst !== null) return ZERO_DAYS.has(`${yearFirst[1]}-${yearFirst[2]}-${yearFirst[3]}`);
  return (
    day !== null && (ZERO_DAYS.has(`${day[3]}-${day[2]}-${day[1]}`) || ZERO_DAYS.has(`${day[3]}-${day[1]}-${day[2]}`))
  );
}

const ZERO_DAYS = new Set(
  '0000-00-00 0000-01-01 0001-01-01 1899-12-30 1899-12-31 1900-01-00 1900-01-01 1904-01-01 1969-12-31 1970-01-01'.split(
    ' ',
  ),
);

/**
 * Whether a cell that can be read as a time says a day only; midnight written out counts too, as date cells are given.
 */
export function isDateOnly(cell: string | number): boolean {
  const seconds = parseWallSeconds(cell);
  return seconds % DAY_S === 0 && !(typeof cell === 'string' && /T|[+]|Z$/i.test(cell));
}

/** Whether a text was written without seconds or without any time of day. */
export function isWrittenCoarsely(text: string): boolean {
  const colon = text.indexOf(':');
  if (colon < 0) return !/^\s*\d{5}[.,]/.test(text);
  return text.charCodeAt(colon + 3) !== COLON;
}

/** Excel stores 23:59:50 as a fraction that is not quite there: to the second. */
function serialSeconds(serial: number, { date1904 = false }: TimeReading): number {
  const days = date1904 ? serial + DAYS_TO_1904 : serial;
  if (!(days >= FIRST_SERIAL && days < END_SERIAL)) return Number.NaN;
  return Math.round((days - EXCEL_EPOCH_DAYS) * DAY_S);
}

let cachedDay = Number.NaN;
let cachedDayText = '';

function dayText(day: number): string {
  if (day !== cachedDay) {
    cachedDayText = new Date(day * DAY_S * 1000).toISOString().slice(0, 10);
    cachedDay = day;
  }
  return cachedDayText;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** `YYYY-MM-DD HH:mm:ss+05`, as the database takes it. */
export function formatWallTime(seconds: number): string {
  const day = Math.floor(seconds / DAY_S);
  const rest = seconds - day * DAY_S;
  const minutes = Math.floor(rest / 60);
  const hour = TWO_DIGITS[Math.floor(minutes / 60)];
  return `${dayText(day)} ${hour}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[rest % 60]}${OFFSET_TEXT}`;
}

/**
 * Whether a text is a time spelled `YYYY-MM-DD HH:mm:ss`, as most exports write it: nothing to change but to add the
 * offset.
 */
export function isCanonicalClock(text: string): boolean {
  if (text.length !== 19 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(10) !== BLANK)
    return false;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return false;
  const hour = parseDigits(text, 11, 2);
  const minute = parseDigits(text, 14, 2);
  const second = parseDigits(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  return isCalendarDay(parseDigits(text, 0, 4), parseDigits(text, 5, 2), parseDigits(text, 8, 2));
}

/** A raw cell as `YYYY-MM-DD HH:mm:ss+05`, moved back by `shiftSeconds`; undefined when it is no time. */
export function normaliseTime(
  cell: string | number,
  shiftSeconds = 0,
  reading: TimeReading = AS_USUAL,
): string | undefined {
  const seconds = parseWallSeconds(cell, reading);
  return Number.isNaN(seconds) ? undefined : formatWallTime(seconds - shiftSeconds);
}

/** A raw cell as `YYYY-MM-DD`; a time of day in it is dropped. */
export function normaliseDate(cell: string | number, reading: TimeReading = AS_USUAL): string | undefined {
  return normaliseTime(cell, 0, reading)?.slice(0, 10);
}

/** ISO 8601 with offset, as the API shows it, of a normalised time. */
export function toIsoTime(normalised: string): string {
  return `${normalised.slice(0, 10)}T${normalised.slice(11, 19)}+05:00`;
}

/** The spelling of a time cell, for showing how a column was read; null when it is no time. */
export function timeShape(cell: Cell): string | null {
  if (cell === null || Number.isNaN(parseWallSeconds(cell))) return null;
  if (typeof cell === 'number') return 'Excel serial';
  const text = cell.trim();
  if (/^\d{5}(?:[.,]|$)/.test(text)) return 'Excel serial';
  const { 0: written = '', 1: day, 2: sign, 3: month, 4: last } = /^(\d+)([./-])(\d+)[./-](\d+)/.exec(text) ?? [];
  const date =
    day?.length === 4
      ? `YYYY${sign}${'MM'.slice(0, month?.length)}${sign}${'DD'.slice(0, last?.length)}`
      : `${'DD'.slice(0, day?.length)}${sign}${'MM'.slice(0, month?.length)}${sign}YYYY`;
  const clock = text.slice(written.length);
  if (clock === '') return date;
  const parted = clock.startsWith('T') ? 'T' : clock.startsWith(',') ? ', ' : ' ';
  if (/M\.?$/i.test(clock)) return `${date}${parted}${/:\d\d:/.test(clock) ? 'h:mm:ss' : 'h:mm'} AM/PM`;
  const seconds = /:\d\d:/.test(clock) ? 'HH:mm:ss' : 'HH:mm';
  const offset = /(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(clock) ? '±hh:mm' : '';
  return `${date}${parted}${seconds}${offset}`;
}
