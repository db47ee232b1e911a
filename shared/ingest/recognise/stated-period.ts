import { foldWords } from '../normalise/look-alikes.ts';
import { normaliseTime, toIsoTime, type TimeReading } from '../normalise/times.ts';
import type { RawRow } from '../readers/reader.ts';

const DATE = String.raw`(?:\d{4}-\d{2}-\d{2}|\d{2}([.\/-])\d{2}\1\d{4})`;
const CLOCK = String.raw`(?:(?:T|,?\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?(?:Z|[+-]\d{2}(?::?\d{2})?)(?!\d))?)?`;
const TIME = new RegExp(DATE + CLOCK, 'gi');

/** The last word before the first date; Payme writes its `с` as a Latin c, alone in its cell. */
const ANNOUNCING = new Set(['с', 'c', 'from', 'за', 'начало', 'начала', 'start', 'period', 'период', 'периода']);
/** Words that may stand between the two dates; with any other the second date states something else. */
const CONNECTING = new Set(
  'по до to till until дата date конец конца окончание окончания end период периода периоду period'.split(' '),
);
const MAX_CELL_CHARS = 300;

export interface StatedPeriod {
  /** ISO 8601 with +05:00, both ends included, to the second */
  from: string;
  to: string;
}

/**
 * The period that a report states above its header, only where both its ends can be read (rules.md 5.3 Coverage). An
 * end that is only a date means the end of that day.
 */
export function findStatedPeriod(rowsAboveHeader: readonly RawRow[], reading: TimeReading = {}): StatedPeriod | null {
  const text = rowsAboveHeader
    .map(({ cells }) =>
      cells
        .map((cell) =>
          String(cell ?? '')
            .trim()
            .slice(0, MAX_CELL_CHARS),
        )
        .filter((cell) => cell !== ''),
    )
    .map((cells) => cells.join(' '))
    .join('\n');
  const dates = [...text.matchAll(TIME)];
  for (const [index, first] of dates.entries()) {
    const second = dates[index + 1];
    if (second === undefined) break;
    const announcing = wordsOf(text.slice(endOf(dates[index - 1]), first.index)).at(-1) ?? '';
    if (ANNOUNCING.has(announcing) && connects(text.slice(endOf(first), second.index)))
      return readPeriod(first[0], second[0], reading);
  }
  return null;
}

function wordsOf(text: string): string[] {
  return foldWords(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Two dates side by side are a period only within one line; across lines a word or a dash must join them. */
function connects(between: string): boolean {
  const words = wordsOf(between);
  if (words.length === 0 && between.includes('\n') && !/[-–—]/.test(between)) return false;
  return words.every((word) => CONNECTING.has(word));
}

function endOf(match: RegExpMatchArray | undefined): number {
  return match === undefined ? 0 : (match.index ?? 0) + match[0].length;
}

function readPeriod(fromText: string, toText: string, reading: TimeReading): StatedPeriod | null {
  const from = normaliseTime(fromText, 0, reading);
  const to = normaliseTime(/:/.test(toText) ? toText : `${toText} 23:59:59`, 0, reading);
  if (from === undefined || to === undefined || from > to) return null;
  return { from: toIsoTime(from), to: toIsoTime(to) };
}
