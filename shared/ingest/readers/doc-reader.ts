/**
 * Tables of old Word documents (doc). Their text holds a tab behind every cell and a line break behind every row, but a
 * cell may hold tabs and breaks too: so every row must come out exactly as wide as the first one of its table. A
 * document where that does not hold is refused, with the advice to save it as docx: a row in the wrong columns would be
 * worse than none.
 */
import { readFile } from 'node:fs/promises';
import WordExtractor from 'word-extractor';
import { countKnownHeaders } from '../recognise/headers.ts';
import { badFile } from './file-faults.ts';
import { cellOfText } from './flat-record.ts';
import { wholeOle2 } from './ole2.ts';
import { FileFault, type Cell, type OpenedTables, type RawRow, type Reader, type ReadLimits } from './reader.ts';

const BATCH_ROWS = 500;

export const docReader: Reader = {
  format: 'doc',
  async open(path, options) {
    const bytes = await readFile(path, { signal: options.signal });
    wholeOle2(bytes, false);
    const tables = tablesOf(await bodyOf(bytes), options.limits);
    if (tables.length === 0) throw badFile('no_tables');
    if (tables.length > options.limits.maxSheets) throw badFile('too_many_sheets', { max: options.limits.maxSheets });
    let bytesRead = 0;

    async function* batches(rows: RawRow[]): AsyncGenerator<RawRow[], void, undefined> {
      for (let at = 0; at < rows.length; at += BATCH_ROWS) {
        options.signal.throwIfAborted();
        bytesRead = Math.max(
          bytesRead,
          Math.floor((bytes.length * Math.min(rows.length, at + BATCH_ROWS)) / rows.length),
        );
        options.onBytes(bytesRead);
        yield rows.slice(at, at + BATCH_ROWS);
      }
    }

    const opened: OpenedTables = {
      delimiter: null,
      encoding: null,
      warnings: [],
      async *tables() {
        for (const [index, rows] of tables.entries()) {
          const sheet = tables.length === 1 ? null : `Table ${index + 1}`;
          if (options.sheet === undefined || options.sheet === sheet) yield { sheet, rows: batches(rows) };
        }
      },
      close: async () => {},
    };
    return opened;
  },
};

/** The flag of the file's own header that says its text is encrypted. */
const ENCRYPTED_FLAG = 0x0100;
const WORD_MAGIC = 0xa5ec;

async function bodyOf(bytes: Buffer): Promise<string> {
  // The main stream begins at a sector; its magic and flags stand in the first bytes.
  for (let at = 512; at + 12 <= bytes.length; at += 512) {
    if (bytes.readUInt16LE(at) !== WORD_MAGIC) continue;
    if ((bytes.readUInt16LE(at + 10) & ENCRYPTED_FLAG) !== 0) throw new FileFault('encrypted');
    break;
  }
  try {
    return (await new WordExtractor().extract(bytes)).getBody({ filterUnicode: false });
  } catch (error) {
    if (error instanceof RangeError && /memory|length/i.test(error.message) && !('code' in error)) throw error;
    throw badFile('damaged');
  }
}

/** Exported for its test: documents that no program writes easily. */
export function tablesOf(body: string, limits: ReadLimits): RawRow[][] {
  const tables: RawRow[][] = [];
  let table: RawRow[] = [];
  let width = 0;
  let row = '';
  let interrupted = false;

  function endTable(): void {
    if (row.trim() !== '') throw badFile('doc_rows');
    row = '';
    if (table.length > 0) tables.push(table);
    table = [];
    width = 0;
  }

  for (const line of body.split('\n')) {
    if (row === '' && !line.endsWith('\t')) {
      // Text between tables, or the first line of a cell of several: what follows must then begin with a header of its
      // own.
      if (line.trim() === '') continue;
      if (table.length > 0 && line.includes('\t')) row = `${line}\n`;
      else interrupted ||= table.length > 0 || tables.length > 0;
      if (row === '' && table.length > 0) endTable();
      continue;
    }
    row += line;
    const cells = row.split('\t').length - 1;
    if (!line.endsWith('\t') || (width > 0 && cells < width)) {
      row += '\n';
      continue;
    }
    if (width > 0 && cells !== width) throw badFile('doc_rows');
    const together = width === 0 ? widthOfRunTogether(row, cells) : null;
    if (together !== null) {
      // A whole table in one line; anything behind it is another.
      if (interrupted && countKnownHeaders(row.split('\t', together)) < 2) throw badFile('doc_rows');
      const fields = row.split('\t');
      for (let at = 0; at < cells; at += together + 1) {
        if (table.length >= limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
        table.push({
          row: table.length + 1,
          cells: cellsOf(`${fields.slice(at, at + together).join('\t')}\t`, together, limits, table.length + 1),
        });
      }
      row = '';
      endTable();
      interrupted = false;
      continue;
    }
    const found = cellsOf(row, cells, limits, table.length + 1);
    if (width === 0) {
      if (interrupted && countKnownHeaders(found) < 2) throw badFile('doc_rows');
      interrupted = false;
      width = cells;
    }
    if (table.length >= limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    table.push({ row: table.length + 1, cells: found });
    row = '';
  }
  endTable();
  return tables;
}

/**
 * Several rows in one line: some programs put a tab behind a row as behind a cell, so each row ends in what looks like
 * an empty cell. The header has no empty cell, so it gives the width; null = one row. Throws FileFault where the rows
 * are not all of that width.
 */
function widthOfRunTogether(row: string, cells: number): number | null {
  const fields = row.split('\t').slice(0, cells);
  const width = fields.indexOf('');
  if (width <= 0 || cells <= width + 1) return null;
  if (cells % (width + 1) === 0 && fields.every((field, at) => at % (width + 1) !== width || field === ''))
    return width;
  // One row with an empty cell, or rows that cannot be told apart: few cells are a row.
  if (cells < width * 2) return null;
  throw badFile('doc_rows');
}

function cellsOf(row: string, width: number, limits: ReadLimits, number: number): Cell[] {
  if (width > limits.maxColumns) throw badFile('too_many_columns', { row: number, max: limits.maxColumns });
  const cells = row
    .split('\t')
    .slice(0, width)
    .map((text) => cellOfText(text, limits, number));
  while (cells.at(-1) === null) cells.pop();
  return cells;
}
