/** How the texts inside a sheet become cells (contract: `Cell` in reader.ts). */
import type { Cell } from './reader.ts';

const DAY_S = 86_400;
const DOLLAR = 36;
/** 1899-12-30, the day 0 of the 1900 system for every serial from 61 on. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/** Built-in formats that show a date or time; 27 to 36 and 50 to 58 are those of East Asian Excels. */
function isBuiltInDateFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a number format shows its value as a date or time: y, m, d, h or s outside quotes, escapes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDateFormat(id);
  const bare = code
    .split(';', 1)[0]!
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?:h+|m+|s+)\]/gi, 'h')
    .replace(/\[[^\]]*\]/g, '');
  // a place for a digit stands in dates behind the seconds alone: what else has letters shows a currency or a unit
  if (/general|standard/i.test(bare) || /[#?]|(?<!s[.,]?0{0,3})0/i.test(bare)) return false;
  return /[ymdhs]/i.test(bare);
}

/** Whether a number format shows a share of a hundred; 9 and 10 are built in. */
export function isPercentFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return id === 9 || id === 10;
  return code.replace(/"[^"]*"|\\.|_.|\*./g, '').includes('%');
}

/** How many digits a format of nothing but zeros shows, as people keep the zeros in front of an id; 0 = any other. */
export function leadingZeros(code: string | undefined): number {
  const bare = (code ?? '').split(';', 1)[0]!.replace(/\\(?=[ -])|"/g, '');
  return /^0{2,}$/.test(bare) ? bare.length : 0;
}

/**
 * A date serial as wall-clock text, rounded to the second: `2025-06-30 23:59:50`; a time without a day (0 <= serial <
 * 1) as `23:59:50`. null when it is no date that Excel knows.
 */
export function serialToText(serial: number, date1904: boolean): string | null {
  if (!(serial >= 0 && serial <= LAST_SERIAL)) return null;
  const seconds = Math.round(serial * DAY_S);
  if (seconds < DAY_S && !date1904) return new Date(seconds * 1000).toISOString().slice(11, 19);
  // Excel believes in 1900-02-29 (serial 60), so the days before it are one off.
  const shift = !date1904 && seconds < 60 * DAY_S ? DAY_S : 0;
  const ms = (date1904 ? EPOCH_1904_MS : EPOCH_1900_MS) + (seconds + shift) * 1000;
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * An ISO date cell (t="d") as wall-clock text: a `Z` is what some writers end it with, and spreadsheets show its clock
 * all the same. With an offset it is kept as it is.
 */
export function isoDateToText(raw: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(\.\d+)?)?Z?)?$/.exec(raw);
  if (match === null) return raw;
  const [, day, minutes = '00:00', seconds = '00', fraction = '0'] = match;
  const ms = Date.parse(`${day}T${minutes}:${seconds}Z`) + Math.round(Number(fraction)) * 1000;
  return Number.isNaN(ms) ? raw : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * A numeric cell: a number where its decimal text survives the way through a double, else that text without exponent
 * (ids of 16 digits and more). Fractions are cut to the 15 digits that Excel works with and shows: 12345.670000000002
 * is 12345.67.
 */
export function numberCell(raw: string): Cell {
  // Plus 0, because `-0` is 0 to everybody else.
  if (raw.length < 16 && /^-?\d+$/.test(raw)) return Number(raw) + 0;
  const trimmed = raw.trim();
  if (trimmed === '') return null;
  const value = Number(trimmed);
  if (!Number.isFinite(value) || !/^[+-]?(\d|\.\d)/.test(trimmed) || /^[+-]?0[xob]/i.test(trimmed)) return trimmed;
  if (Number.isInteger(value)) {
    // More digits than a double holds: which ones they were nobody knows, and two ids would become one.
    if (lostDigits(trimmed)) return trimmed;
    const plain = plainDecimal(trimmed);
    return Number.isSafeInteger(value) && String(value) === plain ? value : plain;
  }
  const shown = Number(value.toPrecision(15));
  return Math.abs(shown) < 1e-6 ? plainDecimal(String(shown)) : shown;
}

/** Digits that Excel keeps of a number, and whether an exponent puts zeros behind that many. */
const KEPT_DIGITS = 15;

function lostDigits(text: string): boolean {
  const [, integer = '', fraction = '', exponent] = /^[+-]?(\d*)\.?(\d*)e\+?(\d+)$/i.exec(text) ?? [];
  const digits = integer.length + fraction.length;
  return exponent !== undefined && digits >= KEPT_DIGITS && integer.length + Number(exponent) > digits;
}

/** `2.2020040010000001E16` as `22020040010000001`; leading and trailing zeros go. */
function plainDecimal(text: string): string {
  const [, sign = '', integer = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = integer + fraction;
  const point = integer.length + Number(exponent);
  if (Math.abs(point) > 400) return text;
  const padded =
    point > digits.length
      ? digits.padEnd(point, '0')
      : point < 0
        ? digits.padStart(digits.length - point, '0')
        : digits;
  const cut = Math.max(0, point);
  const left = padded.slice(0, cut).replace(/^0+(?=\d)/, '') || '0';
  const right = padded.slice(cut).replace(/0+$/, '');
  const result = right === '' ? left : `${left}.${right}`;
  return sign === '-' && result !== '0' ? `-${result}` : result;
}

/** `_x000D_` is how Excel writes a character that XML has no place for. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-f]{4})_/gi, (_whole, hex: string) =>
    hex === '0000' ? '' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const [ZERO, NINE] = [48, 57];
const BY_NUMBERS = /^R(\d{1,7})C(\d{1,5})$/i;

/** Zero-based column of a reference: `AB12`, `$AB$12` or `R12C28`; -1 where it is missing, NaN when it is none. */
export function columnOf(reference: string): number {
  if (reference === '') return -1;
  let at = reference.charCodeAt(0) === DOLLAR ? 1 : 0;
  const lettersFrom = at;
  let column = 0;
  for (; at < reference.length; at++) {
    const letter = (reference.charCodeAt(at) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  const letters = at - lettersFrom;
  if (reference.charCodeAt(at) === DOLLAR) at++;
  while (reference.charCodeAt(at) >= ZERO && reference.charCodeAt(at) <= NINE) at++;
  if (letters > 0 && letters < 4 && at === reference.length) return column - 1;
  return Number(BY_NUMBERS.exec(reference)?.[2] ?? Number.NaN) - 1;
}

/** Row from 1 of a reference; 0 where it says none. */
export function rowOf(reference: string): number {
  return Number(BY_NUMBERS.exec(reference)?.[1] ?? /\d+$/.exec(reference)?.[0] ?? 0);
}

/** More than that many hundred percent are no share, but an amount under the wrong format. */
const MOST_SHARE = 10;

/** `0.02` under a format of percent, as it is shown: `2%`. null where it can be no share. */
export function percentText(share: number): string | null {
  if (Math.abs(share) >= MOST_SHARE) return null;
  const text = String(Number((share * 100).toPrecision(15)));
  return `${text.includes('e') ? plainDecimal(text) : text}%`;
}
