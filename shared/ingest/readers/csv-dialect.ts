/**
 * Finds encoding and delimiter of a text file by trying: the pair under which most cells of one row are headers that
 * some report uses wins (rules.md 4). Statistics of letters confuse windows-1251 with koi8-r on headers in capitals,
 * and counting separators is fooled by decimal commas; known headers are not.
 */
import { countKnownHeaders } from '../recognise/headers.ts';
import { findWidth, splitText } from './csv-width.ts';
import {
  CODE_PAGES,
  encodingByName,
  findByteOrderMark,
  guessUtf16,
  isDamagedUtf8,
  isUtf8Head,
  withoutMarks,
  type TextEncoding,
  type Utf8Verdict,
} from './text-encoding.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface Dialect {
  encoding: TextEncoding;
  delimiter: Delimiter;
  /** No delimiter separates anything: one column, or prose. */
  singleColumn: boolean;
}

export interface DialectOptions {
  encoding?: string;
  delimiter?: Delimiter;
  /** What the whole file is as utf-8, when somebody looked at all of it; undefined = judge by the head alone. */
  utf8?: Utf8Verdict;
}

/** A header stands in the first 15 rows (rules.md 3); a few more show whether columns stay equal. */
const HEAD_ROWS = 20;
/** So many lines hold them, cells of several lines included. */
const HEAD_LINES = 60;

export function findDialect(head: Buffer, options: DialectOptions = {}): Dialect {
  let best: { dialect: Dialect; known: number; evenness: number } | null = null;
  for (const encoding of candidateEncodings(head, options)) {
    const text = new TextDecoder(encoding).decode(head).replaceAll('\0', '');
    for (const delimiter of options.delimiter === undefined ? DELIMITERS : [options.delimiter]) {
      const rows = headRows(text, delimiter);
      const known = Math.max(0, ...rows.map((row) => countKnownHeaders(row)));
      const evenness = columnEvenness(rows);
      if (best === null || known > best.known || (known === best.known && evenness > best.evenness)) {
        best = { dialect: { encoding, delimiter, singleColumn: rows.every((row) => row.length < 2) }, known, evenness };
      }
    }
  }
  return best!.dialect;
}

function candidateEncodings(head: Buffer, options: DialectOptions): TextEncoding[] {
  if (options.encoding !== undefined) return [encodingByName(options.encoding)];
  const mark = findByteOrderMark(head);
  if (mark !== null) return [mark.encoding];
  const utf16 = guessUtf16(head);
  if (utf16 !== null) return [utf16];
  const verdict = options.utf8 ?? (isUtf8Head(head) ? 'valid' : isDamagedUtf8(head) ? 'damaged' : 'invalid');
  return verdict === 'invalid' ? [...CODE_PAGES] : ['utf-8'];
}

/** The first rows under this delimiter; the last one may be cut. */
function headRows(text: string, delimiter: Delimiter): string[][] {
  const lines = withoutMarks(text)
    .split(/(?<=\n|\r(?!\n))/, HEAD_LINES)
    .join('');
  return splitText(lines, delimiter, findWidth(lines, delimiter))
    .slice(0, HEAD_ROWS)
    .map(({ cells }) => cells);
}

/**
 * How alike the rows are: the share that has the commonest column count, squared, because a decimal comma gives more
 * columns but not in the header; weighed by that count. 0 when nothing is separated.
 */
function columnEvenness(rows: string[][]): number {
  const byWidth = new Map<number, number>();
  for (const row of rows) if (row.length > 1) byWidth.set(row.length, (byWidth.get(row.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of byWidth) best = Math.max(best, (count / rows.length) ** 2 * (1 - 1 / width));
  return best;
}
