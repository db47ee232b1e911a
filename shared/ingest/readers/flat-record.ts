/**
 * Records with names instead of columns (json, xml) as one table: every name that occurs is a column, in the order of
 * appearance.
 */
import { badFile } from './file-faults.ts';
import type { Cell, RawRow, ReadLimits } from './reader.ts';

export type FlatRecord = Map<string, Cell>;

export interface ColumnSet {
  names: readonly string[];
  add(record: FlatRecord): void;
  /** The cells of a record, in the order of the columns. */
  cells(record: FlatRecord): Cell[];
}

export function createColumnSet(limits: ReadLimits): ColumnSet {
  const indexes = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    add(record) {
      for (const name of record.keys()) {
        if (indexes.has(name)) continue;
        if (names.length >= limits.maxColumns) throw badFile('too_many_columns', { row: 1, max: limits.maxColumns });
        indexes.set(name, names.length);
        names.push(name);
      }
    },
    cells(record) {
      const cells: Cell[] = [];
      for (const [name, cell] of record) {
        const index = indexes.get(name);
        if (index === undefined || cell === null) continue;
        while (cells.length < index) cells.push(null);
        cells[index] = cell;
      }
      return cells;
    },
  };
}

/** The names of the columns as the row above the first record, which has the number 1. */
export function headerRow(columns: ColumnSet): RawRow {
  return { row: 0, cells: [...columns.names] };
}

export function cellOfText(text: string, limits: ReadLimits, row: number): Cell {
  if (text.length > limits.maxCellChars) throw badFile('cell_too_long', { row, max: limits.maxCellChars });
  return text === '' ? null : text;
}
