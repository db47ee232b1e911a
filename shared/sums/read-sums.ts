/**
 * The sums of any period, exact whatever order_sums holds: whole days that are counted there come from it, the ends of
 * a period that cut a day and days that changed since are counted from the rows themselves.
 */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { CELL_COLUMNS, cellsSql, type Dimension } from './cells.ts';
import { dateOf, dayNumber, type Range, rangesOfDays, startOfDay } from './ranges.ts';

const EARLIEST = new Date('0002-01-01T00:00:00Z');
const LATEST = new Date('9999-12-30T00:00:00Z');

export interface SumsRequest {
  period: Range;
  matching: MatchingConfig;
  dimensions: readonly Dimension[];
}

/**
 * A select of cells (columns CELL_COLUMNS) that add up to the period; put it into a CTE. `db` should be a transaction
 * that sees one state (repeatable read): which days are stale is asked before.
 */
export async function sumsSql(db: DbOrTransaction, { period, matching, dimensions }: SumsRequest): Promise<string> {
  const names = dimensions.map((name) => `'${name}'`).join(', ');
  const { first, last, edges } = wholeDays(period);
  const rows = await selectRows<{ day: number }>(
    db,
    `select distinct (t.day - date '1970-01-01') + shift as day from order_sums_stale t
      cross join generate_series(-1, 1) shift
     where abs(shift) <= t.reach`,
  );
  const stale = rows
    .map(({ day }) => day)
    .filter((day) => (first === null || day >= first) && (last === null || day <= last));
  const conditions = [
    `dimension in (${names})`,
    ...(first === null ? [] : [`day >= date '${dateOf(first)}'`]),
    ...(last === null ? [] : [`day <= date '${dateOf(last)}'`]),
    ...(stale.length === 0 ? [] : [`day <> all(array[${stale.map((day) => `'${dateOf(day)}'`).join(', ')}]::date[])`]),
  ];
  const kept = `select ${CELL_COLUMNS} from order_sums where ${conditions.join(' and ')}`;
  const ranges = [...edges, ...rangesOfDays(stale)];
  return ranges.length === 0 ? kept : `${kept} union all ${cellsSql({ ranges, matching }, dimensions)}`;
}

/** The days that lie inside the period as a whole, and what is left at its ends. */
function wholeDays(period: Range): { first: number | null; last: number | null; edges: Range[] } {
  const { from, to } = reachable(period);
  const edges: Range[] = [];
  let first = from === null ? null : dayNumber(from);
  let last = to === null ? null : dayNumber(to) - 1;
  const cutsFirst = from !== null && first !== null && startOfDay(first).getTime() !== from.getTime();
  const cutsLast = to !== null && last !== null && startOfDay(last + 1).getTime() !== to.getTime();
  if (from !== null && to !== null && from >= to) return { first: 1, last: 0, edges: [] };
  if (cutsFirst && cutsLast && first !== null && last !== null && first === last + 1)
    return { first: 1, last: 0, edges: [{ from, to }] };
  if (cutsFirst && first !== null) {
    edges.push({ from, to: startOfDay(first + 1) });
    first += 1;
  }
  if (cutsLast && last !== null) edges.push({ from: startOfDay(last + 1), to });
  return { first, last, edges };
}

/** An end beyond all dates that a report can name restricts nothing, and is no date in SQL either. */
function reachable({ from, to }: Range): Range {
  return { from: from !== null && from < EARLIEST ? null : from, to: to !== null && to > LATEST ? null : to };
}
