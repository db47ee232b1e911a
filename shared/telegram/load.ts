/** An upload that is complete: fetched, handed to the one way in, then watched until its files have ended. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { findUser } from '../auth/users.ts';
import type { StoredUpload } from '../uploads/store-file.ts';
import { tooMany } from '../uploads/store-file.ts';
import { openOrders } from './attention.ts';
import { download, DownloadDelayed } from './download.ts';
import type { BotDeps } from './incoming.ts';
import { putMessage } from './messages.ts';
import { recipientOf } from './people.ts';
import { progressBody, type UploadRow } from './progress.ts';
import { watchUpload } from './watch.ts';

const LEASE = '90 seconds';
const MAX_ATTEMPTS = 10;

export interface DocumentRow {
  message_id: string;
  file_id: string;
  name: string;
  size_bytes: string | null;
  fault: 'too_big' | 'not_fetched' | null;
}

/** Does one piece of work at one upload. @returns false when nothing is due */
export async function workOnUpload(deps: BotDeps, stopped: AbortSignal): Promise<boolean> {
  const upload = await claimUpload(deps.db);
  if (upload === null) return false;
  try {
    if (upload.state === 'watching') await watchUpload(deps, upload);
    else await load(deps, upload, stopped);
  } catch (error) {
    await putOff(deps, upload, error);
  }
  return true;
}

/** Of each person one at a time: whoever sends a hundred is in nobody's way. */
function claimUpload(db: Db): Promise<UploadRow | null> {
  return selectRow<UploadRow>(
    db,
    `update telegram_uploads set lease_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1,
       state = case when state = 'collecting' then 'loading' else state end
     where id = (
       select u.id from telegram_uploads u where u.state <> 'ended' and u.next_attempt_at <= clock_timestamp()
         and (u.lease_until is null or u.lease_until < clock_timestamp())
         and not exists (select from telegram_uploads b
           where b.chat_id = u.chat_id and b.state = 'loading' and b.lease_until > clock_timestamp() and b.id <> u.id)
       order by u.next_attempt_at limit 1 for update skip locked)
     returning id::text, door_key, chat_id::text, user_id::text, state, attempts, session_id::text, fault, attention_before`,
  );
}

async function putOff({ db, logger }: BotDeps, upload: UploadRow, error: unknown): Promise<void> {
  const code = error instanceof DownloadDelayed || error instanceof AppError ? error.code : 'internal';
  if (code === 'internal') logger.error('an upload from Telegram failed, it is tried again', { error });
  const afterS = error instanceof DownloadDelayed ? error.afterS : 2;
  await execute(
    db,
    `update telegram_uploads set lease_until = null,
       next_attempt_at = clock_timestamp() + make_interval(secs => greatest(?, least(60, power(1.6, attempts))))
     where id = ? and attempts = ?`,
    [afterS, upload.id, upload.attempts],
  );
}

async function load(deps: BotDeps, upload: UploadRow, stopped: AbortSignal): Promise<void> {
  const { db, uploads } = deps;
  const documents = await selectRows<DocumentRow>(
    db,
    'select message_id::text, file_id, name, size_bytes::text, fault from telegram_documents where upload_id = ? order by message_id',
    [upload.id],
  );
  await say(deps, upload, documents);
  const before = upload.attention_before ?? (await openOrders(deps));
  await execute(db, 'update telegram_uploads set attention_before = ? where id = ?', [before, upload.id]);
  const stored: StoredUpload[] = [];
  try {
    if (upload.attempts === 1) await admit(deps, upload.user_id);
    if (documents.length > uploads.limits.maxFiles) throw tooMany(uploads.limits);
    for (const document of documents) {
      const fetched = await fetchOne(deps, upload, document, stopped);
      if (typeof fetched === 'string') document.fault = fetched;
      else stored.push(fetched);
      await execute(
        db,
        `update telegram_uploads set lease_until = clock_timestamp() + interval '${LEASE}' where id = ?`,
        [upload.id],
      );
    }
  } catch (error) {
    await uploads.discard(stored);
    if (!(error instanceof AppError) || error.status === 503 || error.status === 500) throw error;
    const fault = { code: error.code, params: error.params };
    await end(db, upload, fault);
    return say(deps, { ...upload, state: 'ended', fault }, documents);
  }
  if (stored.length === 0) {
    await end(db, upload, null);
    return say(deps, { ...upload, state: 'ended' }, documents);
  }
  const by = { userId: upload.user_id, requestId: randomUUID(), address: await addressOf(deps, upload) };
  const accepted = await uploads.accept(stored, { by, door: 'telegram', doorKey: upload.door_key, source: null });
  await execute(
    db,
    `update telegram_uploads set state = 'watching', session_id = ?, attempts = 0, lease_until = null,
       next_attempt_at = clock_timestamp() where id = ?`,
    [accepted.sessionId, upload.id],
  );
}

/** Roles and rates, asked once an upload; the role anew, since it may have changed while the album was collected. */
async function admit({ db, uploads }: BotDeps, userId: string): Promise<void> {
  const user = await findUser(db, userId);
  if (user === null || user.status !== 'approved') throw new AppError('forbidden');
  await uploads.admit({ userId, role: user.role });
}

async function fetchOne(
  deps: BotDeps,
  upload: UploadRow,
  document: DocumentRow,
  stopped: AbortSignal,
): Promise<StoredUpload | 'too_big' | 'not_fetched'> {
  if (document.fault !== null) return document.fault;
  const { file_id: fileId, name, size_bytes: size } = document;
  const asked = { fileId, name, sizeBytes: size === null ? null : Number(size) };
  try {
    const found = await download({ ...deps, telegram: deps.config.telegram }, asked, stopped);
    if (found !== 'too_big') return found;
  } catch (error) {
    if (!(error instanceof DownloadDelayed) || stopped.aborted || upload.attempts < MAX_ATTEMPTS) throw error;
    await noteFault(deps.db, upload.id, document.message_id, 'not_fetched');
    return 'not_fetched';
  }
  await noteFault(deps.db, upload.id, document.message_id, 'too_big');
  return 'too_big';
}

async function noteFault(db: Db, uploadId: string, messageId: string, fault: string): Promise<void> {
  await execute(db, 'update telegram_documents set fault = ? where upload_id = ? and message_id = ?', [
    fault,
    uploadId,
    messageId,
  ]);
}

async function end(db: Db, upload: UploadRow, fault: UploadRow['fault']): Promise<void> {
  await execute(db, `update telegram_uploads set state = 'ended', lease_until = null, fault = ?::jsonb where id = ?`, [
    fault === null ? null : JSON.stringify(fault),
    upload.id,
  ]);
}

async function say(deps: BotDeps, upload: UploadRow, documents: readonly DocumentRow[]): Promise<void> {
  const to = await recipientOf(deps.db, upload.user_id);
  if (to === null) return;
  const body = progressBody({ config: deps.config, lang: to.lang, upload, documents, session: null });
  await putMessage(deps.db, { key: `upload:${upload.id}`, chatId: upload.chat_id, ...body });
}

async function addressOf({ db }: BotDeps, upload: UploadRow): Promise<string> {
  return `telegram:${(await recipientOf(db, upload.user_id))?.telegramId ?? upload.chat_id}`;
}
