/** A session that came through the bot, looked at until its files have ended; each look costs two small statements. */
import { execute, selectRows } from '../db/rows.ts';
import { isFinalSession } from '../ingest/session-state.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { filesOfSessions, type FileRow, findSession } from '../uploads/files-repository.ts';
import { openOrders } from './attention.ts';
import type { BotDeps } from './incoming.ts';
import { documentsOf } from './documents.ts';
import { putMessage } from './messages.ts';
import { recipientOf } from './people.ts';
import { progressBody, type UploadRow } from './progress.ts';
import { askQuestions } from './questions.ts';

const LOOK_AGAIN = '1.5 seconds';
/** A question may be answered late; then the message tells the end as well. */
const LOOK_FOR_ANSWER = '15 seconds';
const WATCHED = '2 days';

export async function watchUpload(deps: BotDeps, upload: UploadRow): Promise<void> {
  const { db } = deps;
  const session = upload.session_id === null ? null : await findSession(db, upload.session_id);
  const to = await recipientOf(db, upload.user_id);
  if (session === null || to === null) return end(deps, upload);
  const files = await filesOfSessions(db, [session.id]);
  const documents = await documentsOf(db, upload.id);
  const ended = isFinalSession(session.status);
  const body = progressBody({
    config: deps.config,
    lang: to.lang,
    upload,
    documents,
    session: {
      files,
      ended,
      attentionNow: ended ? await openOrders(deps) : null,
      loadedAt: await firstLoads(deps, files),
    },
  });
  await putMessage(db, { key: `upload:${upload.id}`, chatId: upload.chat_id, ...body });
  await askQuestions(deps, files, { chatId: upload.chat_id, lang: to.lang });
  if (ended && files.every(({ status }) => status !== 'needs_mapping')) return end(deps, upload);
  await execute(
    db,
    `update telegram_uploads set lease_until = null, attempts = 0,
       state = case when created_at < clock_timestamp() - interval '${WATCHED}' then 'ended' else state end,
       next_attempt_at = clock_timestamp() + ?::interval where id = ? and state = 'watching'`,
    [ended ? LOOK_FOR_ANSWER : LOOK_AGAIN, upload.id],
  );
}

async function end({ db }: BotDeps, upload: UploadRow): Promise<void> {
  await execute(
    db,
    `update telegram_uploads set state = 'ended', lease_until = null where id = ? and state = 'watching'`,
    [upload.id],
  );
}

/** When what each duplicate repeats was loaded. */
async function firstLoads({ db }: BotDeps, files: readonly FileRow[]): Promise<Map<string, string>> {
  const ids = files.filter(({ duplicate_of: of }) => of !== null).map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await selectRows<{ id: string; at: Date }>(
    db,
    `select f.id, coalesce(o.completed_at, o.created_at) as at from uploaded_files f
     join uploaded_files o on o.id = f.duplicate_of where f.id = any(?::uuid[])`,
    [ids],
  );
  return new Map(rows.map(({ id, at }) => [id, shownTime(at)]));
}

/** e.g. 12.06.2025 14:35, the clock of Tashkent. */
export function shownTime(at: Date): string {
  const [year, month, day] = tashkentIso(at).slice(0, 10).split('-');
  return `${day}.${month}.${year} ${tashkentIso(at).slice(11, 16)}`;
}
