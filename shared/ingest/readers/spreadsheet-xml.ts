/** SpreadsheetML 2003: the XML spreadsheet that Excel opens under the name .xls. */
import { badFile } from './file-faults.ts';
import type { Cell, OpenedTables, RawRow, ReadOptions } from './reader.ts';
import { tablesInTurn, type PlacedRow } from './tables-in-turn.ts';
import { encodingOfText, textOf, XML_ENCODING } from './text-file.ts';
import { isoDateToText, numberCell } from './xlsx-values.ts';
import { attributesOf, createXmlScanner } from './xml-scanner.ts';

const LAST_ROW = 1_048_576;

/** One scan over the file; what it meets, in order. */
type Found = { sheet: string } | { row: RawRow };

export async function openSpreadsheetXml(path: string, options: ReadOptions): Promise<OpenedTables> {
  const encoding = await encodingOfText(path, options.encoding, XML_ENCODING);
  const sheets = await sheetNames(path, encoding, options);
  if (sheets.length === 0) throw badFile('no_sheets');

  async function* rows(): AsyncGenerator<PlacedRow[], void, undefined> {
    let table = -1;
    for await (const found of scan(path, encoding, options, options.onBytes)) {
      const placed: PlacedRow[] = [];
      for (const item of found) {
        if ('sheet' in item) table++;
        else placed.push({ ...item.row, table });
      }
      if (placed.length > 0) yield placed;
    }
  }

  return {
    delimiter: null,
    encoding,
    warnings: [],
    tables: () =>
      tablesInTurn(
        rows,
        sheets
          .map((sheet, table) => ({ sheet, table }))
          .filter(({ sheet }) => options.sheet === undefined || options.sheet === sheet),
      ),
    close: async () => {},
  };
}

async function sheetNames(path: string, encoding: string, options: ReadOptions): Promise<string[]> {
  const names: string[] = [];
  for await (const found of scan(path, encoding, options, () => {})) {
    for (const item of found) {
      if (!('sheet' in item)) continue;
      names.push(item.sheet);
      if (names.length > options.limits.maxSheets) throw badFile('too_many_sheets', { max: options.limits.maxSheets });
    }
  }
  return names;
}

async function* scan(
  path: string,
  encoding: string,
  { limits, signal }: ReadOptions,
  onBytes: (consumed: number) => void,
): AsyncGenerator<Found[], void, undefined> {
  let found: Found[] = [];
  let row = 0;
  let rowCount = 0;
  let cells: Cell[] = [];
  let column = -1;
  let merged = 0;
  let type = '';
  let text = '';
  let inData = false;

  const handlers = {
    open(name: string, raw: string): void {
      if (name === 'Data') {
        type = attribute(raw, 'Type') ?? 'String';
        text = '';
        inData = true;
      } else if (name === 'Cell') {
        const index = attribute(raw, 'Index');
        column =
          index === undefined ? column + 1 + merged : place(index, limits.maxColumns + 1, 'too_many_columns') - 1;
        merged = Number(attribute(raw, 'MergeAcross') ?? 0);
        if (!(column < limits.maxColumns && merged >= 0 && merged <= limits.maxColumns)) {
          throw badFile('too_many_columns', { row, max: limits.maxColumns });
        }
      } else if (name === 'Row') {
        const index = attribute(raw, 'Index');
        row = index === undefined ? row + 1 : place(index, LAST_ROW, 'damaged');
        cells = [];
        column = -1;
        merged = 0;
      } else if (name === 'Worksheet') {
        found.push({ sheet: attribute(raw, 'Name') ?? '' });
        row = 0;
      }
    },
    close(name: string): void {
      if (name === 'Data') {
        inData = false;
        const cell = cellOf(type, text);
        if (cell === null || column < 0) return;
        while (cells.length < column) cells.push(null);
        cells[column] = cell;
      } else if (name === 'Row') {
        if (++rowCount > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
        found.push({ row: { row, cells } });
      }
    },
    text(piece: string): void {
      if (!inData) return;
      text += piece;
      if (text.length > limits.maxCellChars) throw badFile('cell_too_long', { row, max: limits.maxCellChars });
    },
  };

  function place(index: string, max: number, reason: 'too_many_columns' | 'damaged'): number {
    const number = Number(index);
    if (!(Number.isInteger(number) && number >= 1 && number <= max)) throw badFile(reason, { row, max });
    return number;
  }

  const scanner = createXmlScanner(handlers, limits.maxDepth);
  for await (const piece of textOf({ path, encoding, signal, onBytes })) {
    signal.throwIfAborted();
    scanner.write(piece);
    if (found.length === 0) continue;
    yield found;
    found = [];
  }
  scanner.end();
  if (found.length > 0) yield found;
}

function attribute(raw: string, name: string): string | undefined {
  return raw === '' ? undefined : attributesOf(raw).find(([found]) => found === name)?.[1];
}

function cellOf(type: string, text: string): Cell {
  if (text === '') return null;
  if (type === 'Number') return numberCell(text);
  if (type === 'DateTime') return isoDateToText(text.trim());
  if (type === 'Boolean') return text.trim() === '1' ? 'TRUE' : 'FALSE';
  return text;
}
