/**
 * json: an array of records, one record a line, or an object that holds arrays of records. Nested keys are joined by dots, places in inner
 * arrays are numbered from 1. Read twice: once for the names of the columns, which any record may add to, once for the rows.
 *
 * A row's number is the place of its record (in JSON lines the line as well, where no line is blank); the names stand in row 0.
 */
import { cellOfText, createColumnSet, headerRow, type ColumnSet, type FlatRecord } from './flat-record.ts';
import { badFile } from './file-faults.ts';
import { createJsonScanner, parseJson } from './json-scan.ts';
import type { Cell, OpenedTables, RawRow, Reader, ReadLimits, ReadOptions } from './reader.ts';
import { encodingOfText, textOf } from './text-file.ts';
import { numberCell } from './xlsx-values.ts';

/** A piece of text may hold tens of thousands of short records; whoever takes them is handed fewer at once. */
const BATCH_ROWS = 1_000;

/** Key of the table that records at the top of the text make. */
const TOP = '';

interface FoundTable {
  path: string;
  columns: ColumnSet;
  /** Whether any record has names; records that are arrays are rows as they stand. */
  named: boolean;
  count: number;
}

interface Layout {
  /** the text is several values one after another */
  lines: boolean;
  tables: FoundTable[];
}

export const jsonReader: Reader = {
  format: 'json',
  async open(path, options) {
    const encoding = await encodingOfText(path, options.encoding, null);
    const layout = await examine(path, encoding, options);
    return openedJson(path, encoding, layout, options);
  },
};

async function examine(path: string, encoding: string, options: ReadOptions): Promise<Layout> {
  const inside = await tablesOf(path, encoding, false, options);
  // Objects one after another are records themselves, and so is one that holds no array of records.
  const lines = inside.topValues > 1 || inside.tables.every((table) => table.count === 0);
  const { tables } = lines ? await tablesOf(path, encoding, true, options) : inside;
  return { lines, tables: tables.filter((table) => table.count > 0) };
}

async function tablesOf(
  path: string,
  encoding: string,
  lines: boolean,
  options: ReadOptions,
): Promise<{ tables: FoundTable[]; topValues: number }> {
  const { limits, signal } = options;
  const tables = new Map<string, FoundTable>();
  let topValues = 0;
  const tableAt = (place: string): FoundTable => {
    const known = tables.get(place);
    if (known !== undefined) return known;
    if (tables.size >= limits.maxSheets) throw badFile('too_many_sheets', { max: limits.maxSheets });
    const made: FoundTable = { path: place, columns: createColumnSet(limits), named: false, count: 0 };
    tables.set(place, made);
    return made;
  };
  const scanner = createJsonScanner(
    {
      openArray(place) {
        tableAt(place);
      },
      record(text, place) {
        if (place === null) topValues++;
        if (place === null && !lines) return;
        const value = parseJson(text);
        if (typeof value !== 'object' || value === null) return;
        const table = tableAt(place ?? TOP);
        table.count++;
        if (Array.isArray(value)) return;
        table.named = true;
        table.columns.add(flatten(value, limits, table.count));
      },
    },
    (place) => {
      if (place === TOP) topValues++;
      return !lines;
    },
    limits.maxDepth,
  );
  for await (const text of textOf({ path, encoding, signal, onBytes: () => {} })) {
    scanner.write(text);
    // Enough to know that it is lines; the second pass takes the rest.
    if (!lines && topValues > 1) return { tables: [], topValues };
  }
  scanner.end();
  return { tables: [...tables.values()], topValues };
}

function openedJson(path: string, encoding: string, { lines, tables }: Layout, options: ReadOptions): OpenedTables {
  const { limits, signal } = options;

  async function* rowsOf(table: FoundTable): AsyncGenerator<RawRow[], void, undefined> {
    let rows: RawRow[] = table.named ? [headerRow(table.columns)] : [];
    let count = 0;
    const scanner = createJsonScanner(
      {
        openArray: () => {},
        record(text, place) {
          if ((place ?? TOP) !== table.path) return;
          const value = parseJson(text);
          if (typeof value !== 'object' || value === null) return;
          if (++count + (table.named ? 1 : 0) > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
          rows.push({
            row: count,
            cells: Array.isArray(value) ? arrayCells(value, limits, count) : table.columns.cells(flatten(value, limits, count)),
          });
        },
      },
      () => !lines,
      limits.maxDepth,
    );
    for await (const text of textOf({ path, encoding, signal, onBytes: options.onBytes })) {
      scanner.write(text);
      for (let at = 0; at < rows.length; at += BATCH_ROWS) {
        yield rows.slice(at, at + BATCH_ROWS);
        signal.throwIfAborted();
      }
      rows = [];
    }
    scanner.end();
    if (rows.length > 0) yield rows;
  }

  const sheetOf = (table: FoundTable): string | null => (tables.length === 1 ? null : table.path);
  return {
    delimiter: null,
    encoding,
    warnings: [],
    async *tables() {
      for (const table of tables) {
        const sheet = sheetOf(table);
        if (options.sheet === undefined || options.sheet === sheet) yield { sheet, rows: rowsOf(table) };
      }
      if (tables.length === 0) yield { sheet: null, rows: noRows() };
    },
    close: async () => {},
  };
}

async function* noRows(): AsyncGenerator<RawRow[], void, undefined> {}

function arrayCells(values: readonly unknown[], limits: ReadLimits, row: number): Cell[] {
  if (values.length > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
  return values.map((value) =>
    typeof value === 'object' && value !== null ? cellOfText(JSON.stringify(value), limits, row) : cellOf(value, limits, row),
  );
}

function flatten(value: object, limits: ReadLimits, row: number): FlatRecord {
  const record: FlatRecord = new Map();
  add(value, '');
  return record;

  function add(inner: object, prefix: string): void {
    for (const [key, child] of Object.entries(inner)) {
      const name = `${prefix}${Array.isArray(inner) ? Number(key) + 1 : key}`;
      if (typeof child === 'object' && child !== null) add(child as object, `${name}.`);
      else record.set(name, cellOf(child, limits, row));
      if (record.size > limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
    }
  }
}

function cellOf(value: unknown, limits: ReadLimits, row: number): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return numberCell(String(value));
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return cellOfText(typeof value === 'string' ? value : JSON.stringify(value), limits, row);
}
