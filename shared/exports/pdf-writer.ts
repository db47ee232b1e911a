/**
 * PDF for paper and for whoever only reads: the table as it is, its header on every page, pages numbered. Nothing can
 * be calculated in it, so nothing is neutralised. Pages leave as they are full.
 */
import { createRequire } from 'node:module';
import { PassThrough, type Readable } from 'node:stream';
import { setImmediate as breathe } from 'node:timers/promises';
import {
  type BooleanWords,
  type Cell,
  clockText,
  localDayText,
  type Column,
  type RowBatch,
  type Sheet,
  type Sheets,
} from './sheet.ts';

const MARGIN = 24;
const FOOTER = 14;
const PADDING = 2;
/** The narrowest a character of this font is set, on average, as a share of its size. */
const CHAR_SHARE = 0.58;
const FONT_SIZES = { largest: 8, smallest: 5.5 };
/** A table that would be smaller than the smallest font on one paper goes onto the next. */
const PAPERS = ['A4', 'A3', 'A2'] as const;
const WIDTHS = { A4: 841.89, A3: 1190.55, A2: 1683.78 };
/** Of a cell; what is longer is cut, and says so by its last character. */
const MAX_LINES = 6;
/** Rows between two moments in which others of this process may work. */
const ROWS_AT_ONCE = 20;
const SHADE = '#f2f2f2';
const MARKED = '#ffc7ce';
const LINE = '#c8c8c8';

const require = createRequire(import.meta.url);
const plainFont = (): string => require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf');
const boldFont = (): string => require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf');

export interface PdfOptions {
  words: BooleanWords;
}

/** @returns the file's bytes; destroying the stream ends the reading of rows */
export function createPdfStream(sheets: Sheets, { words }: PdfOptions): Readable {
  const output = new PassThrough({ highWaterMark: 256 * 1024 });
  write(sheets, words, output).catch((error: unknown) => output.destroy(error as Error));
  return output;
}

async function write(sheets: Sheets, words: BooleanWords, output: PassThrough): Promise<void> {
  // fonts and their tables: what no service pays for at its start
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({ autoFirstPage: false, font: plainFont(), margin: 0 });
  document.registerFont('plain', plainFont());
  document.registerFont('bold', boldFont());
  document.on('error', (error: Error) => output.destroy(error));
  document.pipe(output);
  const pages = { count: 0 };
  const rulers = createRulers(document);
  for await (const sheet of sheets) await writeSheet(document, sheet, { words, output, pages, rulers });
  document.end();
}

interface Paper {
  name: (typeof PAPERS)[number];
  fontSize: number;
  /** of each column, in points */
  widths: number[];
}

/** The smallest paper on which the columns fit in a legible size. */
function paperFor(columns: readonly Column[]): Paper {
  const chars = columns.reduce((sum, { width }) => sum + width, 0);
  const sizeOn = (name: (typeof PAPERS)[number]) =>
    (WIDTHS[name] - 2 * MARGIN - columns.length * 2 * PADDING) / (chars * CHAR_SHARE);
  const name = PAPERS.find((one) => sizeOn(one) >= FONT_SIZES.smallest) ?? 'A2';
  const room = WIDTHS[name] - 2 * MARGIN;
  return {
    name,
    fontSize: Math.max(FONT_SIZES.smallest, Math.min(FONT_SIZES.largest, sizeOn(name))),
    widths: columns.map(({ width }) => (width / chars) * room),
  };
}

type FontName = 'plain' | 'bold';

interface Ruler {
  /** in points */
  width(text: string): number;
}

/** Widths by sign, without kerning: to lay out each text for its width would be most of the work. */
function createRulers(document: PDFKit.PDFDocument): (font: FontName, size: number) => Ruler {
  const known: Record<FontName, Map<string, number>> = { plain: new Map(), bold: new Map() };
  return (font, size) => {
    const signs = known[font];
    return {
      width(text) {
        let sum = 0;
        for (const sign of text) {
          let width = signs.get(sign);
          if (width === undefined) {
            width = document.font(font).fontSize(1).widthOfString(sign);
            document.fontSize(size);
            signs.set(sign, width);
          }
          sum += width;
        }
        return sum * size;
      },
    };
  };
}

interface Context {
  rulers: (font: FontName, size: number) => Ruler;
  words: BooleanWords;
  output: PassThrough;
  pages: { count: number };
}

