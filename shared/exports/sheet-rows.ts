/** What workbooks of either age share: rows handed out sheet by sheet, the place of the header, names of sheets. */
import type { Cell, Sheet } from './sheet.ts';

const MAX_NAME_CHARS = 31;

/** Hands out rows one sheet at a time without losing those of a batch that did not fit. */
export interface RowReader {
  /** up to `max` rows of the batch at hand; null at the end */
  take(max: number): Promise<readonly (readonly Cell[])[] | null>;
  hasMore(): Promise<boolean>;
  close(): Promise<void>;
}

export function createRowReader(batches: Sheet['rows']): RowReader {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let batch: readonly (readonly Cell[])[] = [];
  let done = false;
  const fill = async () => {
    while (!done && batch.length === 0) {
      const next = await iterator.next();
      if (next.done === true) done = true;
      else batch = next.value;
    }
    return batch.length > 0;
  };
  return {
    hasMore: fill,
    async take(max) {
      if (max <= 0 || !(await fill())) return null;
      const rows = batch.slice(0, max);
      batch = batch.slice(max);
      return rows;
    },
    async close() {
      if (!done) await iterator.return?.();
      done = true;
    },
  };
}

/** The line of the header, from 1: below title, period and conditions and a blank line, where there are any. */
export const headerLineOf = ({ lead = [] }: Sheet): number => (lead.length === 0 ? 1 : lead.length + 2);

/** At most 31 characters, none of those that mean something in a reference, none twice. */
export function sheetName(wanted: string, taken: readonly string[]): string {
  const clean = wanted.replace(/[[\]:*?/\\']/g, ' ').trim() || 'Sheet';
  const has = (name: string) => taken.some((other) => other.toLowerCase() === name.toLowerCase());
  let name = clean.slice(0, MAX_NAME_CHARS);
  for (let copy = 2; has(name); copy++) {
    const suffix = ` ${copy}`;
    name = `${clean.slice(0, MAX_NAME_CHARS - suffix.length)}${suffix}`;
  }
  return name;
}
