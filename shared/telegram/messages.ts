/**
 * The outbox: each message as it should read. Whoever has something to say writes the row; the sender brings Telegram
 * in step with it, by sending or by editing, at the pace that Telegram allows. Changes that come faster are one edit.
 */
import type { InlineKeyboardButton } from 'grammy/types';
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';

export interface MessageBody {
  /** HTML; see markup.ts */
  text: string;
  keyboard?: InlineKeyboardButton[][];
  /**
   * what only the moment of sending makes, so that it stands in no table: `{link}` of the text becomes a sign-in of
   * this person
   */
  signInOf?: string;
  /** an export, sent as a document once it is written */
  exportId?: string;
  /** comes without a sound while it is night in Tashkent */
  soundless?: boolean;
  /** in place of an export that could not be written */
  failedText?: string;
}

export interface OutgoingMessage extends MessageBody {
  /** the same key is the same message: another text edits it */
  key: string;
  chatId: string;
  /** not before the next morning's eight in Tashkent, when it is night there */
  quiet?: boolean;
  /** another message in place of the one that bears the key */
  fresh?: boolean;
}

/** How the names of messages begin that tell a person of their block. */
export const BLOCKED_KEY = 'blocked:';

/** Longer than one call to Telegram may take. */
const LEASE = '20 seconds';
const CHAT_PAUSE = '1.1 seconds';
/** Of all chats together: Telegram allows about thirty a second. */
const PER_SECOND = 25;

/** Whether it is quiet at this instant: 22:00 to 08:00 in Tashkent. @param at an expression of SQL */
export const isQuietAt = (at: string): string =>
  `(extract(hour from ${at} at time zone 'Asia/Tashkent') not between 8 and 21)`;

/** The instant itself, or the 08:00 at which its quiet hours are over. @param at an expression of SQL */
export const afterQuietHours = (at: string): string =>
  `case when ${isQuietAt(at)}
   then (date_trunc('day', (${at} at time zone 'Asia/Tashkent') + interval '2 hours') + interval '8 hours')
     at time zone 'Asia/Tashkent' else ${at} end`;

export async function putMessage(db: DbOrTransaction, message: OutgoingMessage): Promise<void> {
  const { key, chatId, quiet = false, fresh = false, ...body } = message;
  await execute(
    db,
    `insert into telegram_messages as m (message_key, chat_id, body, next_attempt_at)
     values (?, ?, ?::jsonb, case when ? then ${afterQuietHours('clock_timestamp()')} else clock_timestamp() end)
     on conflict (message_key) do update set body = excluded.body, revision = m.revision + 1,
       next_attempt_at = least(m.next_attempt_at, clock_timestamp()), attempts = 0,
       message_id = case when ? then null else m.message_id end, failed_at = case when ? then null else m.failed_at end
     where m.body <> excluded.body or ?`,
    [key, chatId, JSON.stringify(body), quiet, fresh, fresh, fresh],
  );
}

/** Rewrites all messages of these keys. */
export async function rewriteMessages(db: DbOrTransaction, keyPrefix: string, body: MessageBody): Promise<void> {
  const rows = await selectRows<{ message_key: string; chat_id: string }>(
    db,
    'select message_key, chat_id::text from telegram_messages where starts_with(message_key, ?)',
    [keyPrefix],
  );
  for (const row of rows) await putMessage(db, { key: row.message_key, chatId: row.chat_id, ...body });
}

export interface ClaimedMessage {
  id: string;
  key: string;
  chatId: string;
  messageId: number | null;
  revision: number;
  attempts: number;
  /** it was quiet when it was taken */
  atNight: boolean;
  body: MessageBody;
}

/**
 * The next messages whose chats may be written to now: one a chat, and no more than all of them together may get.
 * Their turns are taken with them, in one transaction, so that several apis keep one pace.
 */
