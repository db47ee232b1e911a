/**
 * Uploads the reports of one message as one session. Attachments are streamed from the server into the storage; the
 * message is never held as a whole.
 *
 * It is the same message by its Message-ID and the bytes of its reports (the door's key), whatever UID it has got: in a
 * mailbox that was made anew, or when it was delivered twice. Message-ID alone is not enough: there are programs that
 * give every message the same one, and all but the first would be lost.
 */
import { createHash } from 'node:crypto';
import type { FetchMessageObject, ImapFlow } from 'imapflow';
import type { Db } from '../../db/client.ts';
import { AppError } from '../../errors.ts';
import type { StoredUpload } from '../../uploads/store-file.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import type { IntakePerson } from '../intake-person.ts';
import type { MessagePart } from './message.ts';
import { noteMessage, type MailboxId } from './message-rows.ts';

const CHUNK_BYTES = 256 * 1024;
/** The whole message is refused by these, as a whole upload is on the page. */
const REFUSALS: readonly string[] = ['file_too_large', 'too_many_files', 'unsupported_media_type'];

export interface TakeMessageDeps {
  db: Db;
  uploads: Uploads;
  client: ImapFlow;
}

/**
 * @returns the code with which it was refused, or null
 * @throws when something around it is away; it is tried again
 */
export async function takeMessage(
  deps: TakeMessageDeps,
  mailbox: MailboxId,
  message: FetchMessageObject,
  { reports, person, signal }: { reports: readonly MessagePart[]; person: IntakePerson; signal: AbortSignal },
): Promise<string | null> {
  const { db, uploads } = deps;
  const messageId = message.envelope?.messageId ?? null;
  const { uid } = message;
  const stored: StoredUpload[] = [];
  try {
    if (reports.length === 0) throw new AppError('unsupported_media_type');
    if (reports.length > uploads.limits.maxFiles)
      throw new AppError('too_many_files', { params: { maxFiles: uploads.limits.maxFiles } });
    await uploads.admit(person);
    for (const report of reports) stored.push(await storePart(deps, uid, report, signal));
    signal.throwIfAborted();
  } catch (error) {
    await uploads.discard(stored);
    if (!(error instanceof AppError && REFUSALS.includes(error.code))) throw error;
    await noteMessage(db, mailbox, { uid, messageId, refusal: { code: error.code, params: error.params } });
    return error.code;
  }
  const doorKey = keyOf(message, stored);
  const { sessionId } = await uploads.accept(stored, {
    by: { userId: person.userId, requestId: `mail-${doorKey.slice(0, 32)}`, address: 'mail' },
    door: 'mail',
    doorKey,
    source: null,
  });
  await noteMessage(db, mailbox, { uid, messageId, sessionId });
  return null;
}

async function storePart(
  { client, uploads }: TakeMessageDeps,
  uid: number,
  { part, name }: MessagePart,
  signal: AbortSignal,
): Promise<StoredUpload> {
  // a csv stays in the encoding that it was written in
  const options = { uid: true, decodeText: false, chunkSize: CHUNK_BYTES };
  const download = await client.download(String(uid), part, options);
  if (download.content === undefined) throw new Error('the message is not there any more');
  try {
    const stored = await uploads.store({ name, bytes: download.content }, signal);
    if (client.usable) return stored;
    await uploads.discard([stored]);
    throw new Error('the connection ended within an attachment');
  } finally {
    download.content.destroy();
  }
}

/** Without a Message-ID: what its sender wrote on it. */
function keyOf({ envelope }: FetchMessageObject, stored: readonly StoredUpload[]): string {
  const { messageId, from, date, subject } = envelope ?? {};
  const own = messageId ?? [from?.[0]?.address, date instanceof Date ? date.toISOString() : date, subject];
  return createHash('sha256')
    .update(JSON.stringify([own, stored.map(({ sha256 }) => sha256)]))
    .digest('hex');
}
