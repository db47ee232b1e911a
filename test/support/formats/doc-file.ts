/**
 * A document of Word 97 with one table, as Word itself ends cells and rows: by marks in the text, of which the
 * properties name the row's.
 */
import * as XLSX from '@e965/xlsx';
import type { TextRows } from './text-formats.ts';

const CELL_MARK = '\u0007';
const TEXT_AT = 0x800;
const PAGE_BYTES = 512;
const ROWS_PER_PAGE = 14;
/** Streams below this size are kept elsewhere. */
const SMALL_STREAM_BYTES = 4_096;

export function docOf(rows: TextRows): Buffer {
  let text = 'Отчёт\r';
  const rowEnds: number[] = [];
  for (const row of rows) {
    // A break within a cell would be a paragraph of its own, by which rows can no longer be told apart.
    text += row.map((cell) => `${(cell ?? '').replaceAll(/\s*\n\s*/g, ' ')}${CELL_MARK}`).join('');
    rowEnds.push(text.length);
    text += CELL_MARK;
  }
  text += '\r';
  const letters = Buffer.from(text, 'utf16le');
  const pagesAt = Math.ceil((TEXT_AT + letters.length) / PAGE_BYTES);
  const pages = rowEndPages(rowEnds.map((at) => TEXT_AT + at * 2));

  const main = Buffer.alloc(Math.max(SMALL_STREAM_BYTES, (pagesAt + pages.length) * PAGE_BYTES));
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0x00c1, 2);
  main.writeUInt16LE(0x0200, 0x0a);
  main.writeUInt32LE(TEXT_AT, 0x18);
  main.writeUInt32LE(text.length, 0x4c);
  letters.copy(main, TEXT_AT);
  pages.forEach((page, i) => page.copy(main, (pagesAt + i) * PAGE_BYTES));

  const pieces = Buffer.alloc(5 + 16);
  pieces[0] = 2;
  pieces.writeUInt32LE(16, 1);
  pieces.writeUInt32LE(text.length, 9);
  pieces.writeUInt32LE(TEXT_AT, 15);
  const pageList = Buffer.alloc((pages.length + 1) * 4 + pages.length * 4);
  pages.forEach((_, i) => pageList.writeUInt32LE(pagesAt + i, (pages.length + 1 + i) * 4));
  // No properties of letters: a list of no pages still has its one end.
  const noPages = Buffer.alloc(4);
  const table = Buffer.alloc(Math.max(SMALL_STREAM_BYTES, noPages.length + pageList.length + pieces.length));
  noPages.copy(table, 0);
  pageList.copy(table, noPages.length);
  pieces.copy(table, noPages.length + pageList.length);
  main.writeUInt32LE(noPages.length, 0xfe);
  main.writeUInt32LE(noPages.length, 0x102);
  main.writeUInt32LE(pageList.length, 0x106);
  main.writeUInt32LE(noPages.length + pageList.length, 0x1a2);
  main.writeUInt32LE(pieces.length, 0x1a6);

  const container = XLSX.CFB.utils.cfb_new();
  XLSX.CFB.utils.cfb_add(container, '/WordDocument', main);
  XLSX.CFB.utils.cfb_add(container, '/1Table', table);
  return XLSX.CFB.write(container, { type: 'buffer' }) as Buffer;
}

/**
 * Pages of paragraph properties: a run before each row's end that says nothing, and one of the end that says what it
 * is.
 */
function rowEndPages(ends: readonly number[]): Buffer[] {
  const pages: Buffer[] = [];
  for (let from = 0; from < ends.length; from += ROWS_PER_PAGE) {
    const part = ends.slice(from, from + ROWS_PER_PAGE);
    const page = Buffer.alloc(PAGE_BYTES);
    const runs = part.length * 2;
    const plainAt = 490;
    const rowEndAt = 500;
    // Length in words, style 0, then `this paragraph is a row's end`.
    Buffer.from([2, 0, 0, 0]).copy(page, plainAt);
    Buffer.from([3, 0, 0, 0x17, 0x24, 1]).copy(page, rowEndAt);
    part.forEach((end, i) => {
      page.writeUInt32LE(i === 0 ? TEXT_AT : part[i - 1]! + 2, i * 8);
      page.writeUInt32LE(end, i * 8 + 4);
      page[(runs + 1) * 4 + i * 26] = plainAt / 2;
      page[(runs + 1) * 4 + i * 26 + 13] = rowEndAt / 2;
    });
    page.writeUInt32LE(part.at(-1)! + 2, runs * 4);
    page[511] = runs;
    pages.push(page);
  }
  return pages;
}
