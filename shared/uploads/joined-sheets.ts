/**
 * Sheets of one report as one table, for a format that holds no more than one: each row says in its last columns which
 * sheet it is of, so nothing is lost and the mended table can be read again.
 */
import type { Cell, Column, RowBatch, Sheet, Sheets } from '../exports/sheet.ts';
import { CORRECTION_HEADERS } from '../ingest/recognise/correction-columns.ts';

export interface KnownColumn {
  header: string;
  field: string | null;
}

const ADDED = Object.keys(CORRECTION_HEADERS).length;

/**
 * The columns of the first sheet, then those that only others have. A column of another name that holds the same field
 * stands in the same index: two columns for one field would leave one of them unread.
 *
 * @param known every column of all sheets, as recognised
 */
export async function* joinSheets(sheets: Sheets, known: readonly KnownColumn[]): AsyncGenerator<Sheet> {
  const fields = new Map(known.map(({ header, field }) => [header, field]));
  const meaning = (header: string): string => fields.get(header) ?? `=${header}`;
  const iterator = Symbol.asyncIterator in sheets ? sheets[Symbol.asyncIterator]() : sheets[Symbol.iterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) return;
    const { name, columns } = first.value;
    const own = columns.slice(0, -ADDED);
    const indexes = new Map<string, number>();
    own.forEach(({ header }, at) => indexes.has(meaning(header)) || indexes.set(meaning(header), at));
    for (const { header } of known) {
      if (indexes.has(meaning(header))) continue;
      indexes.set(meaning(header), own.length);
      own.push({ header, width: header.length + 2 });
    }

    async function* rows(): AsyncGenerator<RowBatch> {
      for (let next: IteratorResult<Sheet, unknown> = first; next.done !== true; next = await iterator.next()) {
        const sheet = next.value;
        const moved = indexesOf(sheet.columns, (header) => indexes.get(meaning(header)));
        for await (const batch of sheet.rows) yield batch.map((row) => placed(row, moved));
      }
    }

    function placed(row: readonly Cell[], moved: readonly (number | undefined)[]): Cell[] {
      const cells: Cell[] = Array.from({ length: own.length }, () => null);
      moved.forEach((index, at) => {
        if (index !== undefined) cells[index] = row[at] ?? null;
      });
      return [...cells, ...row.slice(moved.length)];
    }

    yield { name, columns: [...own, ...columns.slice(-ADDED)], rows: rows() };
  } finally {
    await iterator.return?.();
  }
}

/** Of two columns of one name the first is meant. */
function indexesOf(
  columns: readonly Column[],
  indexOf: (header: string) => number | undefined,
): (number | undefined)[] {
  const taken = new Set<number>();
  return columns.slice(0, -ADDED).map(({ header }) => {
    const index = indexOf(header);
    if (index === undefined || taken.has(index)) return undefined;
    taken.add(index);
    return index;
  });
}
