/** What a whole file gives away about itself (the guards of rules.md 2), in bounded memory. */
import type { Warning } from '../readers/reader.ts';
import type { CanonicalValues, Source, SourceClock } from '../sources/source.ts';
import { cleanForJson, detach } from './copy-text.ts';

const CLOCK_ROWS = 1_000;
/** The second clock of a row may be this far off before its zone is doubted. */
const CLOCK_TOLERANCE_S = 600;
const TIYIN_MEDIAN = 200_000;
const MAX_DIFFERENT_AMOUNTS = 10_000;
const SAMPLE_WORDS = 3;
const SAMPLE_CHARS = 60;

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export interface ClockGuard {
  note(values: CanonicalValues): void;
  /** Hours by which the file's times must be shifted back, from the rows seen; 0 = none. */
  shiftHours(): number;
  /** The first 1 000 readable rows are in: nothing will change any more. */
  isFinal(): boolean;
  warnings(): Warning[];
}

/** Compares the rows' times with the second clock inside the rows; `shiftedHours` were already taken off the times. */
export function createClockGuard(clock: SourceClock | undefined, shiftedHours: number): ClockGuard {
  const differences: number[] = [];

  function shiftHours(): number {
    const middle = median(differences);
    const hours = clock?.shiftHours ?? null;
    return middle !== null && hours !== null && Math.abs(middle - hours * 3600) <= CLOCK_TOLERANCE_S ? hours : 0;
  }

  return {
    note(values) {
      if (clock === undefined || differences.length >= CLOCK_ROWS) return;
      const difference = clock.differenceSeconds(values);
      if (difference !== null) differences.push(difference + shiftedHours * 3600);
    },
    shiftHours,
    isFinal: () => differences.length >= CLOCK_ROWS,
    warnings() {
      const middle = median(differences);
      if (shiftedHours !== 0) {
        return [
          {
            code: 'zone_shifted',
            params: { hours: shiftedHours, minutes: Math.round((middle ?? 0) / 60), rows: differences.length },
          },
        ];
      }
      // Days taken for months are off in both directions: the middle of their distances shows it, their middle may be
      // nothing.
      const off = median(differences.map(Math.abs));
      if (middle === null || off === null || off <= CLOCK_TOLERANCE_S) return [];
      const shown = Math.abs(middle) > CLOCK_TOLERANCE_S ? middle : off;
      return [{ code: 'zone_suspect', params: { minutes: Math.round(shown / 60), rows: differences.length } }];
    },
  };
}

export interface AmountGuard {
  note(amount: string): void;
  warnings(): Warning[];
}

/** The median amount over a histogram: a report of coffee sales knows a few dozen prices. */
export function createAmountGuard(): AmountGuard {
  const counts = new Map<string, number>();
  return {
    note(amount) {
      const count = counts.get(amount);
      if (count !== undefined) counts.set(amount, count + 1);
      else if (counts.size < MAX_DIFFERENT_AMOUNTS) counts.set(detach(amount), 1);
    },
    warnings() {
      const sorted = [...counts]
        .map(([amount, count]) => [Number(amount), count] as const)
        .toSorted(([a], [b]) => a - b);
      let left = sorted.reduce((sum, [, count]) => sum + count, 0) / 2;
      const middle = sorted.find(([, count]) => (left -= count) <= 0)?.[0] ?? 0;
      return middle > TIYIN_MEDIAN ? [{ code: 'tiyin_suspect', params: { median: middle, limit: TIYIN_MEDIAN } }] : [];
    },
  };
}

export interface UnknownWords {
  note(field: string, header: string, cell: string): void;
  warnings(): Warning[];
}

/** Words of state columns that no vocabulary has, per field with the first few different ones. */
export function createUnknownWords(): UnknownWords {
  const seen = new Map<string, { header: string; count: number; words: Set<string> }>();
  return {
    note(field, header, cell) {
      const entry = seen.get(field) ?? { header, count: 0, words: new Set<string>() };
      seen.set(field, entry);
      entry.count += 1;
      if (entry.words.size < SAMPLE_WORDS)
        entry.words.add(cleanForJson(detach(cell.trim().slice(0, SAMPLE_CHARS))) || '—');
    },
    warnings: () =>
      [...seen].map(([field, { header, count, words }]) => ({
        code: 'unknown_status_values',
        params: { field, column: header, count, values: [...words].join(', ') },
      })),
  };
}

/** Warnings for state columns that the file lacks altogether. */
export function absentColumnWarnings(source: Source, present: ReadonlySet<string>): Warning[] {
  return source.fields.flatMap(({ name, whenAbsent }) =>
    whenAbsent === undefined || present.has(name)
      ? []
      : [{ code: whenAbsent.warning, params: { value: whenAbsent.value } }],
  );
}

const NAMED_ROWS = 20;

export interface RowNotes {
  note(row: number): void;
  warnings(): Warning[];
}

/** Rows that share a peculiarity, each counted once, the first ones named. */
export function createRowNotes(code: string): RowNotes {
  const named: number[] = [];
  let count = 0;
  let last: number | null = null;
  return {
    note(row) {
      if (row === last) return;
      last = row;
      count += 1;
      if (named.length < NAMED_ROWS) named.push(row);
    },
    warnings: () => (count === 0 ? [] : [{ code, params: { count, rows: named.join(', ') } }]),
  };
}
