/** People who chose to hear of it are told when files that they brought by another door have been processed. */
import { selectRows } from '../db/rows.ts';
import { filesOfSessions } from '../uploads/files-repository.ts';
import { noticeRecipients } from './notice-settings.ts';
import type { BotDeps } from './incoming.ts';
import { putMessage } from './messages.ts';
import { progressBody } from './progress.ts';

const LOOKED_BACK = '1 hour';

export async function tellSessions(deps: BotDeps): Promise<void> {
  const people = new Map((await noticeRecipients(deps.db, 'file_processed')).map((one) => [one.telegramId, one]));
  if (people.size === 0) return;
  const sessions = await selectRows<{ id: string; user_id: string; telegram_id: string }>(
    deps.db,
    `select s.id, s.created_by::text as user_id, u.telegram_id::text from processing_sessions s
      join users u on u.id = s.created_by
     where s.completed_at > clock_timestamp() - interval '${LOOKED_BACK}' and s.door <> 'telegram'
       and u.telegram_id = any(?::bigint[])
       and not exists (select from telegram_messages m where m.message_key = 'session:' || s.id)`,
    [[...people.keys()]],
  );
  for (const { id, user_id: userId, telegram_id: chatId } of sessions) {
    const to = people.get(chatId);
    if (to === undefined) continue;
    const files = await filesOfSessions(deps.db, [id]);
    const upload = {
      id: '',
      door_key: '',
      chat_id: chatId,
      user_id: userId,
      state: 'ended',
      attempts: 0,
      session_id: id,
      fault: null,
      attention_before: null,
    } as const;
    const session = { files, ended: true, attentionNow: null, loadedAt: new Map<string, string>() };
    const body = progressBody({ config: deps.config, lang: to.lang, upload, documents: [], session });
    await putMessage(deps.db, { key: `session:${id}`, chatId, quiet: to.quiet, ...body });
  }
}