export async function claimMessages(trx: DbOrTransaction): Promise<ClaimedMessage[]> {
  // as a rule there is nothing, and a look four times a second should write nothing either
  const due = await selectRow(
    trx,
    `select from telegram_messages
     where revision > sent_revision and failed_at is null and next_attempt_at <= clock_timestamp() limit 1`,
  );
  if (due === null) return [];
  await execute(trx, `insert into telegram_turns values (0, '-infinity') on conflict do nothing`);
  const turn = await selectRow<{ free: number }>(
    trx,
    `select floor(least(${PER_SECOND}, extract(epoch from clock_timestamp() - next_at) * ${PER_SECOND}))::int as free
     from (select greatest(next_at, clock_timestamp() - interval '1 second') as next_at from telegram_turns
       where chat_id = 0 for update) turn`,
  );
  const free = Math.min(turn?.free ?? 0, 10);
  if (free <= 0) return [];
  const rows = await selectRows<{
    id: string;
    message_key: string;
    chat_id: string;
    message_id: string | null;
    revision: number;
    attempts: number;
    night: boolean;
    body: MessageBody;
  }>(
    trx,
    `with due as (
       select distinct on (m.chat_id) m.id, m.chat_id from telegram_messages m
       left join telegram_turns t on t.chat_id = m.chat_id
       where m.revision > m.sent_revision and m.failed_at is null and m.next_attempt_at <= clock_timestamp()
         and (m.lease_until is null or m.lease_until < clock_timestamp())
         and coalesce(t.next_at, '-infinity') <= clock_timestamp()
       -- who has heard nothing yet comes before who sees a figure move
       order by m.chat_id, m.message_id is not null, m.id
     )
     update telegram_messages m set lease_until = clock_timestamp() + interval '${LEASE}', attempts = m.attempts + 1
     where m.id in (select id from due order by id limit ?)
     returning m.id, m.message_key, m.chat_id::text, m.message_id::text, m.revision, m.attempts, m.body,
       ${isQuietAt('clock_timestamp()')} as night`,
    [free],
  );
  await holdChats(
    trx,
    rows.map((row) => row.chat_id),
    CHAT_PAUSE,
  );
  await execute(
    trx,
    `update telegram_turns set next_at = greatest(next_at, clock_timestamp() - interval '1 second')
       + make_interval(secs => ?::float8 / ${PER_SECOND}) where chat_id = 0`,
    [rows.length],
  );
  return rows.map((row) => ({
    id: row.id,
    key: row.message_key,
    chatId: row.chat_id,
    messageId: row.message_id === null ? null : Number(row.message_id),
    revision: row.revision,
    attempts: row.attempts,
    atNight: row.night,
    body: row.body,
  }));
}

/** Nobody writes to these chats for so long. @param pause as PostgreSQL spells an interval */
export async function holdChats(db: DbOrTransaction, chats: readonly string[], pause: string): Promise<void> {
  if (chats.length === 0) return;
  await execute(
    db,
    `insert into telegram_turns as t (chat_id, next_at)
     select chat, clock_timestamp() + ?::interval from unnest(?::bigint[]) chat
     on conflict (chat_id) do update set next_at = greatest(t.next_at, excluded.next_at)`,
    [pause, [...chats]],
  );
}

/** Whoever was blocked meanwhile hears that, where it is said, and nothing else. */
export async function isForNobody(db: DbOrTransaction, { chatId, key }: ClaimedMessage): Promise<boolean> {
  if (key.startsWith(BLOCKED_KEY)) return false;
  const row = await selectRow(db, `select from users where telegram_id = ? and status = 'blocked'`, [chatId]);
  return row !== null;
}

/** Another message that was asked for in place of this one meanwhile is still to be sent. */
export async function messageSent(db: DbOrTransaction, claimed: ClaimedMessage, messageId: number): Promise<void> {
  await execute(
    db,
    `update telegram_messages set sent_revision = greatest(sent_revision, ?), lease_until = null,
       message_id = case when message_id is not distinct from ?::bigint then ?::bigint else message_id end,
       sent_at = clock_timestamp(), last_error = null, attempts = 0
     where id = ?`,
    [claimed.revision, claimed.messageId, messageId, claimed.id],
  );
}

export async function messageLater(
  db: DbOrTransaction,
  claimed: ClaimedMessage,
  { afterS, code, forget = false }: { afterS: number; code: string; forget?: boolean },
): Promise<void> {
  await execute(
    db,
    `update telegram_messages
      set lease_until = null, last_error = ?, message_id = case when ? then null else message_id end,
       next_attempt_at = clock_timestamp() + make_interval(secs => ?) where id = ?`,
    [code, forget, afterS, claimed.id],
  );
}

/** What it should read meanwhile is tried all the same. */
export async function messageFailed(db: DbOrTransaction, claimed: ClaimedMessage, code: string): Promise<void> {
  await execute(
    db,
    `update telegram_messages set lease_until = null, last_error = ?,
       failed_at = case when revision = ? then clock_timestamp() end
     where id = ?`,
    [code, claimed.revision, claimed.id],
  );
}
