import { createRecordSplitter, type CsvRecord } from './csv-records.ts';

const HEAD_LINES = 200;
const MAX_CANDIDATES = 8;

/**
 * How many cells a record of this text has: the number under which most records of its first lines have exactly so
 * many. null where the delimiter separates nothing.
 */
export function findWidth(head: string, delimiter: string): number | null {
  const lines = head.split(/\r\n|[\r\n]/, HEAD_LINES);
  // The last line may be cut, unless it is all there is.
  if (lines.length > 1 && lines.length < HEAD_LINES) lines.pop();
  const text = `${lines.join('\n')}\n`;
  const byQuotes = commonest(splitText(text, delimiter, null).map(({ cells }) => cells.length));
  const byLines = commonest(lines.map((line) => line.split(delimiter).length));
  let best: { width: number; score: number } | null = null;
  for (const width of new Set([...byQuotes, ...byLines])) {
    if (width < 2) continue;
    const records = splitText(text, delimiter, width);
    // Of equals the first wins: what the quotes say. With one quoted delimiter in each row the other way of reading
    // fits as well.
    const score = records.filter(({ cells }) => cells.length === width).length / records.length;
    if (best === null || score > best.score) best = { width, score };
  }
  return best?.width ?? null;
}

/** All records of a text that is at hand as a whole. */
export function splitText(text: string, delimiter: string, width: number | null): CsvRecord[] {
  return createRecordSplitter({ delimiter, width }).push(text, true);
}

/** The commonest values, the most frequent first. */
function commonest(values: readonly number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, MAX_CANDIDATES)
    .map(([value]) => value);
}
