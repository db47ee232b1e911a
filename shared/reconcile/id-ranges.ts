/**
 * Where the rows that a step is about lie among all there are. Of a million orders the planner expects rightly that
 * looking each up is dearer than reading a table of a few millions whole and hashing it; but what is hashed in parts is
 * written out and read again, years of it beside the million that is asked for. What came together lies together: with
 * the ranges of their numbers said, it is read by these, and costs the same whatever else is stored.
 */
import type { Client } from 'pg';
import { MANY_ROWS } from './work-tables.ts';

/** Rows of one stretch count as lying together. */
const STRETCH = 65_536;
const MOST_RANGES = 4;

export interface IdRanges {
  /** a condition that holds for all of these rows; `true` where they are few and looked up anyway */
  of(column: string): string;
}

export const ANYWHERE: IdRanges = { of: () => 'true' };

interface Range {
  first: number;
  last: number;
}

/**
 * @param ids relation with the column `id` @param rows that it holds, or more than are few
 */
export async function idRanges(client: Client, ids: string, rows: number): Promise<IdRanges> {
  if (rows <= MANY_ROWS) return ANYWHERE;
  const found = await client.query<{ first: string; last: string }>(`
    select min(id) as first, max(id) as last
    from ${ids} i
    where id is not null
    group by id / ${STRETCH}
    order by 1`);
  return rangesOf(found.rows.map(({ first, last }) => ({ first: Number(first), last: Number(last) })));
}

/** Pure: stretches in order, joined where little lies between them, then where least does. */
export function rangesOf(stretches: readonly Range[]): IdRanges {
  if (stretches.length === 0) return ANYWHERE;
  const gaps = stretches
    .slice(1)
    .map(({ first }, index) => ({ index, width: first - (stretches[index] as Range).last }))
    .filter(({ width }) => width > STRETCH)
    .sort((a, b) => b.width - a.width)
    .slice(0, MOST_RANGES - 1)
    .sort((a, b) => a.index - b.index);
  const firsts = [0, ...gaps.map(({ index }) => index + 1)];
  const ranges = firsts.map((from, range) => ({
    first: (stretches[from] as Range).first,
    last: (stretches[(firsts[range + 1] ?? stretches.length) - 1] as Range).last,
  }));
  return {
    of: (column) => `(${ranges.map(({ first, last }) => `${column} between ${first} and ${last}`).join(' or ')})`,
  };
}
