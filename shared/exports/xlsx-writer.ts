/**
 * XLSX written as it flows: sheets of any number of rows in flat memory, the pace set by whoever reads the stream. Text stands in its
 * cell (no table of shared strings to collect), and a sheet that is full goes on in the next.
 */
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { neutralised } from '../formula-guard.ts';
import { type BooleanWords, type Cell, serialOf, type Sheet, type Sheets } from './sheet.ts';
import { columnName, contentTypes, PACKAGE_RELATIONS, styles, workbook, workbookRelations, xmlText } from './xlsx-parts.ts';

/** Data rows of one sheet; the format ends at 1 048 576 lines. */
export const MAX_SHEET_ROWS = 1_000_000;
/** Longest text that the format allows in a cell. */
const MAX_CELL_CHARS = 32_767;
const MAX_NAME_CHARS = 31;
/** XML is cheap to compress and the disk is not the bottleneck. */
const COMPRESSION_LEVEL = 2;
const CHUNK_CHARS = 64 * 1024;
/** Entries carry a time; it says nothing here, so that equal exports are equal files. */
const ENTRY_TIME = new Date(2026, 0, 1);

const STYLE = { header: 1, time: 2, number: 3, marked: 4 } as const;

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
  const names: string[] = [];
  const add = async (name: string, sheet: Sheet, rows: RowReader) => {
    names.push(sheetName(name, names));
    await put(`xl/worksheets/sheet${names.length}.xml`, sheetXml(sheet, rows, words, maxSheetRows));
  };
  for await (const sheet of sheets) {
    const rows = createRowReader(sheet.rows);
    await add(sheet.name, sheet, rows);
    for (let part = 2; await rows.hasMore(); part++) await add(`${sheet.name} (${part})`, sheet, rows);
  }
  const addText = (path: string, text: string) =>
    zip.addBuffer(Buffer.from(text), path, { compressionLevel: COMPRESSION_LEVEL, mtime: ENTRY_TIME });
  addText('xl/workbook.xml', workbook(names));
  addText('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
  addText('xl/styles.xml', styles());
  addText('_rels/.rels', PACKAGE_RELATIONS);
  addText('[Content_Types].xml', contentTypes(names.length));
  zip.end();
}

/** Hands out rows one sheet at a time without losing those of a batch that did not fit. */
interface RowReader {
  /** up to `max` rows of the batch at hand; null at the end */
  take(max: number): Promise<readonly (readonly Cell[])[] | null>;
  hasMore(): Promise<boolean>;
  close(): Promise<void>;
}

function createRowReader(batches: Sheet['rows']): RowReader {
  const iterator = Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  let batch: readonly (readonly Cell[])[] = [];
  let done = false;
  const fill = async () => {
    while (!done && batch.length === 0) {
      const next = await iterator.next();
      if (next.done === true) done = true;
      else batch = next.value;
    }
    return batch.length > 0;
  };
  return {
    hasMore: fill,
    async take(max) {
      if (max <= 0 || !(await fill())) return null;
      const rows = batch.slice(0, max);
      batch = batch.slice(max);
      return rows;
    },
    async close() {
      if (!done) await iterator.return?.();
      done = true;
    },
  };
}

async function* sheetXml({ columns }: Sheet, rows: RowReader, words: BooleanWords, maxRows: number): AsyncGenerator<string> {
  const letters = columns.map((_column, at) => columnName(at));
  const last = letters.at(-1) ?? 'A';
  const widths = columns.map(({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('');
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>`;
  yield `<row r="1">${columns.map(({ header }, at) => textCell(`${letters[at]}1`, header, STYLE.header)).join('')}</row>`;
  let written = 0;
  let ended = false;
  try {
    for (;;) {
      const batch = await rows.take(Math.min(maxRows - written, 1_000));
      if (batch === null) break;
      let xml = '';
      for (const row of batch) {
        written += 1;
        const line = written + 1;
        xml += `<row r="${line}">`;
        for (let at = 0; at < row.length; at++) xml += cellXml(`${letters[at]}${line}`, row[at] ?? null, words);
        xml += '</row>';
      }
      yield xml;
    }
    yield `</sheetData><autoFilter ref="A1:${last}${written + 1}"/></worksheet>`;
    ended = true;
  } finally {
    if (!ended) await rows.close();
  }
}

function cellXml(place: string, cell: Cell, words: BooleanWords): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') return textCell(place, neutralised(cell), 0);
  if (typeof cell === 'boolean') return textCell(place, cell ? words.yes : words.no, 0);
  if (cell instanceof Date) return `<c r="${place}" s="${STYLE.time}"><v>${serialOf(cell)}</v></c>`;
  if ('marked' in cell)
    return cell.marked === '' ? `<c r="${place}" s="${STYLE.marked}"/>` : textCell(place, neutralised(cell.marked), STYLE.marked);
  return `<c r="${place}" s="${STYLE.number}"><v>${cell.number}</v></c>`;
}

function textCell(place: string, text: string, style: number): string {
  const kept = text.length > MAX_CELL_CHARS ? text.slice(0, MAX_CELL_CHARS) : text;
  return `<c r="${place}" t="inlineStr"${style === 0 ? '' : ` s="${style}"`}><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`;
}

/** At most 31 characters, none of those that mean something in a reference, none twice. */
function sheetName(wanted: string, taken: readonly string[]): string {
  const clean = wanted.replace(/[[\]:*?/\\']/g, ' ').trim() || 'Sheet';
  const has = (name: string) => taken.some((other) => other.toLowerCase() === name.toLowerCase());
  let name = clean.slice(0, MAX_NAME_CHARS);
  for (let copy = 2; has(name); copy++) {
    const suffix = ` ${copy}`;
    name = `${clean.slice(0, MAX_NAME_CHARS - suffix.length)}${suffix}`;
  }
  return name;
}
