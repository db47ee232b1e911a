/**
 * XLS (Excel 97) for programs that read nothing newer. The container wants to know its size before its first byte, so
 * the sheets are spooled to a file of the process's own; memory stays flat whatever the number of rows.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { neutralised } from '../formula-guard.ts';
import { onDisk } from '../storage/disk-faults.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import { BIFF_STYLE, blankCell, labelCell, numberCell, sheetHead, sheetTail, workbookGlobals } from './biff.ts';
import { compoundFile } from './compound-file.ts';
import { type BooleanWords, type Cell, serialOf, type Sheet, type Sheets } from './sheet.ts';
import { createRowReader, headerLineOf, type RowReader, sheetName } from './sheet-rows.ts';

/** Data rows of one sheet; the format ends at 65 536 lines. */
export const MAX_XLS_ROWS = 65_000;
const BATCH_ROWS = 500;

export interface XlsOptions {
  words: BooleanWords;
  spool: Pick<SpoolFolder, 'newFile'>;
  /** for tests; default MAX_XLS_ROWS */
  maxSheetRows?: number;
}

/** @returns the file's bytes; destroying the stream ends the reading of rows */
export function createXlsStream(sheets: Sheets, options: XlsOptions): Readable {
  const output = new PassThrough({ highWaterMark: 64 * 1024 });
  const given = new AbortController();
  output.once('close', () => given.abort());
  pipeline(bytesOf(sheets, options, given.signal), output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function* bytesOf(
  sheets: Sheets,
  { words, spool, maxSheetRows = MAX_XLS_ROWS }: XlsOptions,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const file = await spool.newFile();
  try {
    const parts: Part[] = [];
    const spooled = createWriteStream(file.path);
    await onDisk(pipeline(sheetBytes(sheets, { words, maxSheetRows, parts }), spooled, { signal }));
    const size = await onDisk(noteLines(file.path, parts));
    const names = parts.map(({ name }) => name);
    // its length does not depend on the offsets in it
    const before = workbookGlobals(names, []).length;
    const globals = workbookGlobals(
      names,
      parts.map(({ at }) => before + at),
    );
    const { head, padding, tail } = compoundFile('Workbook', before + size);
    yield head;
    yield globals;
    yield* createReadStream(file.path);
    yield Buffer.alloc(padding);
    yield tail;
  } finally {
    await file.release();
  }
}

interface Part {
  name: string;
  /** its first byte */
  at: number;
  /** where the number of its lines stands */
  linesAt: number;
  /** how many lines it came to */
  lines: number;
}

/** Programs lay out as many lines as a sheet says at its head. @returns the size of the file */
async function noteLines(path: string, parts: readonly Part[]): Promise<number> {
  const file = await open(path, 'r+');
  try {
    for (const { linesAt, lines } of parts) {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(lines);
      await file.write(bytes, 0, 4, linesAt);
    }
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

interface Parts {
  words: BooleanWords;
  maxSheetRows: number;
  /** filled as they are written */
  parts: Part[];
}

async function* sheetBytes(sheets: Sheets, { words, maxSheetRows, parts }: Parts): AsyncGenerator<Buffer> {
  let written = 0;
  for await (const sheet of sheets) {
    const rows = createRowReader(sheet.rows);
    let isOver = false;
    try {
      for (let part = 1; part === 1 || (await rows.hasMore()); part++) {
        const name = part === 1 ? sheet.name : `${sheet.name} (${part})`;
        const taken = parts.map((one) => one.name);
        const noted: Part = { name: sheetName(name, taken), at: written, linesAt: 0, lines: 0 };
        parts.push(noted);
        for await (const bytes of oneSheet(sheet, rows, { words, maxRows: maxSheetRows, noted })) {
          written += bytes.length;
          yield bytes;
        }
      }
      isOver = true;
    } finally {
      if (!isOver) await rows.close();
    }
  }
}

async function* oneSheet(
  sheet: Sheet,
  rows: RowReader,
  { words, maxRows, noted }: { words: BooleanWords; maxRows: number; noted: Part },
): AsyncGenerator<Buffer> {
  const { columns, lead = [], totals } = sheet;
  const header = headerLineOf(sheet);
  const head = sheetHead(columns.map(({ width }) => width));
  noted.linesAt = noted.at + head.linesAt;
  yield head.bytes;
  yield Buffer.concat([
    ...lead.map((text, at) => labelCell(at, 0, at === 0 ? BIFF_STYLE.title : BIFF_STYLE.plain, neutralised(text))),
    ...columns.map((column, at) => labelCell(header - 1, at, BIFF_STYLE.header, column.header)),
  ]);
  let line = header;
  const rowBytes = (row: readonly Cell[], isTotal: boolean): Buffer[] => {
    const bytes = row.flatMap((cell, at) => cellBytes(line, at, cell, words, isTotal));
    line += 1;
    return bytes;
  };
  for (;;) {
    const batch = await rows.take(Math.min(maxRows - (line - header), BATCH_ROWS));
    if (batch === null) break;
    yield Buffer.concat(batch.flatMap((row) => rowBytes(row, false)));
  }
  if (totals !== undefined && !(await rows.hasMore())) yield Buffer.concat(rowBytes(totals, true));
  noted.lines = line;
  yield sheetTail(header, noted.at === 0);
}

function cellBytes(line: number, column: number, cell: Cell, words: BooleanWords, isTotal: boolean): Buffer[] {
  const plain = isTotal ? BIFF_STYLE.total : BIFF_STYLE.plain;
  if (cell === null || cell === '') return [];
  if (typeof cell === 'string') return [labelCell(line, column, plain, neutralised(cell))];
  if (typeof cell === 'boolean') return [labelCell(line, column, plain, cell ? words.yes : words.no)];
  if (cell instanceof Date) return [numberCell(line, column, BIFF_STYLE.time, Number(serialOf(cell)))];
  if ('marked' in cell)
    return cell.marked === ''
      ? [blankCell(line, column, BIFF_STYLE.marked)]
      : [labelCell(line, column, BIFF_STYLE.marked, neutralised(cell.marked))];
  if ('number' in cell) return [numberCell(line, column, plain, Number(cell.number))];
  const ofMoney = /\.0*[1-9]/.test(cell.money) ? BIFF_STYLE.moneyWithTiyin : BIFF_STYLE.money;
  return [numberCell(line, column, isTotal ? BIFF_STYLE.totalMoney : ofMoney, Number(cell.money))];
}
