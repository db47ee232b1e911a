/**
 * Documents become uploads: one of its own, or all of an album together. The parts of an album come as updates of
 * their own, in any order and perhaps twice; it is taken when none has come for a moment, by the database's clock.
 */
import type { Message } from 'grammy/types';
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';

/** Behind the last part of an album that has come. */
const ALBUM_PAUSE = '2 seconds';

/**
 * Writes the document down with its album.
 * @returns whether it is the first of its upload
 */
export async function collectDocument(db: Db, message: Message, userId: string): Promise<boolean> {
  const { document, chat, message_id: messageId, media_group_id: album } = message;
  if (document === undefined) throw new Error('a message without a document');
  return db.transaction(async (trx) => {
    // what comes when its album was taken already is an upload of its own: it must not be lost
    const keys =
      album === undefined ? [`${chat.id}:m${messageId}`] : [`${chat.id}:${album}`, `${chat.id}:m${messageId}`];
    for (const key of keys) {
      await execute(
        trx,
        `insert into telegram_uploads (door_key, chat_id, user_id, next_attempt_at)
         values (?, ?, ?, clock_timestamp()) on conflict (door_key) do nothing`,
        [key, chat.id, userId],
      );
      const upload = await selectRow<{ id: string; state: string; known: boolean }>(
        trx,
        `select id, state, exists (select from telegram_documents d where d.upload_id = u.id and d.message_id = ?) as known
         from telegram_uploads u where door_key = ? for update`,
        [messageId, key],
      );
      if (upload === null || upload.known) return false;
      if (upload.state !== 'collecting') continue;
      await execute(
        trx,
        `insert into telegram_documents (upload_id, message_id, file_id, name, size_bytes) values (?, ?, ?, ?, ?)`,
        [upload.id, messageId, document.file_id, nameOf(document.file_name), document.file_size ?? null],
      );
      await execute(trx, `update telegram_uploads set next_attempt_at = clock_timestamp() + ?::interval where id = ?`, [
        album === undefined ? '0 seconds' : ALBUM_PAUSE,
        upload.id,
      ]);
      const row = await selectRow<{ count: number }>(
        trx,
        'select count(*)::int as count from telegram_documents where upload_id = ?',
        [upload.id],
      );
      return row?.count === 1;
    }
    throw new Error('an upload of one message was taken without its document');
  });
}

const nameOf = (given: string | undefined): string => {
  const name = (given ?? '').replaceAll('\0', '').toWellFormed();
  return name === '' ? 'file' : name;
};
