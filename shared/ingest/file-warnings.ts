/** What only the database can tell of a file that was loaded: warnings beside those that reading gave. */
import type { Client } from 'pg';
import { emptyDaysSql } from '../reconcile/empty-days.ts';
import type { LoadEnd } from './child/run-reader.ts';
import type { Warning } from './readers/reader.ts';
import type { SourceName } from './sources/source.ts';
import type { Staging } from './staging.ts';

/** Rows or days that a warning names. */
const MOST_NAMED = 20;

/** Nothing stands in it, and it does not even say of which days: "done" alone would be taken for days without sales. */
export const noRows = ({ rowsRead, statedFrom, statedTo }: LoadEnd): Warning[] =>
  rowsRead === 0 && statedFrom === null && statedTo === null ? [{ code: 'no_rows', params: {} }] : [];

/**
 * Rows of a machine report whose times run backwards by more than the tolerance (rules.md 4.1), named by their numbers.
 */
export async function backwardTimes(
  client: Client,
  source: SourceName,
  staging: Staging,
  toleranceS: number,
): Promise<Warning[]> {
  if (source !== 'happy_workers') return [];
  const { rows } = await client.query<{ count: string; rows: string | null }>(
    `with backwards as (
       select source_row from ${staging.rows}
       where least(paying_time, brewing_time, delivery_time, refund_time) < creation_time - make_interval(secs => $1)
     )
     select count(*) as count,
       (select string_agg(source_row::text, ', ' order by source_row)
        from (select source_row from backwards order by source_row limit ${MOST_NAMED}) first) as rows
     from backwards`,
    [toleranceS],
  );
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? [] : [{ code: 'times_disagree', params: { count, rows: rows[0]?.rows ?? '' } }];
}

/**
 * Days inside the file's own period on which the source has no row although others saw sales that it should know of.
 */
export async function emptyDays(client: Client, source: SourceName, end: LoadEnd): Promise<Warning[]> {
  if (end.timeFrom === null || end.timeTo === null) return [];
  const { rows } = await client.query<{ day: string }>(
    emptyDaysSql(`(select $1::text as source, $2::timestamptz as covered_from, $3::timestamptz as covered_to)`),
    [source, end.timeFrom, end.timeTo],
  );
  if (rows.length === 0) return [];
  const named = rows.slice(0, MOST_NAMED).map(({ day }) => day.split('-').reverse().join('.'));
  return [{ code: 'empty_days', params: { count: rows.length, days: named.join(', '), source } }];
}
