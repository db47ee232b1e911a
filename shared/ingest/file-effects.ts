/**
 * What a file held and brought beside its rows, noted in the transaction that loads it (file_effects): its keys, so
 * that it can be told which files say something about a record; the time it covers; what it calls machines and goods.
 * Eight bytes a row: a hash of 64 bits, of which two that meet by chance only cost that a row more is read again.
 */
import type { Client } from 'pg';
import type { CoveredRange } from '../reconcile/coverage.ts';
import type { LoadEnd } from './child/run-reader.ts';
import { namedBy, namedRows, namesIn } from './merging/name-sql.ts';
import type { Source } from './sources/source.ts';
import type { Staging } from './staging.ts';

interface Noted {
  fileId: string;
  source: Source;
  staging: Staging;
}

/** Length of '@2026-11', the month that merge-identities.ts gives a key. */
const PERIOD_CHARS = 8;

/** The time in a key of a report without ids of its records, as the mapper writes it (rules.md 2.2, 2.3). */
const TIME = { like: '%:____-__-__ __:__:__+05%', matched: String.raw`:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+05` };

/**
 * The hash of a key, SQL. A key and those made of it for other periods (merge-identities.ts) are one family with one
 * hash, and so are those of the same row written to the second, the minute or the day (keys-with-times.ts): which of
 * them a row has hangs on the files before it.
 */
export function keyHash(alias: string): string {
  const key = `${alias}.natural_key`;
  const everyPeriod = `case when ${key} like '%@____-__' then left(${key}, -${PERIOD_CHARS}) else ${key} end`;
  const everyTime = `case when ${key} like '${TIME.like}' then regexp_replace(${everyPeriod}, '${TIME.matched}', '')
      else ${everyPeriod} end`;
  return `hashtextextended(${everyTime}, 0)`;
}

/** Notes the keys of the staged rows; those of a run before are replaced. */
export async function noteKeys(client: Client, { fileId, source, staging }: Noted): Promise<void> {
  await client.query(
    `insert into file_effects (file_id, source, keys)
     select $1, $2, coalesce(array_agg(${keyHash('s')}), '{}') from ${staging.rows} s
     on conflict (file_id) do update
     set source = excluded.source, keys = excluded.keys, covered = '{}', names = '[]', goods = '{}'`,
    [fileId, source.name],
  );
}

/**
 * Notes what the staged rows call machines and goods.
 * @param named relation of namedRows, where it is there already
 */
export async function noteNames(
  client: Client,
  { fileId, source, staging }: Noted,
  named?: 'work_named',
): Promise<void> {
  if (namedBy(source) === null) return;
  const rows = named ?? `(${namedRows(source, staging)})`;
  await client.query(
    `update file_effects set
       names = coalesce((select jsonb_agg(jsonb_build_array(n.machine_code, n.value, n.at))
         from (${namesIn(rows)}) n), '[]'),
       goods = coalesce((select array_agg(distinct goods_name) from ${rows} n where goods_name is not null), '{}')
     where file_id = $1`,
    [fileId],
  );
}

/** The ranges that a file covers: by its rows, and by what it states above them. */
export function coveredBy({ timeFrom, timeTo, statedFrom, statedTo }: LoadEnd): CoveredRange[] {
  const ranges = [
    { from: timeFrom, to: timeTo },
    { from: statedFrom, to: statedTo },
  ];
  return ranges.filter((range): range is CoveredRange => range.from !== null && range.to !== null);
}

/** Notes a range of seconds that the file covers. */
export async function noteCovered(client: Client, fileId: string, range: CoveredRange): Promise<void> {
  await client.query(
    `update file_effects set covered = array_append(covered, tstzrange($2::timestamptz, $3::timestamptz, '[]'))
      where file_id = $1`,
    [fileId, range.from, range.to],
  );
}
