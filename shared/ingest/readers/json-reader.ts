/**
 * json: an array of records, one record a line, or an object that holds arrays of records. Nested keys are joined by
 * dots, places in inner arrays are numbered from 1. Rows that are arrays may have their names in an array of texts
 * beside them (`{"columns":[…],"data":[[…]]}`). Read twice: once for the names of the columns, which any record may add
 * to, once for the rows.
 *
 * A row's number is the arrayPath of its record (in JSON lines the line as well, where no line is blank); the names
 * stand in row 0.
 */
import { createColumnSet, headerRow, type ColumnSet } from './flat-record.ts';
import { badFile } from './file-faults.ts';
import { createJsonScanner, readJson } from './json-scan.ts';
import { arrayCells, flatten } from './json-values.ts';
import type { OpenedTables, RawRow, RawTable, Reader, ReadOptions } from './reader.ts';
import { tablesInTurn, type PlacedRow, type PlacedTable } from './tables-in-turn.ts';
import { encodingOfText, textOf } from './text-file.ts';

/** A piece of text may hold tens of thousands of short records; whoever takes them is handed fewer at once. */
const BATCH_ROWS = 1_000;

/** More is no name of a column. */
const MAX_NAME_CHARS = 500;

/** Of a record that cannot be read, for whoever looks for it. */
const SHOWN_CHARS = 200;

/** Key of the table that records at the top of the text make. */
const TOP = '';

interface FoundTable {
  path: string;
  columns: ColumnSet;
  /** Whether any record has names; records that are arrays are rows as they stand. */
  named: boolean;
  count: number;
  /** what the array holds that is a text, not a record */
  texts: string[];
  /** the names of its rows, where another array gave them */
  names: string[] | null;
}

interface Layout {
  /** the text is several values one after another */
  lines: boolean;
  /** those that hold records, in the order of their first ones */
  tables: FoundTable[];
  /** records of one table stand between those of another: a key that occurs again */
  mixed: boolean;
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
  const lines = inside.topValues > 1 || inside.tables.length === 0;
  const { tables, mixed } = lines ? await tablesOf(path, encoding, true, options) : inside;
  return { lines, tables, mixed };
}

async function tablesOf(
  path: string,
  encoding: string,
  lines: boolean,
  options: ReadOptions,
): Promise<{ tables: FoundTable[]; mixed: boolean; topValues: number }> {
  const { limits, signal } = options;
  const tables = new Map<string, FoundTable>();
  const filled: FoundTable[] = [];
  let last: FoundTable | null = null;
  let mixed = false;
  let topValues = 0;
  let unread = 0;
  const tableAt = (arrayPath: string): FoundTable => {
    const known = tables.get(arrayPath);
    if (known !== undefined) return known;
    if (tables.size >= limits.maxSheets) throw badFile('too_many_sheets', { max: limits.maxSheets });
    const made: FoundTable = {
      path: arrayPath,
      columns: createColumnSet(limits),
      named: false,
      count: 0,
      texts: [],
      names: null,
    };
    tables.set(arrayPath, made);
    return made;
  };
  const noteText = ({ texts }: FoundTable, text: string): void => {
    if (texts.length < limits.maxColumns) texts.push(text.slice(0, MAX_NAME_CHARS));
  };
  const scanner = createJsonScanner(
    {
      openArray(arrayPath) {
        tableAt(arrayPath);
      },
      record(text, arrayPath) {
        if (arrayPath === null) topValues++;
        if (arrayPath === null && !lines) return;
        const read = readJson(text);
        if (read === null) {
          // a line is a text of its own; an array is one with all that it holds
          if (!lines || !text.startsWith('{')) throw badFile('damaged');
          unread++;
          return;
        }
        const { value } = read;
        if (typeof value === 'string' && arrayPath !== null) noteText(tableAt(arrayPath), value);
        if (typeof value !== 'object' || value === null) return;
        const table = tableAt(arrayPath ?? TOP);
        if (table.count === 0) filled.push(table);
        else mixed ||= table !== last;
        last = table;
        table.count++;
        if (Array.isArray(value)) return;
        table.named = true;
        table.columns.add(flatten(value, limits, table.count));
      },
    },
    (arrayPath) => {
      if (arrayPath === TOP) topValues++;
      return !lines;
    },
    limits.maxDepth,
  );
  for await (const text of textOf({ path, encoding, signal, onBytes: () => {} })) {
    scanner.write(text);
    // Enough to know that it is lines; the second pass takes the rest.
    if (!lines && topValues > 1) return { tables: [], mixed, topValues };
  }
  scanner.end();
  // a line or two may be spoilt; where no more can be read than not, the file is something else
  const records = filled.reduce((sum, { count }) => sum + count, 0);
  if (unread > 0 && unread >= records) throw badFile('damaged');
  for (const table of filled) if (!table.named) table.names = namesBeside(table, [...tables.values()]);
  return { tables: filled, mixed, topValues };
}

