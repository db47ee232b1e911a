/**
 * Which seconds the loaded reports of each source cover (rules.md section 5.3 Coverage). Two ranges of a source are
 * joined when no whole Tashkent day lies between them, whatever the order in which they came.
 */
import type { Client } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';
import type { ReconcileContext } from './context.ts';

/** Windows reach no farther than this around a time; everything within it of newly covered time is judged again. */
const RECHECK_MARGIN = `interval '1 day'`;

export interface CoveredRange {
  /** instants as text */
  from: string;
  to: string;
}

/** A whole day lies between when the day after the one reached ends before the next range begins. */
const DAY_AFTER_ENDS = `(date_trunc('day', reached at time zone 'Asia/Tashkent') + interval '2 days')
         at time zone 'Asia/Tashkent'`;

/** Ranges (time_from, time_to) of the relation pieces, joined. */
const JOINED = `
       select min(time_from) as time_from, max(time_to) as time_to
       from (
         select m.*, count(*) filter (where reached is null or ${DAY_AFTER_ENDS} <= time_from)
           over (order by time_from, time_to) as island
         from (
           select p.*,
             max(time_to) over (order by time_from, time_to rows between unbounded preceding and 1 preceding) as reached
           from pieces p
         ) m
       ) islands
       group by island`;

/** Puts the joined pieces in the place of what is stored and notes in recheck_periods where it differs. $1 = source */
const REPLACE = (pieces: string): string => `
     with before as (
       select coalesce(range_agg(tstzrange(covered_from, covered_to, '[]')), '{}') as covered
       from source_coverage
       where source = $1
     ), pieces as (${pieces}), joined as (${JOINED}
     ), after as (
       select coalesce(range_agg(tstzrange(time_from, time_to, '[]')), '{}') as covered from joined
     ), removed as (
       delete from source_coverage where source = $1
     ), stored as (
       insert into source_coverage (source, covered_from, covered_to) select $1, time_from, time_to from joined
     )
     insert into work_recheck_periods (source, time_from, time_to)
     select $1, lower(piece) - ${RECHECK_MARGIN}, upper(piece) + ${RECHECK_MARGIN}
     from (
       select unnest(a.covered - b.covered) as piece from after a, before b
       union all select unnest(b.covered - a.covered) from after a, before b
     ) p`;

/** A stated period that ends before it begins says nothing. */
export function saysSomething({ from, to }: CoveredRange): boolean {
  return Date.parse(from) <= Date.parse(to);
}

/** Adds a range and notes in recheck_periods what is covered now and was not before. */
export async function addCoverage(
  { client }: ReconcileContext,
  source: SourceName,
  range: CoveredRange,
): Promise<void> {
  await client.query(
    REPLACE(`
       select covered_from as time_from, covered_to as time_to from source_coverage where source = $1
       union all select $2::timestamptz, $3::timestamptz`),
    [source, range.from, range.to],
  );
}

/** Covers what the files of the source cover without this one, and notes in recheck_periods where that differs. */
export async function coverWithout(client: Client, source: SourceName, fileId: string): Promise<void> {
  await client.query(
    REPLACE(`
       select lower(c) as time_from, upper(c) as time_to from file_effects e cross join unnest(e.covered) c
       where e.source = $1 and e.file_id <> $2`),
    [source, fileId],
  );
}
