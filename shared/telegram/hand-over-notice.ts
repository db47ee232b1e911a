/** A notice becomes a message for everybody who chose such notices, each in their language. */
import type { Db } from '../db/client.ts';
import { noticeLine, type NoticeKind, type NoticeParams } from '../texts/notices.ts';
import { foreignLines } from './markup.ts';
import { putMessage } from './messages.ts';
import { noticeRecipients } from './notice-settings.ts';

/** Telegram takes 4 096 characters. */
const MAX_NOTICE = 4_000;

/** Twice is once: the messages bear the notice's number. */
export async function handOverNotice(
  db: Db,
  { id, kind, params }: { id: string; kind: NoticeKind; params: NoticeParams },
): Promise<void> {
  await db.transaction(async (trx) => {
    for (const { telegramId, lang, quiet } of await noticeRecipients(trx, kind))
      await putMessage(trx, {
        key: `notice:${id}:${telegramId}`,
        chatId: telegramId,
        text: `<b>VHM24R</b>\n${foreignLines(noticeLine(kind, params, lang), MAX_NOTICE)}`,
        quiet,
      });
  });
}
