/** Messages that were taken or refused, by mailbox, UIDVALIDITY and UID, until they are moved. */
import type { Db } from '../../db/client.ts';
import { execute, selectRows } from '../../db/rows.ts';
import type { SessionStatus } from '../../ingest/session-state.ts';

export interface MailboxId {
  mailbox: string;
  uidValidity: bigint;
}

export interface MessageRow {
  id: string;
  uid: number;
  refusal: { code: string } | null;
  session_status: SessionStatus | null;
  state: 'taken' | 'done';
  /** its session has ended, or it was refused: it can be moved */
  ended: boolean;
}

/** Of these messages, and all that wait to be moved. */
export function messageRows(
  db: Db,
  { mailbox, uidValidity }: MailboxId,
  uids: readonly number[],
): Promise<MessageRow[]> {
  return selectRows(
    db,
    `select m.id, m.uid::int8::float8 as uid, m.refusal, s.status as session_status, m.state,
       (m.refusal is not null or s.completed_at is not null) as ended
     from intake_messages m left join processing_sessions s on s.id = m.session_id
     where m.mailbox = ? and m.uid_validity = ? and (m.uid = any(?) or m.state = 'taken') order by m.id`,
    [mailbox, String(uidValidity), [...uids]],
  );
}

export async function noteMessage(
  db: Db,
  { mailbox, uidValidity }: MailboxId,
  message: {
    uid: number;
    messageId: string | null;
    sessionId?: string;
    refusal?: { code: string; params: Record<string, string | number> };
  },
): Promise<void> {
  const { uid, messageId, sessionId = null, refusal = null } = message;
  await execute(
    db,
    `insert into intake_messages (mailbox, uid_validity, uid, message_id, session_id, refusal)
     values (?, ?, ?, ?, ?, ?::jsonb)
     on conflict (mailbox, uid_validity, uid) do update
     set session_id = excluded.session_id, refusal = excluded.refusal`,
    [mailbox, String(uidValidity), uid, messageId, sessionId, refusal === null ? null : JSON.stringify(refusal)],
  );
  await execute(db, `update intake_doors set last_taken_at = clock_timestamp() where door = 'mail'`);
}

export async function noteMoved(db: Db, id: string): Promise<void> {
  await execute(db, `update intake_messages set state = 'done', done_at = clock_timestamp() where id = ?`, [id]);
}

/** Rows of a mailbox that was made anew: its messages have other UIDs now and are known by their door's key. */
export async function closeOldRows(db: Db, { mailbox, uidValidity }: MailboxId): Promise<void> {
  await execute(
    db,
    `update intake_messages set state = 'done', done_at = clock_timestamp()
     where mailbox = ? and uid_validity <> ? and state = 'taken'`,
    [mailbox, String(uidValidity)],
  );
}
