/**
 * The Bot API through grammY, and what its refusals mean. The only file that knows words of Telegram's answers: the API
 * gives its reasons as sentences, with no code of their own below the HTTP status.
 */
import { createHmac } from 'node:crypto';
// this build uses the platform's fetch; the other brings an old one with it
import { Api, GrammyError } from 'grammy/web';
import type { Config } from '../config.ts';

export type BotApi = Api;

const CALL_LIMIT_S = 15;
/** What the Bot API gives out. */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;
export const MAX_TEXT = 4_096;

type TelegramConfig = Config['telegram'];

/** @param limitS of one call; long polling waits longer */
export function createBotApi({ botToken, apiRoot }: TelegramConfig, limitS = CALL_LIMIT_S): BotApi {
  return new Api(botToken ?? '', { apiRoot: apiRoot.replace(/\/$/, ''), timeoutSeconds: limitS });
}

/** The bot's own id, which is the first part of its token; "0" where the token has none. */
export function botIdOf(token: string): string {
  return /^(\d{1,18}):/.exec(token)?.[1] ?? '0';
}

/** What Telegram must show with each update: TELEGRAM_WEBHOOK_SECRET, else one that follows from the token. */
export function webhookSecretOf({ botToken, webhookSecret }: TelegramConfig): string {
  return (
    webhookSecret ??
    createHmac('sha256', botToken ?? '')
      .update('vhm24r telegram webhook')
      .digest('base64url')
  );
}

export type CallFault =
  /** it reads so already */
  | { kind: 'unchanged' }
  /** the person stopped the bot, or is no more */
  | { kind: 'blocked' }
  /** the message to be edited is gone */
  | { kind: 'gone' }
  | { kind: 'later'; afterS: number; code: string }
  /** the same would be refused again */
  | { kind: 'refused'; code: string };

/** What to do about a call that failed. Its message is kept out: fetch's would show the address with the token. */
export function faultOf(error: unknown): CallFault {
  if (!(error instanceof GrammyError)) return { kind: 'later', afterS: 2, code: 'unreachable' };
  const { error_code: status, description, parameters } = error;
  const code = `http_${status}`;
  if (status === 429) return { kind: 'later', afterS: Math.max(1, parameters.retry_after ?? 5), code };
  if (status >= 500 || status === 401 || status === 404 || status === 409) return { kind: 'later', afterS: 5, code };
  if (status === 403) return { kind: 'blocked' };
  if (/message is not modified/i.test(description)) return { kind: 'unchanged' };
  if (/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i.test(description))
    return { kind: 'gone' };
  if (/chat not found|user is deactivated/i.test(description)) return { kind: 'blocked' };
  if (/file is too big/i.test(description)) return { kind: 'refused', code: 'too_big' };
  return { kind: 'refused', code };
}
