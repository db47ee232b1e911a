/**
 * CSV as spreadsheets and programs both read it: UTF-8 with BOM, CRLF, quotes doubled (RFC 4180). A spreadsheet set to
 * Russian or Uzbek takes only semicolons, decimal commas and days written day first; it shows commas in one column.
 * Elsewhere commas, points and ISO days.
 */
import { Readable } from 'node:stream';
import { neutralisedInText, quotedInText } from '../formula-guard.ts';
import { languages, type Lang } from '../texts/languages.ts';
import { type BooleanWords, type Cell, clockText, localDayText, localTimeText, type Sheets } from './sheet.ts';

const BOM = '\ufeff';
export interface CsvOptions {
  several: boolean;
  words: BooleanWords;
  /** of whoever opens it; default en */
  lang?: Lang;
  /** figures and times stay as programs write them: the table is to be read again */
  plainFigures?: true;
}

interface Style {
  words: BooleanWords;
  delimiter: ',' | ';';
  /** as spreadsheets of the language write numbers and days */
  local: boolean;
}

/** One sheet is a plain table. Several stand below each other, each under its name, a blank line between them. */
export function createCsvStream(sheets: Sheets, options: CsvOptions): Readable {
  return Readable.from(linesOf(sheets, options), { objectMode: false, highWaterMark: 64 * 1024 });
}

async function* linesOf(
  sheets: Sheets,
  { several, words, lang = 'en', plainFigures }: CsvOptions,
): AsyncGenerator<Buffer> {
  const local = languages[lang].reports.semicolons;
  const style: Style = { words, local: local && plainFigures !== true, delimiter: local ? ';' : ',' };
  let before = BOM;
  for await (const sheet of sheets) {
    const title = several ? lineOf([sheet.name], style) : '';
    yield Buffer.from(
      before +
        title +
        lineOf(
          sheet.columns.map(({ header }) => header),
          style,
        ),
    );
    for await (const batch of sheet.rows)
      if (batch.length > 0) yield Buffer.from(batch.map((row) => lineOf(row, style)).join(''));
    before = '\r\n';
  }
}

const lineOf = (cells: readonly Cell[], style: Style): string =>
  `${cells.map((cell) => quotedInText(textOf(cell, style))).join(style.delimiter)}\r\n`;

function textOf(cell: Cell, { words, local }: Style): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return neutralisedInText(cell);
  if (typeof cell === 'boolean') return cell ? words.yes : words.no;
  if (cell instanceof Date) return local ? `${localDayText(cell)} ${clockText(cell)}` : localTimeText(cell);
  if ('marked' in cell) return neutralisedInText(cell.marked);
  const figure = 'money' in cell ? cell.money : cell.number;
  return local ? figure.replace('.', ',') : figure;
}
