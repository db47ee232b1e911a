/**
 * Numbers as reports write them (rules.md 4 Numbers). Everything stays decimal text: a float never carries money.
 *
 * A sign can be the decimal point or part the thousands. `15.000` fits both readings, `15000.00` and `1.234.567` only
 * one; what fits only one decides the style of its integer column.
 */
import type { NumberStyle } from '../child/protocol.ts';
import type { Cell } from '../readers/reader.ts';

/** numeric(16, 2) holds 14 digits before the point; 13 keep sums in cents exact. */
const MAX_INTEGER_DIGITS = 13;
/** From here on a long tail of decimals is what binary arithmetic left behind in a spreadsheet. */
const FLOAT_NOISE_DIGITS = 8;

/** Point is the decimal sign, comma may part thousands. */
const POINT = /^[+-]?(?:\d+|(?!0,)\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;
/** Comma is the decimal sign, point may part thousands. */
const COMMA = /^[+-]?(?:\d+|(?!0\.)\d{1,3}(?:\.\d{3})+)(?:,\d+)?$/;
const PLAIN = /^[+-]?\d+$/;

/** Minus and dashes that stand for it before or behind a number. */
const MINUS = /[\u2010-\u2015\u2212\ufe63\uff0d]/;

const CURRENCY = `(?:сум(?:ов|а|ы)?|сўм|so['’‘ʻʼ\`´ʹ′]?m|sum|uzs)\\.?`;
const CURRENCY_BEFORE = new RegExp(`^([\\s(]*)${CURRENCY}`, 'i');
const CURRENCY_BEHIND = new RegExp(`${CURRENCY}(?=[\\s)-]*$)`, 'i');
const INVISIBLE = /[\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad\ufeff]/g;
/** What parts thousands without being a sign of the number. */
const PARTING = /[\s\u2800'’‘ʻʼ`´ʹ′]+/g;
/** Blanks part groups of three digits; anywhere else two numbers stand side by side, or one was cut. */
const PARTED = /^\D*\d{1,3}(?: \d{3})+(?:[.,]\d+)?\D*$/;

/**
 * Strips blanks of all kinds, apostrophes and currency words; every minus becomes `-`, as do the accountant's `15000-`
 * and `(15000)`. What holds more than one number stays as it is, which nobody reads as one.
 */
function stripNumber(text: string): string {
  if (PLAIN.test(text)) return text;
  const bare = text
    .replace(INVISIBLE, '')
    .replace(CURRENCY_BEFORE, '$1')
    .replace(CURRENCY_BEHIND, '')
    .replace(PARTING, ' ')
    .replace(/(?<!\d) | (?!\d)/g, '');
  if (bare.includes(' ') && !PARTED.test(bare)) return bare;
  return bare
    .replaceAll(' ', '')
    .replace(MINUS, '-')
    .replace(/^\(([^()]*)\)$/, '-$1')
    .replace(/^([^+-].*)-$/, '-$1');
}

export type NumberReading =
  /** no sign at all: reads the same in both styles */
  | 'plain'
  /** fits one style only */
  | NumberStyle
  /** one kind of sign, three digits a group: thousands by the rule, a fraction in the other style */
  | 'thousands_by_point'
  | 'thousands_by_comma'
  | 'unreadable';

/** How one cell of text can be read. */
export function readNumber(text: string): NumberReading {
  return classify(stripNumber(text));
}

function classify(stripped: string): NumberReading {
  if (PLAIN.test(stripped)) return 'plain';
  const point = POINT.test(stripped);
  const comma = COMMA.test(stripped);
  if (point && comma) return stripped.includes('.') ? 'thousands_by_point' : 'thousands_by_comma';
  if (point) return 'point';
  return comma ? 'comma' : 'unreadable';
}

/**
 * Exact decimal text of a number (no leading zeros, no trailing zeros, point as decimal sign); undefined when it cannot
 * be read in this style. `style` null = by the rule of rules.md 4, cell by cell.
 */
export function normaliseNumber(text: string, style: NumberStyle | null): string | undefined {
  const stripped = stripNumber(text);
  const reading = classify(stripped);
  if (reading === 'unreadable') return undefined;
  if (reading === 'plain') return canonical(stripped);
  if (reading === 'point' || reading === 'comma') {
    return style !== null && style !== reading ? undefined : canonical(toPoint(stripped, reading));
  }
  return canonical(toPoint(stripped, style ?? (reading === 'thousands_by_point' ? 'comma' : 'point')));
}

function toPoint(stripped: string, style: NumberStyle): string {
  return style === 'point' ? stripped.replaceAll(',', '') : stripped.replaceAll('.', '').replace(',', '.');
}

function canonical(decimal: string): string {
  const negative = decimal.startsWith('-');
  const unsigned = decimal.replace(/^[+-]/, '').replace(/^0+(?=\d)/, '');
  const trimmed = unsigned.includes('.') ? unsigned.replace(/\.?0+$/, '') : unsigned;
  return negative && trimmed !== '0' ? `-${trimmed}` : trimmed;
}

export type MoneyReading = { value: string } | { code: 'number_unreadable' | 'money_precision' | 'number_too_large' };

/**
 * UZS as decimal text with no or two decimals. More decimals than two are refused, unless they are what a float left
 * behind.
 */
export function normaliseMoney(cell: string | number, style: NumberStyle | null): MoneyReading {
  const decimal =
    typeof cell === 'number' ? normaliseNumber(plainDecimal(cell), 'point') : normaliseNumber(cell, style);
  if (decimal === undefined) return { code: 'number_unreadable' };
  const [integer = '0', fraction = ''] = decimal.split('.');
  if (integer.replace('-', '').length > MAX_INTEGER_DIGITS) return { code: 'number_too_large' };
  if (fraction === '') return { value: integer };
  if (fraction.length <= 2) return { value: `${integer}.${fraction.padEnd(2, '0')}` };
  if (fraction.length < FLOAT_NOISE_DIGITS) return { code: 'money_precision' };
  const cents = Number(`0.${fraction}`) * 100;
  if (Math.abs(cents - Math.round(cents)) > 1e-4) return { code: 'money_precision' };
  return {
    value: centsToMoney((decimal.startsWith('-') ? -1 : 1) * (Math.abs(Number(integer)) * 100 + Math.round(cents))),
  };
}

/** A integer number as text; undefined when it is none or longer than a bigint surely holds. */
export function normaliseInteger(cell: string | number): string | undefined {
  const decimal = typeof cell === 'number' ? normaliseNumber(plainDecimal(cell), 'point') : normaliseNumber(cell, null);
  return decimal !== undefined && /^-?\d{1,18}$/.test(decimal) ? decimal : undefined;
}

/** JS writes very large and very small numbers with an exponent, which is no decimal text. */
function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return Math.abs(value) > 1 ? String(BigInt(value)) : value.toFixed(12);
}

function centsToMoney(cents: number): string {
  const integer = Math.trunc(Math.abs(cents) / 100);
  const rest = Math.abs(cents) % 100;
  return `${cents < 0 ? '-' : ''}${integer}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

export interface DetectedStyle {
  /** null = no cell decides: each follows the rule of rules.md 4 */
  style: NumberStyle | null;
  /** the column fits both styles and they give different amounts */
  ambiguous: boolean;
  /** the cell that decided, or the first one that fits both; null when no cell holds a sign */
  evidence: string | null;
}

/** The style of a column from its cells. A cell of type number is a number already and takes no part. */
export function detectNumberStyle(values: Iterable<Cell>): DetectedStyle {
  const decided: Record<NumberStyle, number> = { point: 0, comma: 0 };
  const evidence: Partial<Record<NumberStyle | 'both', string>> = {};
  for (const cell of values) {
    if (typeof cell !== 'string') continue;
    const reading = readNumber(cell.trim());
    if (reading === 'plain' || reading === 'unreadable') continue;
    if (reading === 'point' || reading === 'comma') {
      decided[reading] += 1;
      evidence[reading] ??= cell.trim();
    } else {
      evidence.both ??= cell.trim();
    }
  }
  if (decided.point === 0 && decided.comma === 0) {
    return { style: null, ambiguous: evidence.both !== undefined, evidence: evidence.both ?? null };
  }
  // A column with cells of both kinds has no one style: the majority's holds, the others are refused with row and
  // column.
  const style = decided.comma > decided.point ? 'comma' : 'point';
  return { style, ambiguous: false, evidence: evidence[style] ?? null };
}
