/** Brings Telegram in step with the outbox: sends what is new, edits what reads differently, sends finished exports. */
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import { type BotApi, faultOf } from './bot-api.ts';
import {
  claimMessages,
  type ClaimedMessage,
  holdChats,
  isForNobody,
  messageFailed,
  messageLater,
  messageSent,
} from './messages.ts';

const MAX_ATTEMPTS = 12;
const LONGEST_PAUSE_S = 600;

export interface SenderDeps {
  db: Db;
  api: BotApi;
  logger: Logger;
  /** a one-time address that signs this person in */
  makeSignInLink(userId: string): Promise<string>;
  /** Sends a written export, or why there is none; null while it is being written. @returns the message's id */
  sendExport(
    api: BotApi,
    chatId: string,
    given: { exportId: string; text: string; failedText: string },
  ): Promise<number | null>;
  /** The person stopped the bot: this chat gets nothing any more. */
  onBlocked(chatId: string): Promise<void>;
  countSent(outcome: 'sent' | 'edited' | 'failed' | 'later'): void;
}

/** One look at the outbox. @returns whether anything was due */
export async function sendDue(deps: SenderDeps): Promise<boolean> {
  const claimed = await deps.db.transaction(claimMessages);
  await Promise.all(claimed.map((message) => deliver(deps, message)));
  return claimed.length > 0;
}

async function deliver(deps: SenderDeps, message: ClaimedMessage): Promise<void> {
  const { db, logger } = deps;
  try {
    // it may have waited for the morning, or for its export
    if (await isForNobody(db, message)) return await messageFailed(db, message, 'person_blocked');
    const messageId = await call(deps, message);
    if (messageId === null) {
      await messageLater(db, message, { afterS: 2, code: 'not_written_yet' });
      return;
    }
    await messageSent(db, message, messageId);
    deps.countSent(message.messageId === null ? 'sent' : 'edited');
  } catch (error) {
    const fault = faultOf(error);
    if (fault.kind === 'unchanged') return messageSent(db, message, message.messageId ?? 0);
    if (fault.kind === 'gone') return messageLater(db, message, { afterS: 0, code: 'gone', forget: true });
    if (fault.kind === 'later' && message.attempts < MAX_ATTEMPTS) {
      deps.countSent('later');
      const afterS = Math.min(
        LONGEST_PAUSE_S,
        Math.max(fault.afterS, fault.code === 'http_429' ? 0 : 2 ** message.attempts),
      );
      // Telegram names the pause of the chat: nothing else goes there before
      if (fault.code === 'http_429') await holdChats(db, [message.chatId], `${fault.afterS} seconds`);
      return messageLater(db, message, { afterS, code: fault.code });
    }
    const code = fault.kind === 'blocked' ? 'blocked' : fault.code;
    deps.countSent('failed');
    logger.warn('a message could not be sent', { event: 'telegram_unsent', key: message.key.split(':')[0], code });
    await messageFailed(db, message, code);
    if (fault.kind === 'blocked') await deps.onBlocked(message.chatId);
  }
}

async function call(deps: SenderDeps, { chatId, messageId, atNight, body }: ClaimedMessage): Promise<number | null> {
  const { api } = deps;
  const { exportId, failedText = body.text } = body;
  if (exportId !== undefined) return deps.sendExport(api, chatId, { exportId, text: body.text, failedText });
  const text =
    body.signInOf === undefined ? body.text : body.text.replaceAll('{link}', await deps.makeSignInLink(body.signInOf));
  const options = {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: body.keyboard ?? [] },
  } as const;
  if (messageId === null) {
    const quietly = atNight && body.soundless === true ? { disable_notification: true } : {};
    return (await api.sendMessage(chatId, text, { ...options, ...quietly })).message_id;
  }
  await api.editMessageText(chatId, messageId, text, options);
  return messageId;
}
