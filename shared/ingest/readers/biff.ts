/**
 * Excel 5 to 2003. SheetJS reads it, whole and in memory, which is why this reader has a larger cap of its own; but
 * before that the records of the workbook are walked, because SheetJS gives half of a file that is cut short without a
 * word.
 */
import { readFile } from 'node:fs/promises';
import * as XLSX from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import { badFile, isMemoryFault } from './file-faults.ts';
import { wholeOle2 } from './ole2.ts';
import { FileFault, type Cell, type OpenedTables, type RawRow, type ReadLimits, type ReadOptions } from './reader.ts';
import { isDateFormat, isPercentFormat, numberCell, percentText, serialToText } from './xlsx-values.ts';

const BATCH_ROWS = 500;
const MAX_BLANK_GAP = 1_000;
/** Excel 2003 ends at 65 536 rows; a sheet claims cells far beyond what it holds only when it is forged. */
const LAST_COLUMN = 256;

/** What the code of an error cell shows; the library gives the text only together with that of every other cell. */
const ERROR_TEXTS: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'],
  [0x07, '#DIV/0!'],
  [0x0f, '#VALUE!'],
  [0x17, '#REF!'],
  [0x1d, '#NAME?'],
  [0x24, '#NUM!'],
  [0x2a, '#N/A'],
  [0x2b, '#GETTING_DATA'],
]);
const UNKNOWN_ERROR = '#UNKNOWN!';

const BOF = 0x0809;
const EOF = 0x000a;
const FILEPASS = 0x002f;

export async function openBiff(path: string, options: ReadOptions): Promise<OpenedTables> {
  const bytes = wholeOle2(await readFile(path, { signal: options.signal }), true);
  assertWholeWorkbook(workbookStream(bytes));
  XLSX.set_cptable(codePages);
  const book = parse(bytes);
  options.onBytes(bytes.length);
  if (book.SheetNames.length > options.limits.maxSheets)
    throw badFile('too_many_sheets', { max: options.limits.maxSheets });
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets = book.SheetNames.filter(
    (name) => !isChart(book, name) && (book.Sheets[name]?.['!ref'] ?? book.Sheets[name]?.['!data']) !== undefined,
  );
  if (sheets.length === 0) throw new FileFault('empty_file');
  const isHidden = (name: string): boolean => (book.Workbook?.Sheets?.[book.SheetNames.indexOf(name)]?.Hidden ?? 0) > 0;
  return {
    delimiter: null,
    encoding: null,
    warnings: [],
    async *tables() {
      for (const name of sheets) {
        if (options.sheet === undefined || options.sheet === name)
          yield { sheet: name, hidden: isHidden(name), date1904, rows: rowsOf(book.Sheets[name]!, date1904, options) };
      }
    },
    close: async () => {},
  };
}

/** A sheet that is a drawing: what it holds in cells are copies of the figures that it draws. */
function isChart(book: XLSX.WorkBook, name: string): boolean {
  return book.Sheets[name]?.['!type'] === 'chart';
}

function parse(bytes: Buffer): XLSX.WorkBook {
  try {
    return XLSX.read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
      sheetStubs: false,
      codepage: 1251,
    });
  } catch (error) {
    // What runs out of memory or of stack says so itself; anything else that SheetJS throws is about the file.
    if (isMemoryFault(error)) throw error;
    throw badFile('damaged');
  }
}

function workbookStream(bytes: Buffer): Buffer {
  let found: { content?: unknown } | null = null;
  try {
    const container = XLSX.CFB.read(bytes, { type: 'buffer' });
    found = XLSX.CFB.find(container, '/Workbook') ?? XLSX.CFB.find(container, '/Book');
  } catch {
    throw badFile('truncated');
  }
  if (found?.content === undefined) throw badFile('damaged');
  return Buffer.from(found.content as Uint8Array);
}

/** Throws FileFault unless the records end where their sheets do. */
function assertWholeWorkbook(stream: Buffer): void {
  let at = 0;
  let depth = 0;
  let started = false;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    const length = stream.readUInt16LE(at + 2);
    // Streams are padded to whole sectors.
    if (depth === 0 && started && type !== BOF) break;
    if (!started && type !== BOF) throw badFile('damaged');
    if (type === BOF) {
      started = true;
      depth++;
    } else if (type === EOF) depth--;
    else if (type === FILEPASS) throw new FileFault('encrypted');
    at += 4 + length;
  }
  if (at > stream.length || depth !== 0 || !started) throw badFile('truncated');
}

async function* rowsOf(
  sheet: XLSX.WorkSheet,
  date1904: boolean,
  { limits, signal }: ReadOptions,
): AsyncGenerator<RawRow[], void, undefined> {
  const data = (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][];
  let rows: RawRow[] = [];
  let count = 0;
  let lastValued = 0;
  for (let index = 0; index < data.length; index++) {
    const cells = cellsOf(data[index] ?? [], index + 1, date1904, limits);
    if (cells.length === 0) continue;
    const gap = index + 1 - lastValued - 1;
    if (lastValued > 0 && gap <= MAX_BLANK_GAP)
      for (let blank = lastValued + 1; blank <= index; blank++) rows.push({ row: blank, cells: [] });
    lastValued = index + 1;
    rows.push({ row: index + 1, cells });
    count += 1;
    if (count > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    if (rows.length < BATCH_ROWS) continue;
    yield rows;
    signal.throwIfAborted();
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

function cellsOf(
  cells: readonly (XLSX.CellObject | undefined)[],
  row: number,
  date1904: boolean,
  limits: ReadLimits,
): Cell[] {
  const found: Cell[] = [];
  for (let column = 0; column < Math.min(cells.length, LAST_COLUMN); column++) {
    const cell = cells[column];
    const value = cell === undefined ? null : cellOf(cell, date1904);
    if (value === null || value === '') continue;
    if (column >= limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
    if (typeof value === 'string' && value.length > limits.maxCellChars)
      throw badFile('cell_too_long', { row, max: limits.maxCellChars });
    while (found.length < column) found.push(null);
    found[column] = value;
  }
  return found;
}

function cellOf({ t, v, w, z }: XLSX.CellObject, date1904: boolean): Cell {
  if (v === undefined || t === 'z') return null;
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE';
  if (t === 'e') return w ?? ERROR_TEXTS.get(Number(v)) ?? UNKNOWN_ERROR;
  if (typeof v === 'number') {
    const isDate = typeof z === 'string' && isDateFormat(0, z);
    const shown = typeof z === 'string' && isPercentFormat(0, z) ? percentText(v) : null;
    if (shown !== null) return shown;
    // more digits than the cell holds are not to be made up
    const text = Number.isInteger(v) && !Number.isSafeInteger(v) ? v.toExponential() : String(v);
    return (isDate ? serialToText(v, date1904) : null) ?? numberCell(text);
  }
  return String(v);
}
