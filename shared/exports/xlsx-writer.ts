/**
 * XLSX written as it flows: sheets of any number of rows in flat memory, the pace set by whoever reads the stream. Text
 * stands in its cell (no table of shared strings to collect), and a sheet that is full goes on in the next.
 */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { neutralised } from '../formula-guard.ts';
import { type BooleanWords, type Cell, type Column, serialOf, type Sheet, type Sheets } from './sheet.ts';
import { createRowReader, headerLineOf, type RowReader, sheetName } from './sheet-rows.ts';
import {
  columnName,
  contentTypes,
  PACKAGE_RELATIONS,
  type PrintedSheet,
  STYLE,
  styles,
  workbook,
  workbookRelations,
  xmlText,
} from './xlsx-parts.ts';

/** Data rows of one sheet; the format ends at 1 048 576 lines. */
export const MAX_SHEET_ROWS = 1_000_000;
/** Longest text that the format allows in a cell. */
const MAX_CELL_CHARS = 32_767;
/** XML is cheap to compress and the disk is not the bottleneck. */
const COMPRESSION_LEVEL = 2;
/** Two lines: names of columns are longer than what stands in them. */
const HEADER_HEIGHT_PT = 31;
/** Of one line of a cell, and of the title. */
const LINE_HEIGHT_PT = 15;
const TITLE_HEIGHT_PT = 20;
/** Letters are wider than the digits that a column's width is counted in. */
const LETTER_SHARE = 1.1;
const CHUNK_CHARS = 64 * 1024;
/** Entries carry a time; it says nothing here, so that equal exports are equal files. */
const ENTRY_TIME = new Date(2026, 0, 1);

export interface XlsxOptions {
  words: BooleanWords;
  /** for tests; default MAX_SHEET_ROWS */
  maxSheetRows?: number;
}

/** @returns the file's bytes; destroying the stream ends the reading of rows */
export function createXlsxStream(sheets: Sheets, options: XlsxOptions): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let current: Readable | null = null;
  output.once('close', () => current?.destroy());
  const put = async (path: string, chunks: AsyncGenerator<string>) => {
    if (output.destroyed) throw new Error('nobody reads the workbook any more');
    current = Readable.from(chunks, { objectMode: false, highWaterMark: CHUNK_CHARS });
    // yazl hands errors of its input on as its own, without ending the output
    const ended = finished(current, { writable: false });
    zip.addReadStream(current, path, { compressionLevel: COMPRESSION_LEVEL, mtime: ENTRY_TIME });
    await ended;
    current = null;
  };
  zip.on('error', (error: Error) => output.destroy(error));
  write(zip, put, sheets, options).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function write(
  zip: ZipFile,
  put: (path: string, chunks: AsyncGenerator<string>) => Promise<void>,
  sheets: Sheets,
  { words, maxSheetRows = MAX_SHEET_ROWS }: XlsxOptions,
): Promise<void> {
  const printed: PrintedSheet[] = [];
  const add = async (name: string, sheet: Sheet, rows: RowReader) => {
    printed.push({
      name: sheetName(
        name,
        printed.map((one) => one.name),
      ),
      headerLine: headerLineOf(sheet),
      columnCount: sheet.printed,
    });
    await put(`xl/worksheets/sheet${printed.length}.xml`, sheetXml(sheet, rows, words, maxSheetRows));
  };
  for await (const sheet of sheets) {
    const rows = createRowReader(sheet.rows);
    await add(sheet.name, sheet, rows);
    for (let part = 2; await rows.hasMore(); part++) await add(`${sheet.name} (${part})`, sheet, rows);
  }
  const addText = (path: string, text: string) =>
    zip.addBuffer(Buffer.from(text), path, { compressionLevel: COMPRESSION_LEVEL, mtime: ENTRY_TIME });
  addText('xl/workbook.xml', workbook(printed));
  addText('xl/_rels/workbook.xml.rels', workbookRelations(printed.length));
  addText('xl/styles.xml', styles());
  addText('_rels/.rels', PACKAGE_RELATIONS);
  addText('[Content_Types].xml', contentTypes(printed.length));
  zip.end();
}

