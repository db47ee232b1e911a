/**
 * Rows of tables in a document (html, docx) as its tags open and close. A table within a cell is a table of its own;
 * the outer one goes on behind it as another, so that rows come in one sequence whatever stands inside what.
 */
import { badFile } from './file-faults.ts';
import type { Cell, RawTable, ReadLimits } from './reader.ts';
import { tablesInTurn, type PlacedRow } from './tables-in-turn.ts';

/** `table` is the place of the table in the document, 0-based; rows of one table follow each other. */
export type TableRow = PlacedRow;

export interface TableTracker {
  openTable(): void;
  closeTable(): void;
  openRow(): void;
  closeRow(): void;
  /** `across` and `down` cells are covered by this one; they stay empty, as spreadsheets show them. */
  openCell(across: number, down: number): void;
  closeCell(): void;
  /** The open cell covers so many columns: some formats say so only inside it. */
  widen(across: number): void;
  /** So many columns of the open row are left out before its first cell. */
  skip(columns: number): void;
  text(piece: string): void;
  /** Finished rows since the last call. */
  take(): TableRow[];
}

interface OpenTable {
  table: number;
  row: number;
  cells: Cell[];
  column: number;
  across: number;
  /** rows that each column is still covered for */
  covered: number[];
  inRow: boolean;
  inCell: boolean;
  text: string;
}

export function createTableTracker(limits: ReadLimits, clean: (text: string) => string): TableTracker {
  const open: OpenTable[] = [];
  let rows: TableRow[] = [];
  let tableCount = 0;
  let rowCount = 0;

  function closeCell(): void {
    const table = open.at(-1);
    if (table === undefined || !table.inCell) return;
    table.inCell = false;
    const text = clean(table.text);
    if (text !== '') {
      while (table.cells.length < table.column) table.cells.push(null);
      table.cells[table.column] = text;
    }
    table.column += table.across - 1;
  }

  function closeRow(): void {
    closeCell();
    const table = open.at(-1);
    if (table === undefined || !table.inRow) return;
    table.inRow = false;
    for (let column = 0; column < table.covered.length; column++)
      if (table.covered[column]! > 0) table.covered[column]!--;
    if (++rowCount > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    rows.push({ table: table.table, row: table.row, cells: table.cells });
  }

  return {
    openTable() {
      if (open.length >= limits.maxDepth) throw badFile('too_deep', { max: limits.maxDepth });
      if (tableCount >= limits.maxSheets * 16) throw badFile('too_many_sheets', { max: limits.maxSheets * 16 });
      open.push({
        table: tableCount++,
        row: 0,
        cells: [],
        column: -1,
        across: 1,
        covered: [],
        inRow: false,
        inCell: false,
        text: '',
      });
    },
    closeTable() {
      closeRow();
      if (open.pop() === undefined) return;
      const outer = open.at(-1);
      if (outer !== undefined) outer.table = tableCount++;
    },
    openRow() {
      closeRow();
      const table = open.at(-1);
      if (table === undefined) return;
      table.row++;
      table.cells = [];
      table.column = -1;
      table.inRow = true;
    },
    closeRow,
    openCell(across, down) {
      closeCell();
      const table = open.at(-1);
      if (table === undefined || !table.inRow) return;
      do table.column++;
      while ((table.covered[table.column] ?? 0) > 0);
      const width = Math.max(1, Math.floor(across) || 1);
      if (table.column + width > limits.maxColumns)
        throw badFile('too_many_columns', { row: table.row, max: limits.maxColumns });
      const height = Math.max(1, Math.floor(down) || 1);
      for (let column = table.column; height > 1 && column < table.column + width; column++) {
        while (table.covered.length <= column) table.covered.push(0);
        table.covered[column] = Math.min(height, limits.maxRows);
      }
      table.across = width;
      table.inCell = true;
      table.text = '';
    },
    closeCell,
    widen(across) {
      const table = open.at(-1);
      if (table === undefined || !table.inCell || !(across >= 1)) return;
      if (table.column + across > limits.maxColumns)
        throw badFile('too_many_columns', { row: table.row, max: limits.maxColumns });
      table.across = Math.floor(across);
    },
    skip(columns) {
      const table = open.at(-1);
      if (table === undefined || !table.inRow || !(columns >= 0)) return;
      table.column += Math.min(Math.floor(columns), limits.maxColumns);
    },
    text(piece) {
      const table = open.at(-1);
      if (table === undefined || !table.inCell) return;
      table.text += piece;
      if (table.text.length > limits.maxCellChars)
        throw badFile('cell_too_long', { row: table.row, max: limits.maxCellChars });
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

/** The tables of a document as `tables()` of a reader gives them. */
export function tablesInOrder(
  scan: () => AsyncIterable<TableRow[]>,
  tables: readonly number[],
  wanted: string | undefined,
): AsyncGenerator<RawTable, void, undefined> {
  const named = tables.map((table, index) => ({ table, sheet: tables.length === 1 ? null : `Table ${index + 1}` }));
  return tablesInTurn(
    scan,
    named.filter(({ sheet }) => wanted === undefined || wanted === sheet),
  );
}

/** Which tables hold anything, in order. */
export async function tablesWithRows(scan: () => AsyncIterable<TableRow[]>, limits: ReadLimits): Promise<number[]> {
  const tables: number[] = [];
  for await (const found of scan()) {
    for (const { table, cells } of found) {
      if (cells.length === 0 || tables.at(-1) === table) continue;
      tables.push(table);
      if (tables.length > limits.maxSheets) throw badFile('too_many_sheets', { max: limits.maxSheets });
    }
  }
  return tables;
}
