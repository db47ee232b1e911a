/**
 * The inbox: an update is written down before Telegram is told that it came, and takes effect once, whoever works it
 * off. Updates of one chat go one after another, so that a flood of one person leaves room for everybody else.
 */
import type { Update } from 'grammy/types';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { claimAlone } from './claim-alone.ts';

/** What a killed process was at is worked off again after it; a second time does nothing anew. */
const LEASE = '30 seconds';
const MAX_ATTEMPTS = 8;
const KEPT = '8 days';

export interface ClaimedUpdate {
  updateId: string;
  attempts: number;
  update: Update;
}

/** The chat that an update belongs to; null for what the bot has no use for. */
export function chatOf(update: Update): number | null {
  const chat = update.message?.chat ?? update.callback_query?.message?.chat ?? null;
  return chat === null ? null : chat.id;
}

/** @returns how many of them were new */
export async function addUpdates(db: DbOrTransaction, botId: string, updates: readonly Update[]): Promise<number> {
  const rows = updates.map((update) => ({ update_id: update.update_id, chat_id: chatOf(update) ?? 0, body: update }));
  return execute(
    db,
    `insert into telegram_updates (bot_id, update_id, chat_id, body, done_at)
     select ?, update_id, chat_id, body, case when chat_id = 0 then clock_timestamp() end
     from jsonb_to_recordset(?::jsonb) as given (update_id bigint, chat_id bigint, body jsonb)
     on conflict (bot_id, update_id) do nothing`,
    // PostgreSQL keeps no NUL, and Telegram sends whatever a client typed
    [botId, JSON.stringify(rows).replaceAll('\\u0000', '')],
  );
}

const DUE = `u.bot_id = ? and u.done_at is null and u.next_attempt_at <= clock_timestamp()
  and (u.lease_until is null or u.lease_until < clock_timestamp())`;

/** The next one of a chat that has none at work. */
export async function claimUpdate(db: Db, botId: string): Promise<ClaimedUpdate | null> {
  const row = await claimAlone(db, 'updates', {
    look: async () => (await selectRow(db, `select 1 from telegram_updates u where ${DUE} limit 1`, [botId])) !== null,
    claim: (trx) => claimNext(trx, botId),
  });
  return row === null ? null : { updateId: row.update_id, attempts: row.attempts, update: row.body };
}

function claimNext(
  trx: DbOrTransaction,
  botId: string,
): Promise<{ update_id: string; attempts: number; body: Update } | null> {
  return selectRow(
    trx,
    `update telegram_updates set lease_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1
     where bot_id = ? and update_id = (
       select u.update_id from telegram_updates u
       where ${DUE}
         and not exists (select from telegram_updates b
           where b.bot_id = u.bot_id and b.chat_id = u.chat_id and b.done_at is null
             and b.lease_until > clock_timestamp())
       order by u.update_id limit 1 for update skip locked)
     returning update_id::text, attempts, body`,
    [botId, botId],
  );
}

export async function finishUpdate(db: Db, botId: string, { updateId, attempts }: ClaimedUpdate): Promise<void> {
  await execute(
    db,
    `update telegram_updates set done_at = clock_timestamp(), lease_until = null
     where bot_id = ? and update_id = ? and attempts = ? and done_at is null`,
    [botId, updateId, attempts],
  );
}

/** It is tried again with a growing pause, and given up in the end. @returns whether it was given up */
export async function returnUpdate(
  db: Db,
  botId: string,
  { updateId, attempts }: ClaimedUpdate,
  code: string,
): Promise<boolean> {
  const isLast = attempts >= MAX_ATTEMPTS;
  await execute(
    db,
    `update telegram_updates set lease_until = null, last_error = ?, done_at = case when ? then clock_timestamp() end,
       next_attempt_at = clock_timestamp() + make_interval(secs => power(2, ?))
     where bot_id = ? and update_id = ? and attempts = ? and done_at is null`,
    [code, isLast, Math.min(attempts, 8), botId, updateId, attempts],
  );
  return isLast;
}

/** Longer than Telegram repeats anything; then the rows go. */
export async function dropOldRows(db: Db): Promise<void> {
  await execute(db, `delete from telegram_updates where done_at < clock_timestamp() - interval '${KEPT}'`);
  await execute(
    db,
    `delete from telegram_messages where created_at < clock_timestamp() - interval '90 days'
       and (revision = sent_revision or failed_at is not null)`,
  );
}