async function* sheetXml(sheet: Sheet, rows: RowReader, words: BooleanWords, maxRows: number): AsyncGenerator<string> {
  const { columns, lead = [], totals } = sheet;
  const letters = columns.map((_column, at) => columnName(at));
  const last = letters.at(-1) ?? 'A';
  const header = headerLineOf(sheet);
  const widths = columns
    .map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('');
  yield (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">' +
    `<pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/>` +
    `</sheetView></sheetViews><cols>${widths}</cols><sheetData>`
  );
  for (const [at, text] of lead.entries()) {
    const height = at === 0 ? ` ht="${TITLE_HEIGHT_PT}" customHeight="1"` : '';
    const cell = textCell(`A${at + 1}`, neutralised(text), at === 0 ? STYLE.title : STYLE.plain);
    yield `<row r="${at + 1}"${height}>${cell}</row>`;
  }
  const headers = columns.map((column, at) => textCell(`${letters[at]}${header}`, column.header, STYLE.header));
  yield `<row r="${header}" ht="${HEADER_HEIGHT_PT}" customHeight="1">${headers.join('')}</row>`;
  let line = header;
  let ended = false;
  const rowXml = (row: readonly Cell[], total: boolean): string => {
    line += 1;
    const cells = row.map((cell, at) => {
      const text = total ? STYLE.total : columns[at]?.wraps ? STYLE.words : STYLE.plain;
      return cellXml(`${letters[at]}${line}`, cell, words, { total, text });
    });
    return `<row r="${line}"${total ? '' : heightOf(columns, row)}>${cells.join('')}</row>`;
  };
  try {
    for (;;) {
      const batch = await rows.take(Math.min(maxRows - (line - header), 1_000));
      if (batch === null) break;
      yield batch.map((row) => rowXml(row, false)).join('');
    }
    const filtered = line;
    if (totals !== undefined && !(await rows.hasMore())) yield rowXml(totals, true);
    yield (
      `</sheetData><autoFilter ref="A${header}:${last}${filtered}"/><pageMargins left="0.4" right="0.4" top="0.5" ` +
      'bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" ' +
      'fitToHeight="0"/></worksheet>'
    );
    ended = true;
  } finally {
    if (!ended) await rows.close();
  }
}

/** Programs do not all find out for themselves how many lines the words of a row take. */
function heightOf(columns: readonly Column[], row: readonly Cell[]): string {
  let lines = 1;
  for (const [at, { wraps, width }] of columns.entries()) {
    const cell = wraps ? row[at] : null;
    if (typeof cell === 'string') lines = Math.max(lines, Math.ceil((cell.length * LETTER_SHARE) / width));
  }
  return lines === 1 ? '' : ` ht="${lines * LINE_HEIGHT_PT}" customHeight="1"`;
}

interface Look {
  total: boolean;
  /** style of text */
  text: number;
}

function cellXml(reference: string, cell: Cell, words: BooleanWords, { total, text }: Look): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return textCell(reference, neutralised(cell), text);
  if (typeof cell === 'boolean') return textCell(reference, cell ? words.yes : words.no, STYLE.plain);
  if (cell instanceof Date) return `<c r="${reference}" s="${STYLE.time}"><v>${serialOf(cell)}</v></c>`;
  if ('marked' in cell)
    return cell.marked === ''
      ? `<c r="${reference}" s="${STYLE.marked}"/>`
      : textCell(reference, neutralised(cell.marked), STYLE.marked);
  if ('number' in cell)
    return `<c r="${reference}" s="${total ? STYLE.total : STYLE.number}"><v>${cell.number}</v></c>`;
  const style = total ? STYLE.totalMoney : /\.0*[1-9]/.test(cell.money) ? STYLE.moneyWithTiyin : STYLE.money;
  return `<c r="${reference}" s="${style}"><v>${cell.money}</v></c>`;
}

function textCell(reference: string, text: string, style: number): string {
  const kept = text.length > MAX_CELL_CHARS ? text.slice(0, MAX_CELL_CHARS) : text;
  return `<c r="${reference}" t="inlineStr" s="${style}"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`;
}
