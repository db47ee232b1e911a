/**
 * Rows that a page's end cut in two, as browsers and word processors cut them: what is left of their longest cells
 * stands at the top of the next page, exactly under what it goes on with.
 */
import { skippedKind } from '../mapping/skipped-rows.ts';
import { isFullLine, type LaidLine, type PdfCell } from './pdf-layout.ts';

/** Edges of cells that stand one under the other differ by less; points. */
const SAME_EDGE = 0.5;

/**
 * Whether the first lines of a page go on with the row before it. `withinRow` is how far the lines of a row stand
 * apart at most, in points.
 * @param last the lines of that row
 */
export function isRestOfRow(
  page: readonly LaidLine[],
  last: readonly LaidLine[],
  columns: number,
  withinRow: number,
): boolean {
  const end = page.findIndex(({ line }, i) => i > 0 && line.y - page[i - 1]!.line.y > withinRow);
  const rest = end < 0 ? page : page.slice(0, end);
  const filledBy = (lines: readonly LaidLine[]): Set<number> =>
    new Set(lines.flatMap(({ cells }) => cells.flatMap((cell, column) => (cell === null ? [] : [column]))));
  if (rest.length === 0 || isFullLine(filledBy(rest).size, columns)) return false;
  if (rest.some(({ cells }) => skippedKind(cells) === 'total')) return false;
  const above = last.flatMap(({ line }) => line.cells);
  return rest.every(({ line }) => line.cells.every((cell) => above.some((one) => standsUnder(cell, one))));
}

function standsUnder(cell: PdfCell, above: PdfCell): boolean {
  const left = cell.left - above.left;
  const right = cell.right - above.right;
  return Math.min(Math.abs(left), Math.abs(right), Math.abs(left + right) / 2) < SAME_EDGE;
}
