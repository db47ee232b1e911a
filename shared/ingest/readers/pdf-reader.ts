/**
 * pdf: the text tables of bank and cabinet reports, page by page. The page of a row is kept as its sheet; a row's
 * number counts the rows of its page, the first line of the table on it being 1. A scan holds no text and is refused
 * with the reason.
 */
import { readFile } from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';
import { badFile, isMemoryFault } from './file-faults.ts';
import { columnsUnderHeader } from './pdf-header.ts';
import { findColumns, isPageNumber, joinBroken, linesOfPage, type PdfLine, type PdfWord } from './pdf-layout.ts';
import { rowsOfPage, type PagesSeen } from './pdf-rows.ts';
import { FileFault, type OpenedTables, type RawRow, type Reader, type ReadOptions } from './reader.ts';

/** Pages that show where the columns stand. */
const LAYOUT_PAGES = 5;
const MAX_PAGES = 5_000;
const MAX_WORDS_PER_PAGE = 100_000;

/** What is used of PDF.js: the package's own types name files that the resolution of this project cannot find. */
interface Document {
  numPages: number;
  getPage(number: number): Promise<{
    /** left, bottom, right and top */
    view: number[];
    getTextContent(options: { includeMarkedContent: boolean }): Promise<{ items: (TextItem | Mark)[] }>;
    cleanup(): void;
  }>;
  cleanup(): Promise<unknown>;
  destroy(): Promise<void>;
}
interface TextItem {
  str: string;
  width: number;
  /** of its own coordinates: two of each axis, then where it begins */
  transform: number[];
}
/** Where marked content begins or ends. */
interface Mark {
  type: string;
}

export const pdfReader: Reader = {
  format: 'pdf',
  async open(path, options) {
    const bytes = await readFile(path, { signal: options.signal });
    // Without its end a file may still be half readable, and half a report must not be loaded.
    if (!bytes.subarray(Math.max(0, bytes.length - 2_048)).includes('%%EOF')) throw badFile('truncated');
    const document = await openDocument(bytes);
    if (document.numPages > MAX_PAGES) throw badFile('too_many_sheets', { max: MAX_PAGES });
    return openedPdf(document, bytes.length, options);
  },
};

async function openDocument(bytes: Buffer): Promise<Document> {
  try {
    return await getDocumentProxy(new Uint8Array(bytes), {
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      stopAtErrors: true,
      verbosity: 0,
    });
  } catch (error) {
    throw asPdfFault(error);
  }
}

function openedPdf(document: Document, sizeBytes: number, options: ReadOptions): OpenedTables {
  const { limits, signal } = options;

  async function pageLines(number: number): Promise<PdfLine[]> {
    signal.throwIfAborted();
    const page = await document.getPage(number);
    try {
      const [, , , height = 0] = page.view;
      // PDF.js runs texts together that stand near each other, unless something of the structure lies between them
      const { items } = await page.getTextContent({ includeMarkedContent: true });
      if (items.length > MAX_WORDS_PER_PAGE) throw badFile('too_many_rows', { max: MAX_WORDS_PER_PAGE });
      let part = 0;
      const words = items.flatMap((item): PdfWord[] => {
        if (!('str' in item)) part++;
        if (!('str' in item) || item.str === '') return [];
        const [a = 0, b = 0, , , x = 0, y = 0] = item.transform;
        return [{ text: item.str, x, width: item.width, y: height - y, size: Math.hypot(a, b), part }];
      });
      return linesOfPage(words);
    } catch (error) {
      throw asPdfFault(error);
    } finally {
      page.cleanup();
    }
  }

  async function* rows(): AsyncGenerator<RawRow[], void, undefined> {
    const first: PdfLine[][] = [];
    for (let page = 1; page <= Math.min(document.numPages, LAYOUT_PAGES); page++) first.push(await pageLines(page));
    if (first.every((lines) => lines.every(isPageNumber))) throw badFile('no_text');
    const columns = columnsUnderHeader(first.flat(), findColumns(first.flat()));
    if (columns.length === 0) throw badFile('no_tables');
    if (columns.length > limits.maxColumns) throw badFile('too_many_columns', { row: 1, max: limits.maxColumns });
    const seen: PagesSeen = { header: null, spacing: null, last: [] };
    let held: RawRow | null = null;
    let count = 0;
    for (let page = 1; page <= document.numPages; page++) {
      const lines = first[page - 1] ?? (await pageLines(page));
      first[page - 1] = [];
      const finished: RawRow[] = [];
      for (const row of rowsOfPage(lines, columns, seen)) {
        if (row.continues && held !== null) {
          held.cells = held.cells.map((cell, column) => joinBroken(cell, row.cells[column] ?? null));
          continue;
        }
        if (held !== null) finished.push(held);
        held = { row: row.row, sheet: `p. ${page}`, cells: row.cells };
        if (++count > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
      }
      if (finished.length > 0) yield checked(finished, limits.maxCellChars);
      options.onBytes(Math.floor((sizeBytes * page) / document.numPages));
    }
    if (held !== null) yield checked([held], limits.maxCellChars);
  }

  return {
    delimiter: null,
    encoding: null,
    warnings: [],
    async *tables() {
      yield { sheet: null, rows: rows() };
    },
    close: async () => {
      await document.cleanup();
      await document.destroy();
    },
  };
}

function checked(rows: RawRow[], maxCellChars: number): RawRow[] {
  for (const { row, cells } of rows) {
    if (cells.some((cell) => typeof cell === 'string' && cell.length > maxCellChars))
      throw badFile('cell_too_long', { row, max: maxCellChars });
    while (cells.at(-1) === null) cells.pop();
  }
  return rows;
}

function asPdfFault(error: unknown): unknown {
  if (error instanceof FileFault || isMemoryFault(error) || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  return error.name === 'PasswordException' ? new FileFault('encrypted') : badFile('damaged');
}
