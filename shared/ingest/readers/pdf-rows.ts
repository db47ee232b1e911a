/**
 * Which lines of a page make a row. A cell broken over lines may begin above its neighbours, below them or around them,
 * as programs set the cells of a row at its top, foot or middle; so lines belong together by their distance, not by
 * what they begin with.
 */
import { countKnownHeaders } from '../recognise/headers.ts';
import { cellsInColumns, isFullLine, isPageNumber, type Column, type PdfLine } from './pdf-layout.ts';
import type { Cell } from './reader.ts';

/** Lines that a header's cells may be broken over, those set in the middle of their height among them. */
const MAX_HEADER_LINES = 6;
const HEADER_SEARCH_LINES = 30;

export interface HeaderSeen {
  /** the header's lines as they stand on the first page that has it */
  rows: string[] | null;
}

export interface PageRow {
  row: number;
  cells: Cell[];
  /** goes on with the row before it */
  continues: boolean;
}

interface LaidLine {
  line: PdfLine;
  cells: Cell[];
}

/** The lines of the row so far. */
interface Above {
  line: PdfLine;
  /** the most cells that one of the lines has */
  filled: number;
  lacksFirst: boolean;
}

export function rowsOfPage(lines: readonly PdfLine[], columns: readonly Column[], header: HeaderSeen): PageRow[] {
  const laid = lines
    .filter((line) => !isPageNumber(line))
    .map((line) => ({ line, cells: cellsInColumns(line, columns) }));
  const table = laid.slice(joinHeaderLines(laid, header));
  const spacing = lineSpacing(table, columns.length);
  const found: PageRow[] = [];
  let above: Above | null = null;
  let number = 0;
  for (const { line, cells } of laid) {
    const filled = cells.filter((cell) => cell !== null).length;
    // At the top of a page only a line without a first cell can belong to the page before.
    const continues: boolean =
      above === null
        ? cells[0] === null && filled < columns.length / 2 && header.rows !== null
        : isSameRow(above, { line, cells }, filled, columns.length, spacing);
    if (!continues) number++;
    found.push({ row: number, cells, continues });
    // A cell of fewer lines than its neighbours may stand in the middle of their height.
    const lacksFirst: boolean = cells[0] === null && (!continues || above === null || above.lacksFirst);
    above = { line, filled: continues && above !== null ? Math.max(filled, above.filled) : filled, lacksFirst };
  }
  return found;
}

function isSameRow(
  above: Above,
  { line, cells }: LaidLine,
  filled: number,
  columns: number,
  spacing: Spacing | null,
): boolean {
  const gap = line.y - above.line.y;
  if (spacing === null) return cells[0] === null && filled < columns / 2 && gap < line.size * 1.9;
  if (gap > spacing.withinRow) return false;
  if (cells[0] === null || filled < above.filled || above.lacksFirst) return true;
  // Two lines that hold all that a row has are two rows, however near they stand.
  return spacing.isOfEveryRow && !(isFullLine(above.filled, columns) && isFullLine(filled, columns));
}

interface Spacing {
  /** up to this distance a line is another line of the same row; points */
  withinRow: number;
  /** rows as a rule stand further apart than that, not only groups of them */
  isOfEveryRow: boolean;
}

/**
 * Where rows stand further apart than the lines of a broken cell, the distances are of two kinds. null = they are all
 * of one kind, and distance says nothing. The lines of a cell are measured in its own column: those of its neighbours
 * may stand between them.
 */
function lineSpacing(laid: readonly LaidLine[], columns: number): Spacing | null {
  const gapsOf = (lines: readonly LaidLine[]): number[] =>
    lines.flatMap(({ line }, i) => (i === 0 ? [] : [line.y - lines[i - 1]!.line.y])).filter((gap) => gap > 0);
  let least = Infinity;
  for (let column = 0; column < columns; column++) {
    least = Math.min(least, ...gapsOf(laid.filter(({ cells }) => cells[column] !== null)));
  }
  const gaps = gapsOf(laid);
  const wide = gaps.filter((gap) => gap >= least * 1.35 && gap < least * 8).length;
  const full = laid.filter(({ cells }) => isFullLine(cells.filter((cell) => cell !== null).length, columns)).length;
  const isOfEveryRow = wide > 0 && wide >= full * 0.5;
  return isOfEveryRow || wide / gaps.length >= 0.15 ? { withinRow: least * 1.15, isOfEveryRow } : null;
}

/**
 * Makes one line of the header's lines, or takes away those that an earlier page had; returns where the table begins.
 */
function joinHeaderLines(laid: LaidLine[], header: HeaderSeen): number {
  const at = findHeaderLines(laid);
  if (at === null) return 0;
  const { first, count } = at;
  const seen = laid.slice(first, first + count).map(({ cells }) => JSON.stringify(cells));
  if (header.rows !== null) {
    // The header again at the top of a page, with whatever title stands above it.
    if (JSON.stringify(seen) === JSON.stringify(header.rows)) laid.splice(0, first + count);
    return 0;
  }
  header.rows = seen;
  const rest = laid.splice(first + 1, count - 1);
  const top = laid[first]!;
  for (const { cells } of rest) top.cells = joinHeader(top.cells, cells);
  // What stands near the foot of the header stands far from its top.
  top.line = rest.at(-1)?.line ?? top.line;
  return first;
}

function joinHeader(above: readonly Cell[], below: readonly Cell[]): Cell[] {
  return above.map((cell, column) => {
    const more = below[column] ?? null;
    return cell === null || more === null ? (cell ?? more) : `${cell} ${more}`;
  });
}

/**
 * The line with the most known headers and the lines below it that, joined to it, make it know more; null = none on
 * this page.
 */
function findHeaderLines(laid: readonly LaidLine[]): { first: number; count: number } | null {
  let best: { first: number; count: number; known: number } | null = null;
  for (let first = 0; first < Math.min(laid.length, HEADER_SEARCH_LINES); first++) {
    let joined = laid[first]!.cells;
    for (let count = 1; count <= MAX_HEADER_LINES && first + count <= laid.length; count++) {
      if (count > 1) joined = joinHeader(joined, laid[first + count - 1]!.cells);
      const known = countKnownHeaders(joined);
      if (known >= 2 && (best === null || known > best.known)) best = { first, count, known };
    }
  }
  return best;
}
