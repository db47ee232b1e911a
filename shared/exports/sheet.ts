/** What is exported, before it becomes a file: sheets of typed cells, their rows streamed in batches. */

/** Text is written as text whatever it looks like; numbers as decimal text, so that no float is in between. */
export type Cell = string | boolean | Date | { number: string } | Money | MarkedCell | null;

/** UZS as decimal text. */
export interface Money {
  money: string;
}

/** Text, or nothing, that is to be seen: formats that know colours show it on one. */
export interface MarkedCell {
  marked: string;
}

export interface Column {
  header: string;
  /** its name for programs, the same in every language; the header where absent */
  key?: string;
  /** in characters, of formats that know widths */
  width: number;
  /** Words that go on in a second line where one is too narrow. */
  wraps?: true;
}

export type RowBatch = readonly (readonly Cell[])[];

export interface Sheet {
  name: string;
  columns: readonly Column[];
  /** how many of the first columns go on paper: all would be too small to read; default all */
  printed?: number;
  /** lines above the header, of formats that people look at: title, period, conditions */
  lead?: readonly string[];
  /** below the last row, of the same formats; of all rows together */
  totals?: readonly Cell[];
  /** read once */
  rows: AsyncIterable<RowBatch> | Iterable<RowBatch>;
}

export type Sheets = AsyncIterable<Sheet> | Iterable<Sheet>;

/** How yes and no are written. */
export interface BooleanWords {
  yes: string;
  no: string;
}

export const number = (text: string | number): { number: string } => ({ number: String(text) });

export const money = (text: string): Money => ({ money: text });

const OFFSET_MS = 5 * 3_600_000;
const DAY_S = 86_400;
const TWO_DIGITS = Array.from({ length: 60 }, (_none, at) => String(at).padStart(2, '0'));

/** The day asked for last: neighbouring rows share one, and the calendar takes longer than all the rest. */
let lastDay = { number: Number.NaN, iso: '', local: '' };

/** `2025-08-04 04:01:30`, the clock of Tashkent. */
export function localTimeText(at: Date): string {
  return `${dayOf(at).iso} ${clockText(at)}`;
}

/** `04.08.2025`, the clock of Tashkent. */
export function localDayText(at: Date): string {
  return dayOf(at).local;
}

/** `04:01:30`, the clock of Tashkent. */
export function clockText(at: Date): string {
  const second = Math.floor((at.getTime() + OFFSET_MS) / 1_000) - numberOf(at) * DAY_S;
  const minute = Math.floor(second / 60);
  return `${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:${TWO_DIGITS[second % 60]}`;
}

const numberOf = (at: Date): number => Math.floor((at.getTime() + OFFSET_MS) / (DAY_S * 1_000));

function dayOf(at: Date): typeof lastDay {
  const number = numberOf(at);
  if (number !== lastDay.number) {
    const iso = new Date(number * DAY_S * 1_000).toISOString().slice(0, 10);
    lastDay = { number, iso, local: iso.split('-').reverse().join('.') };
  }
  return lastDay;
}

/** Days since the beginning of 1900 as spreadsheets count them, on the clock of Tashkent, to the second. */
export function serialOf(at: Date): string {
  const seconds = Math.round((at.getTime() + OFFSET_MS) / 1_000);
  // every digit: programs cut what is a hair below a second to the second before
  return String(seconds / 86_400 + 25_569);
}
