/** Lines below the header that are headers too (rules.md 4.1). */
import type { Cell, RawRow } from '../readers/reader.ts';
import { normaliseHeader } from '../recognise/headers.ts';
import { acceptedSource } from '../recognise/tables-on-sheet.ts';

/**
 * `same` repeats the header, as pages and joined files have it; below `other` a table of another kind or order begins.
 */
export type HeaderLine = 'same' | 'other' | null;

const LONGEST_HEADER = 200;
/** One name in another column may be chance. */
const MOVED_NAMES = 2;
const [DIGIT_ZERO, DIGIT_NINE] = [48, 57];

/** @param probe a column whose cells begin with a digit in nearly every row, so that nearly none is compared */
export function createHeaderCheck(
  header: readonly (string | null)[],
  probe: number,
): (row: Pick<RawRow, 'cells'>) => HeaderLine {
  const normalised = header.map((text) => (text === null ? null : normaliseHeader(text)));
  const names = new Set(normalised.filter((text) => text !== null));
  const own = acceptedSource(normalised);

  function isRepeated(texts: readonly (string | null)[]): boolean {
    let equal = 0;
    for (const [column, text] of texts.entries()) {
      if (text === null) continue;
      if (normalised[column] !== text) return false;
      equal += 1;
    }
    return equal * 2 > names.size;
  }

  return ({ cells }) => {
    const cell = cells[probe];
    if (typeof cell !== 'string') return null;
    const first = cell.charCodeAt(0);
    if ((first >= DIGIT_ZERO && first <= DIGIT_NINE) || Number.isNaN(first)) return null;
    const texts = cells.map(headerText);
    if (isRepeated(texts)) return 'same';
    const named = texts.flatMap((text, column) =>
      text !== null && names.has(text) ? [normalised[column] === text] : [],
    );
    if (named.length * 2 > names.size && named.filter((stays) => !stays).length >= MOVED_NAMES) return 'other';
    const source = acceptedSource(texts);
    return source !== null && source !== own ? 'other' : null;
  };
}

/** Numbers and long texts are no header, yet they make a line unlike one. */
function headerText(cell: Cell): string | null {
  if (cell === null || cell === '') return null;
  return typeof cell === 'number' || cell.length > LONGEST_HEADER ? '' : normaliseHeader(cell);
}
