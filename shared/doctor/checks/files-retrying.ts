/**
 * Files that something around them stopped and that are tried again by themselves: nobody is asked, so the doctor says
 * it.
 */
import type { CodeEntry } from '../finding.ts';
import { words } from '../finding.ts';
import type { Ladder } from '../ladder.ts';
import { problem } from './problem.ts';

export const filesRetryingCode = 'worker.files_retrying';

export const filesRetryingEntry: CodeEntry = problem('warn', {
  title: words(
    'Файлы обрабатываются повторно: им что-то помешало',
    'Files are being tried again: something stopped them',
  ),
  cause: words(
    'База или хранилище не отвечали, или случилась ошибка, которой никто не ждал; «видно» называет причины.',
    'The database or the storage did not answer, or an error came that ' +
      'nobody expected; the evidence names the reasons.',
  ),
  effect: words(
    'Эти файлы ещё не загружены; они повторяются сами, паузы растут до минуты. Ничего не теряется.',
    'These files are not loaded yet; they are tried again by themselves, with pauses that grow to a minute. ' +
      'Nothing is lost.',
  ),
  fix: words(
    'Устраните названную причину; если это internal, посмотрите журнал: event=file_retried.',
    'Mend the reason that is named; if it is internal, look at the log: event=file_retried.',
  ),
  commands: ['npm run doctor -- --only postgres,storage', 'railway logs --service worker'],
});

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
    filesRetryingCode,
    `files=${found.files} reasons=${found.reasons} most_attempts=${found.attempts} one_of_them=${found.first}`,
  );
}
