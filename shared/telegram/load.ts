/** An upload that is complete: fetched, handed to the one way in, then watched until its files have ended. */
import { randomUUID } from 'node:crypto';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { reaches } from '../auth/principal.ts';
import { findUser } from '../auth/users.ts';
import { tooMany } from '../uploads/store-file.ts';
import { UPLOAD_ROLE } from '../uploads/uploads.ts';
import { openOrders } from './attention.ts';
import { claimAlone } from './claim-alone.ts';
import { completeDocuments, type DocumentRow, documentsOf, fetchDocument, takeStored } from './documents.ts';
import { DownloadDelayed } from './download.ts';
import type { BotDeps } from './incoming.ts';
import { putMessage } from './messages.ts';
import { recipientOf } from './people.ts';
import { progressBody, type UploadRow } from './progress.ts';
import { watchUpload } from './watch.ts';

/** Held while this process lives, so that what a killed one was at goes on soon. */
const LEASE = '20 seconds';
const RENEW_MS = 5_000;
/** An album waits for updates of its chat that nobody has looked at, for they may be parts of it; not for ever. */
const WAITS_FOR_INBOX = '30 seconds';

/** Does one piece of work at one upload. @returns false when nothing is due */
export async function workOnUpload(deps: BotDeps, stopped: AbortSignal): Promise<boolean> {
  const upload = await claimUpload(deps.db);
  if (upload === null) return false;
  const renewing = setInterval(() => void renew(deps.db, upload).catch(() => undefined), RENEW_MS).unref();
  try {
    if (upload.state === 'watching') await watchUpload(deps, upload);
    else await load(deps, upload, stopped);
  } catch (error) {
    await putOff(deps, upload, error);
  } finally {
    clearInterval(renewing);
  }
  return true;
}

const DUE = `u.state <> 'ended' and u.next_attempt_at <= clock_timestamp()
  and (u.lease_until is null or u.lease_until < clock_timestamp())`;

/** Of each person one at a time: whoever sends a hundred is in nobody's way. */
function claimUpload(db: Db): Promise<UploadRow | null> {
  return claimAlone(db, 'uploads', {
    look: async () => (await selectRow(db, `select 1 from telegram_uploads u where ${DUE} limit 1`)) !== null,
    claim: claimNext,
  });
}

function claimNext(trx: DbOrTransaction): Promise<UploadRow | null> {
  return selectRow<UploadRow>(
    trx,
    `update telegram_uploads set lease_until = clock_timestamp() + interval '${LEASE}', attempts = attempts + 1,
       state = case when state = 'collecting' then 'loading' else state end
     where id = (
       select u.id from telegram_uploads u where ${DUE}
         and not exists (select from telegram_uploads b
           where b.chat_id = u.chat_id and b.state = 'loading' and b.lease_until > clock_timestamp() and b.id <> u.id)
         and (u.state <> 'collecting' or u.created_at < clock_timestamp() - interval '${WAITS_FOR_INBOX}'
           or not exists (select from telegram_updates t where t.chat_id = u.chat_id and t.done_at is null
             and (t.attempts = 0 or t.lease_until > clock_timestamp())))
       order by u.next_attempt_at limit 1 for update skip locked)
     returning id::text, door_key, chat_id::text, user_id::text, state, attempts, session_id::text, fault,
       attention_before`,
  );
}

/** Of who took it last alone. */
async function renew(db: Db, { id, attempts }: UploadRow): Promise<void> {
  await execute(
    db,
    `update telegram_uploads set lease_until = clock_timestamp() + interval '${LEASE}'
     where id = ? and attempts = ? and lease_until is not null`,
    [id, attempts],
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
  await completeDocuments(db, upload.id);
  const documents = await documentsOf(db, upload.id);
  await say(deps, upload, documents);
  const fresh = documents.filter(({ loaded, fault }) => !loaded && fault === null);
  try {
    await admit(deps, upload);
    if (documents.length > uploads.limits.maxFiles) throw tooMany(uploads.limits);
    // what was let in alone is worth the counting
    const before = upload.attention_before ?? (await openOrders(deps));
    await execute(db, 'update telegram_uploads set attention_before = ? where id = ?', [before, upload.id]);
    for (const document of fresh) {
      const fetched = document.stored ?? (await fetchDocument(deps, upload.id, document, stopped));
      if (typeof fetched === 'string') document.fault = fetched;
      else document.stored = fetched;
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.status === 503 || error.status === 500) throw error;
    await uploads.discard(await takeStored(db, upload.id, fresh));
    const fault = { code: error.code, params: error.params };
    await db.transaction((trx) => leave(trx, upload, documents, { fault }));
    return say(deps, { ...upload, state: 'ended', fault }, documents);
  }
  const stored = await takeStored(db, upload.id, fresh);
  if (stored.length === 0) {
    await db.transaction((trx) => leave(trx, upload, documents, {}));
    // nothing new: an album that has a session is told by it
    return upload.session_id === null ? say(deps, { ...upload, state: 'ended' }, documents) : undefined;
  }
  const by = { userId: upload.user_id, requestId: randomUUID(), address: await addressOf(deps, upload) };
  const accepted = await uploads.accept(stored, { by, door: 'telegram', doorKey: upload.door_key, source: null });
  await db.transaction(async (trx) => {
    await execute(
      trx,
      `update telegram_documents set loaded_at = clock_timestamp() where upload_id = ?
       and uploaded_id = any(?::uuid[])`,
      [upload.id, stored.map(({ id }) => id ?? '')],
    );
    await leave(trx, upload, documents, { sessionId: accepted.sessionId });
  });
}

/** Lets go of an upload, unless another part has come since its documents were looked at: then that is collected. */
async function leave(
  trx: DbOrTransaction,
  upload: UploadRow,
  documents: readonly DocumentRow[],
  { sessionId = upload.session_id, fault = null }: { sessionId?: string | null; fault?: UploadRow['fault'] },
): Promise<void> {
  // whoever collects a part holds this row
  await selectRow(trx, 'select from telegram_uploads where id = ? for update', [upload.id]);
  await execute(
    trx,
    `update telegram_uploads u set session_id = ?, fault = ?::jsonb, attempts = 0, lease_until = null,
       next_attempt_at = greatest(next_attempt_at, clock_timestamp()),
       state = case when exists (select from telegram_documents d
         where d.upload_id = u.id and d.message_id <> all(?::bigint[]))
         then 'collecting' else ? end
     where id = ? and state = 'loading'`,
    [
      sessionId,
      fault === null ? null : JSON.stringify(fault),
      documents.map(({ message_id: id }) => id),
      sessionId === null || fault !== null ? 'ended' : 'watching',
      upload.id,
    ],
  );
}

/** The role at each try, since it may have changed meanwhile; the rate once an upload. */
async function admit({ db, uploads }: BotDeps, { user_id: userId, attempts }: UploadRow): Promise<void> {
  const user = await findUser(db, userId);
  if (user === null || user.status !== 'approved' || !reaches(user.role, UPLOAD_ROLE)) throw new AppError('forbidden');
  if (attempts === 1) await uploads.admit({ userId, role: user.role });
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
