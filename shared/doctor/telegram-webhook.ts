/** Where Telegram finds the bot, for the api that tells it and for the doctor that looks. */
import type { Config } from '../config.ts';

const WEBHOOK_PATH = '/api/v1/webhooks/telegram';

/** The address that Telegram is told; null where it could not reach one. */
export function webhookUrl({ publicUrl }: Pick<Config, 'publicUrl'>): string | null {
  return publicUrl?.startsWith('https:') === true ? `${publicUrl.replace(/\/$/, '')}${WEBHOOK_PATH}` : null;
}
