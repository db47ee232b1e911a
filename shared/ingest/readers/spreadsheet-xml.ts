/** SpreadsheetML 2003: the XML spreadsheet that Excel opens under the name .xls. */
import { badFile } from './file-faults.ts';
import type { Cell, OpenedTables, RawRow, ReadOptions } from './reader.ts';
import { tablesInTurn, type PlacedRow } from './tables-in-turn.ts';
import { encodingOfText, textOf, XML_ENCODING } from './text-file.ts';
import { isoDateToText, numberCell } from './xlsx-values.ts';
import { attributesOf, createXmlScanner } from './xml-scanner.ts';

const LAST_ROW = 1_048_576;
const MAX_BLANK_GAP = 1_000;
const HIDDEN_SHEETS: ReadonlySet<string> = new Set(['SheetHidden', 'SheetVeryHidden']);

/** One scan over the file; what it meets, in order. */
type Found = { sheet: string } | { row: RawRow } | { hidden: true } | { date1904: true };

interface Workbook {
  sheets: { sheet: string; hidden: boolean }[];
  date1904: boolean;
}

export async function openSpreadsheetXml(path: string, options: ReadOptions): Promise<OpenedTables> {
  const encoding = await encodingOfText(path, options.encoding, XML_ENCODING);
  const { sheets, date1904 } = await examine(path, encoding, options);
  if (sheets.length === 0) throw badFile('no_sheets');

  async function* rows(): AsyncGenerator<PlacedRow[], void, undefined> {
    let table = -1;
    for await (const found of scan(path, encoding, options, options.onBytes)) {
      const placed: PlacedRow[] = [];
      for (const item of found) {
        if ('sheet' in item) table++;
        else if ('row' in item) placed.push({ ...item.row, table });
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
          .map((one, table) => ({ ...one, date1904, table }))
          .filter(({ sheet }) => options.sheet === undefined || options.sheet === sheet),
      ),
    close: async () => {},
  };
}

/** The names of the sheets, which of them the workbook does not show, and from when it counts its days. */
async function examine(path: string, encoding: string, options: ReadOptions): Promise<Workbook> {
  const found: Workbook = { sheets: [], date1904: false };
  for await (const items of scan(path, encoding, options, () => {})) {
    for (const item of items) {
      if ('date1904' in item) found.date1904 = true;
      else if ('hidden' in item) found.sheets.at(-1)!.hidden = true;
      else if ('sheet' in item) found.sheets.push({ sheet: item.sheet, hidden: false });
      if (found.sheets.length > options.limits.maxSheets)
        throw badFile('too_many_sheets', { max: options.limits.maxSheets });
    }
  }
  return found;
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
  /** rows without a value since the last one that has some */
  let blanks: RawRow[] = [];
  let formula: string | null = null;
  let cells: Cell[] = [];
  let column = -1;
  let merged = 0;
  let type = '';
  let text = '';
  let inData = false;
  /** What somebody noted at a cell has data of its own. */
  let inComment = false;
  let inSheet = false;
  let inVisible = false;

  const handlers = {
    open(name: string, raw: string): void {
      if (name === 'Comment') inComment = true;
      else if (name === 'Data') {
        if (inComment) return;
        type = attribute(raw, 'Type') ?? 'String';
        text = '';
        inData = true;
      } else if (name === 'Cell') {
        const index = attribute(raw, 'Index');
        formula = attribute(raw, 'Formula') ?? null;
        column =
          index === undefined ? column + 1 + merged : position(index, limits.maxColumns + 1, 'too_many_columns') - 1;
        merged = Number(attribute(raw, 'MergeAcross') ?? 0);
        if (!(column < limits.maxColumns && merged >= 0 && merged <= limits.maxColumns)) {
          throw badFile('too_many_columns', { row, max: limits.maxColumns });
        }
      } else if (name === 'Row') {
        const index = attribute(raw, 'Index');
        row = index === undefined ? row + 1 : position(index, LAST_ROW, 'damaged');
        cells = [];
        column = -1;
        merged = 0;
      } else if (name === 'Worksheet') {
        blanks = [];
        found.push({ sheet: attribute(raw, 'Name') ?? '' });
        inSheet = true;
        row = 0;
      } else if (name === 'Visible' && inSheet) {
        inVisible = true;
        text = '';
      } else if (name === 'Date1904' && !inSheet) found.push({ date1904: true });
    },
    close(name: string): void {
      if (name === 'Comment') inComment = false;
      else if (name === 'Data') {
        if (!inData) return;
        inData = false;
        const cell = cellOf(type, text);
        if (cell !== null && column >= 0) place(cell);
      } else if (name === 'Cell') {
        if (formula !== null && column >= 0 && (cells[column] ?? null) === null) place(formula);
        formula = null;
      } else if (name === 'Row') {
        closeRow();
      } else if (name === 'Visible' && inVisible) {
        inVisible = false;
        if (HIDDEN_SHEETS.has(text.trim())) found.push({ hidden: true });
      } else if (name === 'Worksheet') inSheet = false;
    },
    text(piece: string): void {
      if (!inData && !inVisible) return;
      text += piece;
      if (text.length > limits.maxCellChars) throw badFile('cell_too_long', { row, max: limits.maxCellChars });
    },
  };

  function place(cell: Cell): void {
    while (cells.length < column) cells.push(null);
    cells[column] = cell;
  }

  /** Programs write thousands of empty rows below a table; between its rows a gap is a gap. */
  function closeRow(): void {
    if (cells.length === 0) {
      if (blanks.length <= MAX_BLANK_GAP) blanks.push({ row, cells });
      return;
    }
    const gap = blanks.length <= MAX_BLANK_GAP ? blanks : [];
    blanks = [];
    rowCount += gap.length + 1;
    if (rowCount > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    for (const blank of gap) found.push({ row: blank });
    found.push({ row: { row, cells } });
  }

  function position(index: string, max: number, reason: 'too_many_columns' | 'damaged'): number {
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
