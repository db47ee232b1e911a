/**
 * Figures of a sentence as people read them: instants on the clock of Tashkent, stretches of time in words, amounts in
 * groups of three. What is stored and sent as parameters stays as it is; only the words are made with these.
 */
import { languages, type Lang } from './languages.ts';
import { valueWords, wordOf } from './tables.ts';
import type { TextParams } from './text.ts';

const NBSP = '\u00a0';
const MINUS = '\u2212';
/** Amounts of UZS as decimal text, by the names that they have in all tables. */
const AMOUNTS: ReadonlySet<string> = new Set([
  'amount',
  'cash',
  'card',
  'delta',
  'found',
  'expected',
  'happyWorkers',
  'vendhub',
  'sum',
]);
/** Whole seconds. */
const STRETCHES: ReadonlySet<string> = new Set(['seconds', 'windowS', 'retryAfterS']);
/** Whole minutes; of clocks that disagree they may be days. */
const MINUTES: ReadonlySet<string> = new Set(['minutes']);
/** Codes of closed vocabularies, one or several with a comma between them; anything else is shown as it came. */
const CODES: ReadonlySet<string> = new Set(['gateway', 'paymentType', 'source', 'sources', 'state', ...AMOUNTS]);
/** Numbers that name something: nobody groups the digits of a row's number. */
const NAMES: ReadonlySet<string> = new Set(['row', 'seq', 'user', 'port', 'year']);
/** Words of the file itself. */
const QUOTED: ReadonlySet<string> = new Set(['value', 'values', 'samples', 'key', 'keys', 'name', 'file', 'column']);
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const AMOUNT = /^(-?)(\d+)(?:\.(\d+))?$/;
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}):(\d{2})(?:\.\d+)?[+-]\d{2}:\d{2}$/;

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);

/** "15000.00" -> "15 000"; a fraction stays where it is not zero. */
export function amountText(amount: string): string {
  const match = AMOUNT.exec(amount);
  if (match === null) return amount;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return `${match[1] === '-' ? MINUS : ''}${grouped(match[2] ?? '0')}${fraction === '' ? '' : `,${fraction.padEnd(2, '0')}`}`;
}

/** 45 -> "45 с", 605 -> "10 мин", 1701900 -> "19 дней 16 ч": two units at most, as the page says it. */
export function stretchText(seconds: number, lang: Lang): string {
  const { s, min, h, days } = languages[lang].units;
  const rounded = Math.round(Math.abs(seconds));
  const joined = (...parts: readonly [number, string][]): string =>
    parts
      .filter(([count], at) => at === 0 || count > 0)
      .map(([count, unit]) => `${grouped(String(count))}${NBSP}${unit}`)
      .join(' ');
  if (rounded < 120) return joined([rounded, s]);
  if (rounded < 600) return joined([Math.floor(rounded / 60), min], [rounded % 60, s]);
  if (rounded < 7_200) return joined([Math.floor(rounded / 60), min]);
  if (rounded < 86_400) return joined([Math.floor(rounded / 3_600), h], [Math.floor((rounded % 3_600) / 60), min]);
  const count = Math.floor(rounded / 86_400);
  return joined([count, days(count)], [Math.floor((rounded % 86_400) / 3_600), h]);
}

/**
 * Instants come with the offset of Tashkent: their own digits are the wall clock. "01.07.2025 14:35", seconds where
 * they are not zero.
 */
function instantText(parts: RegExpExecArray): string {
  const [, year, month, day, clock, seconds] = parts;
  return `${day}.${month}.${year}${NBSP}${clock}${seconds === '00' ? '' : `:${seconds}`}`;
}

/** "01.07" or "01.07–15.07"; with the years where they differ. */
function periodText(from: RegExpExecArray, to: RegExpExecArray): string {
  const day = (parts: RegExpExecArray, year: boolean): string => `${parts[3]}.${parts[2]}${year ? `.${parts[1]}` : ''}`;
  const years = from[1] !== to[1];
  const [first, last] = [day(from, years), day(to, years)];
  return first === last ? first : `${first}\u2013${last}`;
}

function shown(name: string, value: string | number, lang: Lang): string {
  if (QUOTED.has(name)) return String(value);
  if (STRETCHES.has(name)) return stretchText(Number(value), lang);
  if (MINUTES.has(name)) return stretchText(Number(value) * 60, lang);
  if (typeof value === 'number') return NAMES.has(name) ? String(value) : amountText(String(value));
  if (AMOUNTS.has(name) && AMOUNT.test(value)) return amountText(value);
  if (CODES.has(name))
    return value
      .split(', ')
      .map((code) => wordOf(valueWords, code, lang))
      .join(', ');
  if (name === 'day') return value.replace(DAY, '$3.$2.$1');
  const instant = INSTANT.exec(value);
  return instant === null ? value : instantText(instant);
}

/** The clock of `at` alone where it is of the same day as `of`. */
function momentText(at: RegExpExecArray, of: RegExpExecArray | null, lang: Lang): string {
  const sameDay = of !== null && at.slice(1, 4).join() === of.slice(1, 4).join();
  return languages[lang].units.at(at[4] ?? '', sameDay ? null : `${at[3]}.${at[2]}`);
}

/**
 * The parameters in words. `from` and `to` that are instants give `period` as well, the days they reach over; `at` with
 * `of`, the time of what it belongs to, is said as a moment of its day.
 */
export function shownParams(params: TextParams, lang: Lang): Readonly<Record<string, string>> {
  const words: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) words[name] = shown(name, value, lang);
  const instant = (name: string): RegExpExecArray | null => INSTANT.exec(String(params[name] ?? ''));
  const [from, to, at] = [instant('from'), instant('to'), instant('at')];
  if (at !== null) words['at'] = momentText(at, instant('of'), lang);
  if (from !== null && to !== null) words['period'] = periodText(from, to);
  return words;
}
