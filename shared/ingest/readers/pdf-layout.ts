/**
 * Tables from the words of PDF pages, which know only where they stand. Lines are words of one height; columns are what
 * the lines with several cells have in common from page to page. Which lines make a row is told by pdf-rows.ts.
 */
import type { Cell } from './reader.ts';

export interface PdfWord {
  text: string;
  /** left edge, width, baseline from the top of the page, size of the letters; in points */
  x: number;
  width: number;
  y: number;
  size: number;
  /** piece of the document's structure that it belongs to; words of two cells never share one */
  part: number;
}

export interface PdfCell {
  text: string;
  left: number;
  right: number;
}

export interface PdfLine {
  y: number;
  size: number;
  cells: PdfCell[];
}

/** A line and the text of each column in it. */
export interface LaidLine {
  line: PdfLine;
  cells: Cell[];
}

/**
 * Words nearer than this share of a letter's size belong to one cell; the blank between two words is about a quarter.
 * Too small does no harm, because columns are what the lines have in common; too large runs narrow columns together.
 */
const CELL_GAP = 0.32;
/** The same for words of different parts of a tagged document: what a blank may be between two words of one cell. */
const PART_GAP = 0.1;
const SAME_LINE = 0.4;
const MIN_TABLE_CELLS = 3;

/** The lines of a page from its top, words of a cell joined. */
export function linesOfPage(words: readonly PdfWord[]): PdfLine[] {
  const lines: { y: number; size: number; words: PdfWord[] }[] = [];
  for (const word of words.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(word.y - last.y) <= last.size * SAME_LINE) last.words.push(word);
    else lines.push({ y: word.y, size: Math.max(1, word.size), words: [word] });
  }
  return lines.map(({ y, size, words: inLine }) => ({ y, size, cells: joinWords(inLine, size) }));
}

function joinWords(words: readonly PdfWord[], size: number): PdfCell[] {
  const cells: (PdfCell & { part: number })[] = [];
  for (const { text, x, width, part } of words.toSorted((a, b) => a.x - b.x)) {
    const last = cells.at(-1);
    const gap = last === undefined ? Infinity : x - last.right;
    if (last !== undefined && gap < size * (last.part === part ? CELL_GAP : PART_GAP)) {
      const blank = gap > size * 0.12 && !last.text.endsWith(' ') && !text.startsWith(' ');
      last.text += blank ? ` ${text}` : text;
      last.right = Math.max(last.right, x + width);
      last.part = part;
    } else cells.push({ text, left: x, right: x + width, part });
  }
  return cells.map(({ text, left, right }) => ({ text: text.trim(), left, right }));
}

export interface Column {
  left: number;
  right: number;
}

/** Whether a line holds most of the cells that a row has. */
export function isFullLine(filled: number, columns: number): boolean {
  return filled >= Math.max(MIN_TABLE_CELLS, columns * 0.6);
}

/** Left and right edges of the columns, from the lines that hold most of the cells. */
export function findColumns(lines: readonly PdfLine[]): Column[] {
  const widest = lines.reduce((most, line) => Math.max(most, line.cells.length), 0);
  if (widest < MIN_TABLE_CELLS) return [];
  const isFull = (line: PdfLine): boolean => isFullLine(line.cells.length, widest);
  const columns = joinSpans(lines.filter(isFull).flatMap((line) => line.cells));
  // A column whose cells are all broken may stand beside the others' lines and never on one with them.
  const inTable = lines.slice(lines.findIndex(isFull), lines.findLastIndex(isFull));
  const apart = inTable.flatMap((line) => line.cells).filter((cell) => !columns.some((column) => isOver(cell, column)));
  const repeated = joinSpans(apart).filter((column) => apart.filter((cell) => isOver(cell, column)).length > 1);
  // The foot of a broken cell may stand beside its header and its first line under both.
  const bridges = inTable
    .flatMap((line) => line.cells)
    .filter((cell) => [columns, repeated].every((some) => some.filter((column) => isOver(cell, column)).length === 1));
  return joinSpans([...columns, ...repeated, ...(bridges.length > 1 ? bridges : [])]);
}

function isOver(a: Column, b: Column): boolean {
  return a.left < b.right && b.left < a.right;
}

function joinSpans(spans: readonly Column[]): Column[] {
  const columns: Column[] = [];
  for (const { left, right } of spans.toSorted((a, b) => a.left - b.left)) {
    const last = columns.at(-1);
    if (last !== undefined && left < last.right) last.right = Math.max(last.right, right);
    else columns.push({ left, right });
  }
  return columns;
}

/** The text of each column in a line. */
export function cellsInColumns(line: PdfLine, columns: readonly Column[]): Cell[] {
  const cells: Cell[] = columns.map(() => null);
  for (const { text, left, right } of line.cells) {
    let best = -1;
    let most = 0;
    columns.forEach((column, index) => {
      const overlap = Math.min(right, column.right) - Math.max(left, column.left);
      if (overlap > most) [best, most] = [index, overlap];
    });
    if (best < 0) best = nearest(columns, (left + right) / 2);
    const held = cells[best];
    cells[best] = held === null || held === undefined ? text : `${held} ${text}`;
  }
  return cells;
}

function nearest(columns: readonly Column[], x: number): number {
  let best = 0;
  let least = Infinity;
  columns.forEach(({ left, right }, index) => {
    const distance = x < left ? left - x : x > right ? x - right : 0;
    if (distance < least) [best, least] = [index, distance];
  });
  return best;
}

const PAGE_NUMBER = /^(?:(?:стр(?:аница|\.)?|page|p\.|бет)\s*)?\d{1,5}(?:\s*(?:\/|из|of|-)\s*\d{1,5})?$/i;

/** A line that only numbers its page. */
export function isPageNumber(line: PdfLine): boolean {
  return (
    line.cells.length <= 2 &&
    PAGE_NUMBER.test(
      line.cells
        .map(({ text }) => text)
        .join(' ')
        .trim(),
    )
  );
}

/**
 * Joins the texts of a cell that was broken over lines: an id or number goes on without a blank, words go on with one.
 */
export function joinBroken(above: Cell, below: Cell): Cell {
  if (above === null) return below;
  if (below === null) return above;
  const first = String(above);
  const second = String(below);
  const isOneWord =
    /^[\w*-]+$/.test(first) &&
    /^[\w*-]+$/.test(second) &&
    /\d/.test(first + second) &&
    !/^\d{4}-\d\d-\d\d$/.test(first);
  return isOneWord ? first + second : `${first} ${second}`;
}
