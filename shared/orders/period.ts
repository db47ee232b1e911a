import type { Condition } from './search.ts';

/** Half-open; null = without end on that side. */
export interface Period {
  from: Date | null;
  to: Date | null;
}

/** The period as a condition on a time column. */
export function within(column: string, { from, to }: Period): Condition {
  const parts: string[] = [];
  const bindings: Date[] = [];
  if (from !== null) {
    parts.push(`${column} >= ?`);
    bindings.push(from);
  }
  if (to !== null) {
    parts.push(`${column} < ?`);
    bindings.push(to);
  }
  return { sql: parts.length === 0 ? 'true' : `(${parts.join(' and ')})`, bindings };
}
