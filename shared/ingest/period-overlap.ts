/** The period guard (rules.md 2): a file whose days were loaded before from another file. */
import type { Knex } from 'knex';
import { tashkentIso } from '../tashkent-time.ts';
import type { LoadEnd } from './child/run-reader.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { Warning } from './readers/reader.ts';

/** One warning about the file that shares most days with this one, and how many files share any; [] = none. */
export async function periodOverlap(
  trx: Knex.Transaction,
  file: ClaimedFile,
  source: string,
  end: LoadEnd,
): Promise<Warning[]> {
  if (end.timeFrom === null || end.timeTo === null) return [];
  const { rows } = await trx.raw<{
    rows: { id: string; name: string; from_at: Date; to_at: Date; days: number; files: string }[];
  }>(
    `with own as (select ?::timestamptz as from_at, ?::timestamptz as to_at),
     others as (
       select f.id, f.name, f.seq, greatest(f.period_from, own.from_at) as from_at,
         least(f.period_to, own.to_at) as to_at
       from uploaded_files f, own
       where f.source = ? and f.id <> ? and f.status in ('completed', 'completed_with_errors')
         and f.period_from <= own.to_at
         and f.period_to >= own.from_at
     )
     select id, name, from_at, to_at,
       ((to_at at time zone 'Asia/Tashkent')::date - (from_at at time zone 'Asia/Tashkent')::date + 1) as days,
       count(*) over () as files
     from others order by days desc, seq desc limit 1`,
    [end.timeFrom, end.timeTo, source, file.id],
  );
  const most = rows[0];
  if (most === undefined) return [];
  return [
    {
      code: 'period_overlap',
      params: {
        days: Number(most.days),
        fileId: most.id,
        file: most.name,
        files: Number(most.files),
        from: tashkentIso(most.from_at),
        to: tashkentIso(most.to_at),
      },
    },
  ];
}
