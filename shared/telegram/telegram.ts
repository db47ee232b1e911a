/**
 * The bot as a part of the api: updates come in by webhook or polling, are written down, worked off here by whichever
 * api has room, and answered through the outbox.
 */
import type { Update } from 'grammy/types';
import { unavailable } from '../errors.ts';
import { createBotApi, botIdOf, faultOf } from './bot-api.ts';
import { tellDecidedElsewhere } from './applications.ts';
import { handleUpdate, sayFailed } from './handle-update.ts';
import type { BotDeps } from './incoming.ts';
import { workOnUpload } from './load.ts';
import { createPoller } from './polling.ts';
import { createRounds } from './rounds.ts';
import { sendDue, type SenderDeps } from './sender.ts';
import { tellSessions } from './tell-sessions.ts';
import { addUpdates, claimUpdate, dropOldRows, finishUpdate, returnUpdate } from './updates.ts';
import { announceWebhook } from './webhook.ts';
import { webhookUrl } from '../doctor/telegram-webhook.ts';

const UPDATES_MS = 1_000;
const UPLOADS_MS = 700;
const SENDING_MS = 250;
const TELLING_MS = 5_000;
const CLEANING_MS = 3_600_000;
const POLL_LIMIT_S = 20;

export interface TelegramBot {
  /** the bot's name, without the @ @throws AppError service_unavailable while Telegram does not answer */
  username(): Promise<string>;
  /** Writes an update down; resolves once it is safe to tell Telegram so. */
  take(update: Update): Promise<void>;
  start(): void;
  /** Begins nothing more; what is at hand ends or is left to its lease. */
  stop(): Promise<void>;
}

export type TelegramOptions = Omit<BotDeps, 'api'> &
  Pick<SenderDeps, 'makeSignInLink' | 'sendExport' | 'onBlocked' | 'countSent'>;

/** @returns null without TELEGRAM_BOT_TOKEN */
export function createTelegramBot(options: TelegramOptions): TelegramBot | null {
  const { db, config, logger } = options;
  const { telegram } = config;
  if (telegram.botToken === null) return null;
  const botId = botIdOf(telegram.botToken);
  const api = createBotApi(telegram);
  const deps: BotDeps = { ...options, api };
  const stopping = new AbortController();

  const sending = createRounds({
    name: 'telegram messages',
    intervalMs: SENDING_MS,
    atOnce: 3,
    logger,
    work: () => sendDue({ ...options, api }),
  });
  const uploading = createRounds({
    name: 'telegram uploads',
    intervalMs: UPLOADS_MS,
    atOnce: 4,
    logger,
    async work() {
      const found = await workOnUpload(deps, stopping.signal);
      if (found) sending.kick();
      return found;
    },
  });
  const updating = createRounds({
    name: 'telegram updates',
    intervalMs: UPDATES_MS,
    atOnce: 6,
    logger,
    work: workOnUpdate,
  });
  const cleaning = createRounds({
    name: 'telegram clean-up',
    intervalMs: CLEANING_MS,
    atOnce: 1,
    logger,
    work: async () => dropOldRows(db).then(() => false),
  });

  async function workOnUpdate(): Promise<boolean> {
    const claimed = await claimUpdate(db, botId);
    if (claimed === null) return false;
    try {
      const hasDocument = await handleUpdate(deps, botId, claimed);
      await finishUpdate(db, botId, claimed);
      if (hasDocument) uploading.kick();
    } catch (error) {
      const isLast = await returnUpdate(db, botId, claimed, faultOf(error).kind);
      logger.error('an update of Telegram failed', { event: 'telegram_update_failed', isLast, error });
      if (isLast) await sayFailed(deps, botId, claimed);
    }
    sending.kick();
    return true;
  }

  const telling = createRounds({
    name: 'telegram sessions',
    intervalMs: TELLING_MS,
    atOnce: 1,
    logger,
    async work() {
      await tellSessions(deps);
      await tellDecidedElsewhere(db);
      sending.kick();
      return false;
    },
  });

  const url = webhookUrl(config);
  const poller =
    url === null
      ? createPoller({
          db,
          api: createBotApi(telegram, POLL_LIMIT_S),
          botId,
          logger,
          onUpdates: () => updating.kick(),
        })
      : null;
  const rounds = [updating, uploading, sending, telling, cleaning];

  let name: string | null = null;

  return {
    async username() {
      name ??= await api.getMe().then(
        (me) => me.username,
        (error: unknown) => {
          // its message may tell the address that was asked, and that holds the token
          throw unavailable(new Error(faultOf(error).kind));
        },
      );
      return name;
    },
    async take(update) {
      await addUpdates(db, botId, [update]);
      updating.kick();
    },
    start() {
      for (const round of rounds) round.start();
      poller?.start();
      if (url !== null) void announceWebhook({ api, telegram, url, logger }, stopping.signal);
    },
    async stop() {
      stopping.abort(new Error('the service is shutting down'));
      await Promise.allSettled([poller?.stop(), ...rounds.map((round) => round.stop())]);
    },
  };
}
