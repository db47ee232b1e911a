/**
 * Which lines of a page make a row. A cell broken over lines may begin above its neighbours, below them or around them,
 * as programs set the cells of a row at its top, foot or middle; so lines belong together by their distance, not by
 * what they begin with.
 */
import { takeHeader } from './pdf-header.ts';
import { cellsInColumns, isFullLine, isPageNumber, type Column, type LaidLine, type PdfLine } from './pdf-layout.ts';
import { isRestOfRow } from './pdf-page-breaks.ts';
import type { Cell } from './reader.ts';

/** What the pages so far have shown. */
export interface PagesSeen {
  /** the header's lines as they stand on the first page that has it */
  header: string[] | null;
  /** of the last page on which distances said anything */
  spacing: Spacing | null;
  /** the lines of the last row */
  last: LaidLine[];
}

export interface PageRow {
  row: number;
  cells: Cell[];
  /** goes on with the row before it */
  continues: boolean;
}

/** The lines of the row so far. */
interface Above {
  line: PdfLine;
  /** the most cells that one of the lines has */
  filled: number;
  lacksFirst: boolean;
}

export function rowsOfPage(lines: readonly PdfLine[], columns: readonly Column[], seen: PagesSeen): PageRow[] {
  const laid = lines
    .filter((line) => !isPageNumber(line))
    .map((line) => ({ line, cells: cellsInColumns(line, columns) }));
  const { header, bodyFrom } = takeHeader(laid, seen.header, columns.length);
  seen.header = header;
  const spacing = lineSpacing(laid.slice(bodyFrom), columns.length) ?? seen.spacing;
  seen.spacing = spacing;
  const goesOn =
    seen.header !== null &&
    (spacing === null
      ? startsWithoutFirst(laid, columns.length)
      : isRestOfRow(laid, seen.last, columns.length, spacing.withinRow));
  const found: PageRow[] = [];
  let above: Above | null = null;
  let number = 0;
  for (const { line, cells } of laid) {
    const filled = cells.filter((cell) => cell !== null).length;
    const continues: boolean =
      above === null ? goesOn : isSameRow(above, { line, cells }, filled, columns.length, spacing);
    if (!continues) number++;
    if (!continues) seen.last = [];
    seen.last.push({ line, cells });
    found.push({ row: number, cells, continues });
    // A cell of fewer lines than its neighbours may stand in the middle of their height.
    const lacksFirst: boolean = cells[0] === null && (!continues || above === null || above.lacksFirst);
    above = { line, filled: continues && above !== null ? Math.max(filled, above.filled) : filled, lacksFirst };
  }
  return found;
}

/** All that can be told of a page's first line where distances say nothing. */
function startsWithoutFirst([first]: readonly LaidLine[], columns: number): boolean {
  return first?.cells[0] === null && first.cells.filter((cell) => cell !== null).length < columns / 2;
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
  const wide = gaps.filter((gap) => gap >= least * 1.15 && gap < least * 8).length;
  const full = laid.filter(({ cells }) => isFullLine(cells.filter((cell) => cell !== null).length, columns)).length;
  const isOfEveryRow = wide > 0 && wide >= full * 0.5;
  return isOfEveryRow || wide / gaps.length >= 0.15 ? { withinRow: least * 1.07, isOfEveryRow } : null;
}
