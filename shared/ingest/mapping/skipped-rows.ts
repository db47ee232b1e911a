import { unguarded, visibleText } from '../normalise/cell-text.ts';
import { foldWords } from '../normalise/look-alikes.ts';
import type { Cell } from '../readers/reader.ts';

/** и, в, t, j, ж, о, п, g, s, u, у in both cases, and the Latin letters that stand for Cyrillic ones. */
const FIRST_LETTERS = new Set(Array.from('ИиВвTtJjЖжТтBbОоOoПпGgSsUuУу', (letter) => letter.charCodeAt(0)));
/**
 * The first word of a line of totals, whatever stands behind it; `т` where a Latin t was taken for Cyrillic. The second
 * line is what Excel's own subtotals and pivot tables write, the third what cabinets put below their lists.
 */
const TOTAL = new RegExp(
  '^(?:итого|всего|totals?|jami|жами' +
    '|итоги?|(?:общий|общие|промежуточный|промежуточные) итоги?|(?:grand|sub)[ -]?totals?|umumiy jami|умумий жами' +
    '|общая сумма|общее (?:количество|число)' +
    ')(?![\\p{L}\\p{N}])',
  'u',
);
/** What people set totals off by. */
const LEAD = /^[\s*("'«]+/;
const LONGEST_TOTAL = 60;
const DIGIT_ZERO = 48;
const DIGIT_NINE = 57;
/** The bit that tells a small Latin letter from its capital. */
const SMALL = 32;
const [LETTER_A, LETTER_Z] = [97, 122];

const [CYRILLIC_START, CYRILLIC_END] = [0x400, 0x4ff];

/** Most first cells are order numbers or names: they need no look for what nobody sees before them. */
const isLetter = (code: number): boolean =>
  ((code | SMALL) >= LETTER_A && (code | SMALL) <= LETTER_Z) || (code >= CYRILLIC_START && code <= CYRILLIC_END);

export type SkippedKind = 'blank' | 'total' | null;

/**
 * Blank rows, and what looks like a line of totals, told by the first cell that holds anything (rules.md 4 and 4.1).
 */
export function skippedKind(cells: readonly Cell[]): SkippedKind {
  for (const cell of cells) {
    if (cell === null) continue;
    if (typeof cell === 'number') return null;
    const first = cell.charCodeAt(0);
    if (first >= DIGIT_ZERO && first <= DIGIT_NINE) return null;
    const seen = isLetter(first) ? cell : unguarded(visibleText(cell).trim());
    if (seen === '') continue;
    const trimmed = isLetter(first) ? seen : seen.replace(LEAD, '');
    if (!FIRST_LETTERS.has(trimmed.charCodeAt(0))) return null;
    const start = visibleText(trimmed.slice(0, 60)).slice(0, 30);
    return TOTAL.test(start.toLowerCase()) || TOTAL.test(foldWords(start)) ? 'total' : null;
  }
  return 'blank';
}

const REMEMBERED = 256;

/** Whether a cell begins like a line of totals; states repeat from row to row, so answers are remembered. */
export function createTotalWords(): (cell: string) => boolean {
  const known = new Map<string, boolean>();
  return (cell) => {
    const first = cell.charCodeAt(0);
    if ((first >= DIGIT_ZERO && first <= DIGIT_NINE) || cell.length > LONGEST_TOTAL) return false;
    let isTotal = known.get(cell);
    if (isTotal === undefined) {
      isTotal = skippedKind([cell]) === 'total';
      if (known.size < REMEMBERED) known.set(cell, isTotal);
    }
    return isTotal;
  };
}
