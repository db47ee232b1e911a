/**
 * Files that something around them stopped and that are tried again by themselves: nobody is asked, so the doctor says
 * it.
 */
import type { Ladder } from '../ladder.ts';

interface Queryable {
  query<Row extends object>(sql: string): Promise<{ rows: Row[] }>;
}

/** Notes how many files are tried again, why, and one of them. */
export async function noteFilesRetrying(client: Queryable, ladder: Pick<Ladder, 'note'>): Promise<void> {
  const { rows } = await client.query<{ files: number; attempts: number; reasons: string; first: string }>(
    `select sum(n)::int as files, max(attempts) as attempts,
       string_agg(reason || ':' || n, ',' order by reason) as reasons, min(first) as first
     from (
       select coalesce(retry_reason, 'unknown') as reason, count(*) as n, max(attempts) as attempts,
         min(id::text) as first
       from uploaded_files
       where status in ('queued', 'processing') and attempts > 0
       group by 1
     ) r
     having sum(n) > 0`,
  );
  const found = rows[0];
  if (found === undefined) return;
  ladder.note(
    'worker.files_retrying',
    `files=${found.files} reasons=${found.reasons} most_attempts=${found.attempts} one_of_them=${found.first}`,
  );
}