async function writeSheet(document: PDFKit.PDFDocument, sheet: Sheet, context: Context): Promise<void> {
  const { lead = [], totals } = sheet;
  // what is for programs and for looking up stays in the formats that are worked on with
  const columns = sheet.columns.slice(0, sheet.printed);
  const paper = paperFor(columns);
  const lineHeight = paper.fontSize * 1.25;
  let y = 0;
  let bottom = 0;

  function page(): void {
    document.addPage({ size: paper.name, layout: 'landscape', margin: 0 });
    context.pages.count += 1;
    y = MARGIN;
    bottom = document.page.height - MARGIN - FOOTER;
    const footer = document.page.height - MARGIN - paper.fontSize;
    document.font('plain').fontSize(paper.fontSize).fillColor('#666');
    document.text(`${sheet.name} · ${context.pages.count}`, MARGIN, footer, { lineBreak: false });
  }

  /** @param fill of the whole row, or of marked cells alone */
  function row(all: readonly Cell[], look: { font: FontName; fill?: string; header?: ReadonlySet<number> }): void {
    const cells = all.slice(0, columns.length);
    document.font(look.font).fontSize(paper.fontSize);
    const ruler = context.rulers(look.font, paper.fontSize);
    const lines = cells.map((cell, at) => wrapped(ruler, shown(cell, context.words), widthOf(at)));
    const height = Math.max(1, ...lines.map(({ length }) => length)) * lineHeight + 2 * PADDING;
    if (y + height > bottom && look.header === undefined) {
      page();
      head();
      document.font(look.font).fontSize(paper.fontSize);
    }
    let x = MARGIN;
    for (const [at, cell] of cells.entries()) {
      const width = paper.widths[at] ?? 0;
      const isMarked = typeof cell === 'object' && cell !== null && 'marked' in cell;
      const fill = look.fill ?? (isMarked ? MARKED : null);
      if (fill !== null) document.rect(x, y, width, height).fill(fill);
      document.fillColor('#000');
      for (const [no, line] of (lines[at] ?? []).entries())
        document.text(
          line,
          isNumber(cell) || look.header?.has(at) === true ? x + width - PADDING - ruler.width(line) : x + PADDING,
          y + PADDING + no * lineHeight,
          { lineBreak: false },
        );
      x += width;
    }
    y += height;
    document.moveTo(MARGIN, y).lineTo(x, y).lineWidth(0.4).stroke(LINE);
  }

  const widthOf = (at: number): number => (paper.widths[at] ?? 0) - 2 * PADDING;
  /** what stands over numbers stands at the right as they do */
  let numbers: ReadonlySet<number> = new Set();
  const head = (): void =>
    row(
      columns.map(({ header }) => header),
      { font: 'bold', fill: SHADE, header: numbers },
    );

  page();
  for (const [at, text] of lead.entries()) {
    const size = at === 0 ? 12 : 9;
    document
      .font(at === 0 ? 'bold' : 'plain')
      .fontSize(size)
      .fillColor('#000');
    for (const line of wrapped(
      context.rulers(at === 0 ? 'bold' : 'plain', size),
      text,
      WIDTHS[paper.name] - 2 * MARGIN,
    )) {
      document.text(line, MARGIN, y, { lineBreak: false });
      y += size * 1.3;
    }
  }
  if (lead.length > 0) y += 6;
  let sinceBreath = 0;
  let isHeaded = false;
  const begin = (first: RowBatch): void => {
    numbers = columnsOfNumbers(totals === undefined ? first : [...first, totals]);
    head();
    isHeaded = true;
  };
  for await (const batch of sheet.rows) {
    if (!isHeaded) begin(batch);
    for (const cells of batch) {
      row(cells, { font: 'plain' });
      sinceBreath += 1;
      if (sinceBreath < ROWS_AT_ONCE) continue;
      sinceBreath = 0;
      await roomIn(context.output);
    }
  }
  if (!isHeaded) begin([]);
  if (totals !== undefined) row(totals, { font: 'bold', fill: SHADE });
}

/** Others' turn; and the pace is set by whoever reads. */
async function roomIn(output: PassThrough): Promise<void> {
  await breathe();
  while (output.writableNeedDrain && !output.destroyed) {
    await new Promise<void>((resolve) => {
      const done = () => {
        output.off('drain', done);
        output.off('close', done);
        resolve();
      };
      output.once('drain', done);
      output.once('close', done);
    });
  }
  if (output.destroyed) throw new Error('nobody reads the document any more');
}

function columnsOfNumbers(rows: RowBatch): Set<number> {
  return new Set(rows.flatMap((cells) => cells.flatMap((cell, at) => (isNumber(cell) ? [at] : []))));
}

const isNumber = (cell: Cell): boolean =>
  typeof cell === 'object' && cell !== null && ('number' in cell || 'money' in cell);

function shown(cell: Cell, words: BooleanWords): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'boolean') return cell ? words.yes : words.no;
  if (cell instanceof Date) {
    return `${localDayText(cell)} ${clockText(cell)}`;
  }
  if ('marked' in cell) return cell.marked;
  const [integer = '', part] = ('number' in cell ? cell.number : cell.money).split('.');
  const grouped = 'money' in cell ? integer.replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0') : integer;
  return part === undefined || /^0*$/.test(part) ? grouped : `${grouped},${part}`;
}

/** Lines of at most this width: broken between words, and inside what is longer than a line. */
function wrapped(ruler: Ruler, text: string, width: number): string[] {
  const clean = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  if (clean === '') return [];
  if (ruler.width(clean) <= width) return [clean];
  const lines: string[] = [];
  let line = '';
  const push = () => {
    if (line !== '') lines.push(line);
    line = '';
  };
  for (const word of clean.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (ruler.width(joined) <= width) {
      line = joined;
      continue;
    }
    push();
    line = word;
    while (ruler.width(line) > width && lines.length < MAX_LINES) {
      const fits = charsThatFit(ruler, line, width);
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
    if (lines.length >= MAX_LINES) break;
  }
  push();
  if (lines.length <= MAX_LINES) return lines;
  const kept = lines.slice(0, MAX_LINES);
  kept[MAX_LINES - 1] = `${kept[MAX_LINES - 1]?.slice(0, -1)}…`;
  return kept;
}

function charsThatFit(ruler: Ruler, text: string, width: number): number {
  let [fits, beyond] = [1, text.length];
  while (beyond - fits > 1) {
    const middle = (fits + beyond) >> 1;
    if (ruler.width(text.slice(0, middle)) <= width) fits = middle;
    else beyond = middle;
  }
  return fits;
}
