import type { Cell } from '../readers/reader.ts';

const TOTALS = new Set(['итого', 'всего', 'total']);
const LONGEST_TOTAL_CHARS = 20;

/** Blank rows and rows of totals, told by their first cell that holds anything (domain.md 4). */
export function isSkippedRow(cells: readonly Cell[]): boolean {
  for (const cell of cells) {
    if (cell === null) continue;
    if (typeof cell === 'number') return false;
    const trimmed = cell.trim();
    if (trimmed === '') continue;
    return trimmed.length <= LONGEST_TOTAL_CHARS && TOTALS.has(trimmed.replace(/\s*:$/, '').toLowerCase());
  }
  return true;
}
