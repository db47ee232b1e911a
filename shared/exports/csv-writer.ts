/** CSV as spreadsheets and programs both read it: UTF-8 with BOM, commas, CRLF, quotes doubled (RFC 4180). */
import { Readable } from 'node:stream';
import { neutralisedInText } from '../formula-guard.ts';
import { type BooleanWords, type Cell, localTimeText, type Sheets } from './sheet.ts';

const BOM = '\ufeff';
/** Delimiters of every locale: a program that splits at another one than ours must still see one cell. */
const NEEDS_QUOTES = /[",;|\t\r\n]|^\s|\s$/;

/** One sheet is a plain table. Several stand below each other, each under its name, a blank line between them. */
export function createCsvStream(sheets: Sheets, options: { several: boolean; words: BooleanWords }): Readable {
  return Readable.from(linesOf(sheets, options), { objectMode: false, highWaterMark: 64 * 1024 });
}

async function* linesOf(sheets: Sheets, { several, words }: { several: boolean; words: BooleanWords }): AsyncGenerator<Buffer> {
  let before = BOM;
  for await (const sheet of sheets) {
    const title = several ? lineOf([sheet.name], words) : '';
    yield Buffer.from(
      before +
        title +
        lineOf(
          sheet.columns.map(({ header }) => header),
          words,
        ),
    );
    for await (const batch of sheet.rows) if (batch.length > 0) yield Buffer.from(batch.map((row) => lineOf(row, words)).join(''));
    before = '\r\n';
  }
}

const lineOf = (cells: readonly Cell[], words: BooleanWords): string => `${cells.map((cell) => quoted(textOf(cell, words))).join(',')}\r\n`;

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function textOf(cell: Cell, words: BooleanWords): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return neutralisedInText(cell);
  if (typeof cell === 'boolean') return cell ? words.yes : words.no;
  if (cell instanceof Date) return localTimeText(cell);
  return 'marked' in cell ? neutralisedInText(cell.marked) : cell.number;
}
