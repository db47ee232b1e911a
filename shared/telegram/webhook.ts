/** Where Telegram can reach the service it is told so, by each api at its start: saying the same twice does no harm. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config.ts';
import { sleep } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { type BotApi, faultOf, webhookSecretOf } from './bot-api.ts';
import { ALLOWED_UPDATES } from './polling.ts';

export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const AGAIN_MS = 10_000;

/** Compared in a time that tells nothing. */
export function isSecretOf(telegram: Config['telegram'], shown: string | undefined): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown ?? ''), digest(webhookSecretOf(telegram)));
}

export async function announceWebhook(
  { api, telegram, url, logger }: { api: BotApi; telegram: Config['telegram']; url: string; logger: Logger },
  signal: AbortSignal,
): Promise<void> {
  for (let isLogged = false; !signal.aborted; isLogged = true) {
    try {
      await api.setWebhook(
        url,
        { secret_token: webhookSecretOf(telegram), allowed_updates: ALLOWED_UPDATES, max_connections: 40 },
        signal as never,
      );
      return;
    } catch (error) {
      if (!isLogged && !signal.aborted)
        logger.warn('Telegram could not be told the webhook, it is tried again', { ...faultOf(error) });
      await sleep(AGAIN_MS, signal).catch(() => undefined);
    }
  }
}
