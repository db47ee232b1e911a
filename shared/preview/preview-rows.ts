/** Runs that look at the files of a session before they take effect, as rows of previews: one a session. */
import type { Knex } from 'knex';

/**
 * Has a session looked at, again where it was before: all its files that wait to be seen, or were seen and not applied,
 * since each is seen on top of those before it.
 */
export async function queuePreview(trx: Knex.Transaction, sessionId: string): Promise<void> {
  await trx.raw(
    `update uploaded_files f set status = 'queued', phase = 'waiting', completed_at = null
     where session_id = ? and preview and status = 'previewed'
       and not exists (select 1 from uploaded_files member where member.parent_id = f.id)`,
    [sessionId],
  );
  await trx.raw(
    `insert into previews (id) values (?)
     on conflict (id) do update
     set status = 'queued', next_attempt_at = clock_timestamp(), attempts = 0, lease_until = null,
       fence = previews.fence + 1, completed_at = null`,
    [sessionId],
  );
}