/** The texts of the only array of texts in the same object. */
function namesBeside(table: FoundTable, tables: readonly FoundTable[]): string[] | null {
  const parent = ({ path }: FoundTable): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));
  const beside = tables.filter(
    (other) => other !== table && other.count === 0 && other.texts.length > 1 && parent(other) === parent(table),
  );
  return beside.length === 1 ? beside[0]!.texts : null;
}

function openedJson(
  path: string,
  encoding: string,
  { lines, tables, mixed }: Layout,
  options: ReadOptions,
): OpenedTables {
  const { limits, signal } = options;

  /** Rows of these tables, as they come. */
  async function* rowsOf(wanted: readonly PlacedTable[]): AsyncGenerator<PlacedRow[], void, undefined> {
    const read = new Map(wanted.map(({ table }) => [tables[table]!.path, { table, found: tables[table]!, count: 0 }]));
    let rows: PlacedRow[] = [];
    const scanner = createJsonScanner(
      {
        openArray: () => {},
        record(text, arrayPath) {
          const at = read.get(arrayPath ?? TOP);
          if (at === undefined) return;
          const parsed = readJson(text);
          const value = parsed?.value ?? null;
          if (parsed !== null && (typeof value !== 'object' || value === null)) return;
          const { table, found } = at;
          if (at.count === 0 && found.named) rows.push({ ...headerRow(found.columns), table });
          else if (at.count === 0 && found.names !== null) rows.push({ row: 0, cells: found.names, table });
          const row = ++at.count;
          if (row + (found.named || found.names !== null ? 1 : 0) > limits.maxRows)
            throw badFile('too_many_rows', { max: limits.maxRows });
          if (value === null) {
            rows.push({
              row,
              cells: [text.slice(0, SHOWN_CHARS)],
              fault: { code: 'record_unreadable', params: {} },
              table,
            });
            return;
          }
          const cells = Array.isArray(value)
            ? arrayCells(value, limits, row)
            : found.columns.cells(flatten(value, limits, row));
          rows.push({ row, cells, table });
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

  async function* tablesOneByOne(wanted: readonly PlacedTable[]): AsyncGenerator<RawTable, void, undefined> {
    for (const one of wanted) yield* tablesInTurn(() => rowsOf([one]), [one]);
  }

  return {
    delimiter: null,
    encoding,
    warnings: [],
    async *tables() {
      const wanted = tables
        .map(({ path: key }, table) => ({ table, sheet: tables.length === 1 ? null : key }))
        .filter(({ sheet }) => options.sheet === undefined || options.sheet === sheet);
      if (mixed) yield* tablesOneByOne(wanted);
      else yield* tablesInTurn(() => rowsOf(wanted), wanted);
      if (tables.length === 0) yield { sheet: null, rows: noRows() };
    },
    close: async () => {},
  };
}

async function* noRows(): AsyncGenerator<RawRow[], void, undefined> {}
