import assert from 'node:assert/strict';
import { eventually } from '../eventually.ts';
import { openTestApi, type InProcessApi } from '../in-process-api.ts';
import { createTestDatabase } from '../postgres.ts';
import { openBotApi, type BotApiStandIn } from './stand-in.ts';

export interface TestBot {
  telegram: BotApiStandIn;
  api: InProcessApi;
  close(): Promise<void>;
}

/** A bot by webhook: an api of its own on a database of its own, and the stand-in for Telegram that delivers to it. */
export async function openTestBot(adminIds: readonly number[]): Promise<TestBot> {
  const database = await createTestDatabase();
  const telegram = await openBotApi();
  let api: InProcessApi | null = null;
  const close = async (): Promise<void> => {
    await api?.close();
    await telegram.close();
    await database.drop();
  };
  try {
    api = await openTestApi({
      DATABASE_URL: database.url,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.root,
      TELEGRAM_ADMIN_IDS: adminIds.join(','),
      PUBLIC_URL: 'https://vhm24r.test',
    });
    telegram.deliverTo = [api.url];
    await eventually(() => assert.ok(telegram.webhook));
    return { telegram, api, close };
  } catch (error) {
    await close();
    throw error;
  }
}
