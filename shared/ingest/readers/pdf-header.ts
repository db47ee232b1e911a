/** The header of a table on the pages of a PDF: the lines it is broken over, and the columns it stands over. */
import { countKnownHeaders, isKnownHeader } from '../recognise/headers.ts';
import { cellsInColumns, isFullLine, type Column, type LaidLine, type PdfLine } from './pdf-layout.ts';
import type { Cell } from './reader.ts';

/** Lines that a header's cells may be broken over, those set in the middle of their height among them. */
const MAX_HEADER_LINES = 8;
const HEADER_SEARCH_LINES = 30;
/** Lines nearer than this share of a letter's size stand side by side, as cells of two and of three lines do. */
const BETWEEN_LINES = 0.9;
const SAME_GAP = 1.07;

/**
 * Makes one line of the header's lines, or takes away those that an earlier page had.
 * @param known the header's lines as an earlier page had them
 */
export function takeHeader(
  laid: LaidLine[],
  known: readonly string[] | null,
  columns: number,
): { header: string[] | null; bodyFrom: number } {
  const at = findHeaderLines(laid, columns);
  if (at === null) return { header: known === null ? null : [...known], bodyFrom: 0 };
  const { first, count } = at;
  if (known !== null) {
    // The header again at the top of a page, with whatever title stands above it.
    const again = asText(laid.slice(first, first + known.length));
    if (again.every((text, i) => text === known[i])) laid.splice(0, first + known.length);
    return { header: [...known], bodyFrom: 0 };
  }
  const header = asText(laid.slice(first, first + count));
  const rest = laid.splice(first + 1, count - 1);
  const top = laid[first]!;
  top.cells = namesOf([top, ...rest]);
  // What stands near the foot of the header stands far from its top.
  top.line = rest.at(-1)?.line ?? top.line;
  return { header, bodyFrom: first + 1 };
}

const asText = (lines: readonly LaidLine[]): string[] => lines.map(({ cells }) => JSON.stringify(cells));

/** The names of the columns that these lines make together. */
function namesOf(lines: readonly LaidLine[]): Cell[] {
  return (lines[0]?.cells ?? []).map((_, column) =>
    nameOf(lines.flatMap(({ cells }) => (cells[column] === null ? [] : [String(cells[column])]))),
  );
}

/** A name out of its pieces: a line ends between words, or within one that the column is too narrow for. */
function nameOf(pieces: readonly string[]): Cell {
  const [first, ...rest] = pieces;
  if (first === undefined) return null;
  const usual = pieces.join(' ');
  if (isKnownHeader(usual)) return usual;
  for (let within = 1; within < 2 ** rest.length; within++) {
    const name = rest.reduce((text, piece, at) => text + ((within >> at) & 1 ? '' : ' ') + piece, first);
    if (isKnownHeader(name)) return name;
  }
  return usual;
}

/**
 * The line with the most known headers and the lines below it that, joined to it, make it know more, or that stand as
 * near to it; null = none on this page.
 */
function findHeaderLines(laid: readonly LaidLine[], columns: number): { first: number; count: number } | null {
  let best: { first: number; count: number; known: number } | null = null;
  for (let first = 0; first < Math.min(laid.length, HEADER_SEARCH_LINES); first++) {
    for (let count = 1; count <= MAX_HEADER_LINES && first + count <= laid.length; count++) {
      const known = countKnownHeaders(namesOf(laid.slice(first, first + count)));
      if (known >= 2 && (best === null || known > best.known)) best = { first, count, known };
    }
  }
  return best === null ? null : { first: best.first, count: withLastLines(laid, best, columns) };
}

/** The foot of a broken header that nobody needs to know it: `Время возврата` is a name, and `денег` stands below. */
function withLastLines(
  laid: readonly LaidLine[],
  { first, count }: { first: number; count: number },
  columns: number,
): number {
  const gapBefore = (at: number): number => laid[at]!.line.y - laid[at - 1]!.line.y;
  let widest = 0;
  for (let at = first + 1; at < first + count; at++) widest = Math.max(widest, gapBefore(at));
  let end = first + count;
  while (end < laid.length && end - first < MAX_HEADER_LINES) {
    const { line, cells } = laid[end]!;
    const gap = gapBefore(end);
    const isBeside = gap < line.size * BETWEEN_LINES;
    const isFull = isFullLine(cells.filter((cell) => cell !== null).length, columns);
    if (!isBeside && (isFull || gap > widest * SAME_GAP)) break;
    end++;
  }
  return end - first;
}

/**
 * Columns as the header says: where it stands in the middle over values at the edge of a wide column, the two may have
 * no point in common, and were taken for a column without values beside one without a header.
 */
export function columnsUnderHeader(lines: readonly PdfLine[], columns: readonly Column[]): Column[] {
  const laid = lines.map((line) => ({ line, cells: cellsInColumns(line, columns) }));
  const at = findHeaderLines(laid, columns.length);
  if (at === null) return [...columns];
  const inHeader = laid.slice(at.first, at.first + at.count);
  const repeated = new Set(asText(inHeader));
  const body = laid.slice(at.first + at.count).filter((line) => !asText([line]).some((text) => repeated.has(text)));
  const holds = (some: readonly LaidLine[], column: number): boolean =>
    some.some(({ cells }) => cells[column] !== null);
  const kinds = columns.map((_, column) => ({ named: holds(inHeader, column), filled: holds(body, column) }));
  const joined: Column[] = [];
  for (let column = 0; column < columns.length; column++) {
    const [here, next] = [columns[column]!, columns[column + 1]];
    const [kind, nextKind] = [kinds[column]!, kinds[column + 1]];
    const isOne =
      next !== undefined &&
      nextKind !== undefined &&
      kind.named !== nextKind.named &&
      kind.filled !== nextKind.filled &&
      kind.named !== kind.filled;
    joined.push(isOne ? { left: here.left, right: next.right } : here);
    if (isOne) column++;
  }
  return joined;
}
