/**
 * Documents become uploads: one of its own, or all of an album together. The parts of an album come as updates of
 * their own, in any order and perhaps twice; it is taken when none has come for a moment, by the database's clock. One
 * that comes later still joins it.
 */
import type { Message } from 'grammy/types';
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';

/** Behind the last part of an album that has come. */
const ALBUM_PAUSE = '2 seconds';

/** Writes the document down with its album, once. */
export async function collectDocument(
  db: Db,
  message: Message,
  { botId, userId }: { botId: string; userId: string },
): Promise<void> {
  const { document, chat, message_id: messageId, media_group_id: album } = message;
  if (document === undefined) throw new Error('a message without a document');
  return db.transaction(async (trx) => {
    // another bot numbers its messages anew
    const key = `${botId}:${chat.id}:${album ?? `m${messageId}`}`;
    await execute(
      trx,
      `insert into telegram_uploads (door_key, chat_id, user_id, next_attempt_at)
       values (?, ?, ?, clock_timestamp()) on conflict (door_key) do nothing`,
      [key, chat.id, userId],
    );
    const upload = await selectRow<{ id: string }>(
      trx,
      'select id from telegram_uploads where door_key = ? for update',
      [key],
    );
    if (upload === null) throw new Error('an upload is gone as soon as it is written down');
    const count = await execute(
      trx,
      `insert into telegram_documents (upload_id, message_id, file_id, name, size_bytes, uploaded_id)
       values (?, ?, ?, ?, ?, gen_random_uuid()) on conflict (upload_id, message_id) do nothing`,
      [upload.id, messageId, document.file_id, nameOf(document.file_name), document.file_size ?? null],
    );
    if (count === 0) return;
    // whoever is at work on it sees what has come when it ends (load.ts)
    await execute(
      trx,
      `update telegram_uploads set next_attempt_at = clock_timestamp() + ?::interval,
         attempts = case when state in ('watching', 'ended') then 0 else attempts end, fault = null,
         lease_until = case when state in ('watching', 'ended') then null else lease_until end,
         state = case when state in ('watching', 'ended') then 'collecting' else state end
       where id = ?`,
      [album === undefined ? '0 seconds' : ALBUM_PAUSE, upload.id],
    );
  });
}

const nameOf = (given: string | undefined): string => {
  const name = (given ?? '').replaceAll('\0', '').toWellFormed();
  return name === '' ? 'file' : name;
};
