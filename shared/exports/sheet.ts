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

/** `2025-08-04 04:01:30`, the clock of Tashkent. */
export function localTimeText(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Days since the beginning of 1900 as spreadsheets count them, on the clock of Tashkent, to the second. */
export function serialOf(at: Date): string {
  const seconds = Math.round((at.getTime() + OFFSET_MS) / 1_000);
  // every digit: programs cut what is a hair below a second to the second before
  return String(seconds / 86_400 + 25_569);
}

/** `04.08.2025`, the clock of Tashkent. */
export function localDayText(at: Date): string {
  return localTimeText(at).slice(0, 10).split('-').reverse().join('.');
}
