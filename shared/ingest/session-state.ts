/** The state of a session follows from its files (api.md section 3); it is kept in step by whoever changes a file. */
import type { Knex } from 'knex';

export const SESSION_STATUSES = [
  'queued',
  'processing',
  'completed',
  'completed_with_errors',
  'failed',
  'cancelled',
] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];
export const FILE_STATUSES = [...SESSION_STATUSES, 'needs_mapping', 'duplicate', 'undone', 'previewed'] as const;
export type FileStatus = (typeof FILE_STATUSES)[number];
/** The way of a file, in its order. */
export const FILE_PHASES = ['waiting', 'detecting', 'reading', 'merging', 'reconciling', 'done'] as const;
export type FilePhase = (typeof FILE_PHASES)[number];

/** In a final state nothing more happens without somebody's doing. */
export const isFinalFile = (status: FileStatus): boolean => status !== 'queued' && status !== 'processing';
export const isFinalSession = (status: SessionStatus): boolean => status !== 'queued' && status !== 'processing';

/** The rule itself. */
export function sessionStatusOf(statuses: readonly FileStatus[]): SessionStatus {
  if (statuses.some((status) => !isFinalFile(status))) {
    return statuses.every((status) => status === 'queued') ? 'queued' : 'processing';
  }
  const others = statuses.filter((status) => status !== 'cancelled');
  if (others.length === 0) return 'cancelled';
  if (others.every((status) => status === 'failed')) return 'failed';
  const troubled: readonly FileStatus[] = ['failed', 'cancelled', 'needs_mapping', 'completed_with_errors'];
  return statuses.some((status) => troubled.includes(status)) ? 'completed_with_errors' : 'completed';
}

/**
 * Brings processing_sessions.status in step with its files. Call it in the transaction that changed a file, after the
 * change.
 *
 * Lock order: rows of uploaded_files first, then the session's. The lock makes two files that end at the same moment
 * see each other: without it each would find the other still processing, and the session would never end.
 */
export async function refreshSession(trx: Knex.Transaction, sessionId: string): Promise<SessionStatus> {
  const locked = await trx.raw<{ rows: { status: SessionStatus }[] }>(
    'select status from processing_sessions where id = ? for no key update',
    [sessionId],
  );
  const before = locked.rows[0]?.status;
  if (before === undefined) throw new Error('the session of a file is not there');
  const { rows } = await trx.raw<{ rows: { status: FileStatus }[] }>(
    'select distinct status from uploaded_files where session_id = ?',
    [sessionId],
  );
  const status = sessionStatusOf(rows.map((row) => row.status));
  if (status === before) return status;
  await trx.raw(
    `update processing_sessions set status = :status,
       started_at = case when :status = 'queued' then started_at else coalesce(started_at, clock_timestamp()) end,
       completed_at = case when :ended then clock_timestamp() end
     where id = :id`,
    { status, ended: isFinalSession(status), id: sessionId },
  );
  return status;
}
