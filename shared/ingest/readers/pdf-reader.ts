/**
 * pdf: the text tables of bank and cabinet reports, page by page. The page of a row is kept as its sheet; a row's number counts the rows of
 * its page, the first line of the table on it being 1. A scan holds no text and is refused with the reason.
 */
import { readFile } from 'node:fs/promises';
import { getDocumentProxy } from 'unpdf';
import { countKnownHeaders } from '../recognise/headers.ts';
import { badFile } from './file-faults.ts';
import { cellsInColumns, findColumns, isPageNumber, joinBroken, linesOfPage, type PdfLine, type PdfWord } from './pdf-layout.ts';
import { FileFault, type Cell, type OpenedTables, type RawRow, type Reader, type ReadOptions } from './reader.ts';

/** Pages that settle where the columns stand. */
const LAYOUT_PAGES = 5;
const MAX_PAGES = 5_000;
const MAX_WORDS_PER_PAGE = 100_000;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;

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
      const { items } = await page.getTextContent();
      if (items.length > MAX_WORDS_PER_PAGE) throw badFile('too_many_rows', { max: MAX_WORDS_PER_PAGE });
      const words = items.flatMap((item): PdfWord[] => {
        if (!('str' in item) || item.str === '') return [];
        const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
        return [{ text: item.str, x, width: item.width, y: height - y, size: Math.hypot(a, b) }];
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
    const columns = findColumns(first.flat());
    if (columns.length === 0) throw badFile('no_tables');
    if (columns.length > limits.maxColumns) throw badFile('too_many_columns', { row: 1, max: limits.maxColumns });
    const header: HeaderSeen = { rows: null };
    let held: RawRow | null = null;
    let count = 0;
    for (let page = 1; page <= document.numPages; page++) {
      const lines = first[page - 1] ?? (await pageLines(page));
      first[page - 1] = [];
      const finished: RawRow[] = [];
      for (const row of rowsOfPage(lines, columns, header)) {
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

interface HeaderSeen {
  /** the header's lines as they stand on the first page that has it */
  rows: string[] | null;
}

interface PageRow {
  row: number;
  cells: Cell[];
  /** goes on with the row before it */
  continues: boolean;
}

function rowsOfPage(lines: readonly PdfLine[], columns: readonly { left: number; right: number }[], header: HeaderSeen): PageRow[] {
  const found: PageRow[] = [];
  const laid = lines.filter((line) => !isPageNumber(line)).map((line) => ({ line, cells: cellsInColumns(line, columns) ?? [] }));
  const headerLines = findHeaderLines(laid);
  if (headerLines !== null && header.rows !== null) {
    const repeated = headerLines.map((at) => JSON.stringify(laid[at]!.cells));
    // The header again at the top of a page, with whatever title stands above it.
    if (JSON.stringify(repeated) === JSON.stringify(header.rows)) laid.splice(0, headerLines.at(-1)! + 1);
  } else if (headerLines !== null) {
    header.rows = headerLines.map((at) => JSON.stringify(laid[at]!.cells));
    const [top, ...rest] = headerLines;
    for (const at of rest) laid[top!]!.cells = laid[top!]!.cells.map((cell, column) => joinHeader(cell, laid[at]!.cells[column] ?? null));
    laid.splice(top! + 1, rest.length);
  }
  const lineGap = closeLineGap(laid.map(({ line }) => line));
  let above: { line: PdfLine; filled: number; lacksFirst: boolean } | null = null;
  let number = 0;
  for (const { line, cells } of laid) {
    const filled = cells.filter((cell) => cell !== null).length;
    const gap: number = above === null ? 0 : line.y - above.line.y;
    const sparse: boolean = cells[0] === null && filled < columns.length / 2;
    let continues: boolean;
    // At the top of a page only a line without a first cell can belong to the page before.
    if (above === null) continues = sparse && header.rows !== null;
    else if (lineGap !== null) continues = gap <= lineGap && (cells[0] === null || filled < above.filled || above.lacksFirst);
    else continues = sparse && gap < line.size * 1.9;
    if (!continues) number++;
    found.push({ row: number, cells, continues });
    // A cell of fewer lines than its neighbours may stand in the middle of their height.
    const lacksFirst: boolean = cells[0] === null && (!continues || above === null || above.lacksFirst);
    above = { line, filled: continues && above !== null ? Math.max(filled, above.filled) : filled, lacksFirst };
  }
  return found;
}

/**
 * Up to which distance a line is another line of the same row: where rows stand further apart than the lines of a broken cell, the
 * distances are of two kinds. null = they are all of one kind, and distance says nothing.
 */
function closeLineGap(lines: readonly PdfLine[]): number | null {
  const gaps = lines.flatMap((line, i) => (i === 0 ? [] : [line.y - lines[i - 1]!.y])).filter((gap) => gap > 0);
  const least = Math.min(...gaps);
  const wide = gaps.filter((gap) => gap >= least * 1.35 && gap < least * 8).length;
  return gaps.length > 0 && wide / gaps.length >= 0.15 ? least * 1.15 : null;
}

function joinHeader(above: Cell, below: Cell): Cell {
  if (above === null || below === null) return above ?? below;
  return `${above} ${below}`;
}

/** The line with the most known headers and the lines below it that, joined to it, make it know more; null = none on this page. */
function findHeaderLines(laid: readonly { cells: Cell[] }[]): number[] | null {
  let best: { lines: number[]; known: number } | null = null;
  for (let at = 0; at < Math.min(laid.length, 30); at++) {
    let joined = laid[at]!.cells;
    for (let span = 1; span <= 3 && at + span - 1 < laid.length; span++) {
      if (span > 1) joined = joined.map((cell, column) => joinHeader(cell, laid[at + span - 1]!.cells[column] ?? null));
      const known = countKnownHeaders(joined);
      if (known >= 2 && (best === null || known > best.known)) best = { lines: Array.from({ length: span }, (_, i) => at + i), known };
    }
  }
  return best?.lines ?? null;
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
  if (error instanceof FileFault || error instanceof RangeError || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return error;
  return error.name === 'PasswordException' ? new FileFault('encrypted') : badFile('damaged');
}
