/**
 * Tables of a format that is one stream: however many there are, one reading of the file hands them on in turn. (A
 * reading for each table would cost as many times the file as it has tables.)
 */
import type { RawRow, RawTable } from './reader.ts';

export interface PlacedRow extends RawRow {
  /** which table the row is of; numbers only rise */
  table: number;
}

export interface PlacedTable extends Omit<RawTable, 'rows'> {
  table: number;
}

/** Rows of tables that nobody asks for, or that are left early, are passed over. */
export async function* tablesInTurn(
  scan: () => AsyncIterable<PlacedRow[]>,
  tables: readonly PlacedTable[],
): AsyncGenerator<RawTable, void, undefined> {
  const batches = scan()[Symbol.asyncIterator]();
  let held: PlacedRow[] = [];

  async function* rowsOf(table: number): AsyncGenerator<RawRow[], void, undefined> {
    for (;;) {
      if (held.length === 0) {
        const next = await batches.next();
        if (next.done === true) return;
        held = next.value;
      }
      const own = held
        .filter((row) => row.table === table)
        .map(({ row, cells, fault }) => (fault === undefined ? { row, cells } : { row, cells, fault }));
      held = held.filter((row) => row.table > table);
      if (own.length > 0) yield own;
      if (held.length > 0) return;
    }
  }

  try {
    for (const { table, ...rest } of tables) yield { ...rest, rows: rowsOf(table) };
  } finally {
    await batches.return?.();
  }
}
