/** What the api hands to its bot. */
import { createSignInLink } from '../auth/sign-in-links.ts';
import { findUserByTelegramId } from '../auth/users.ts';
import type { Auth } from '../auth/auth.ts';
import { execute } from '../db/rows.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { BotDeps } from './incoming.ts';
import { sendExportDocument } from './reports.ts';
import { createTelegramBot, type TelegramBot } from './telegram.ts';

export type { TelegramBot } from './telegram.ts';

type Given = Omit<BotDeps, 'api' | 'accounts'> & {
  auth: Pick<Auth, 'accounts'>;
  metrics: Pick<Metrics, 'countTelegram'>;
};

export function createTelegramParts(given: Given): TelegramBot | null {
  const { db, store, config, auth } = given;
  return createTelegramBot({
    ...given,
    accounts: auth.accounts,
    makeSignInLink: async (userId) => `${config.publicUrl ?? ''}/sign-in#link=${await createSignInLink(db, userId)}`,
    sendExport: sendExportDocument({ db, store }),
    async onBlocked(chatId) {
      const user = await findUserByTelegramId(db, chatId);
      if (user === null) return;
      await execute(
        db,
        `insert into telegram_preferences (user_id, off_at, off_reason) values (?, clock_timestamp(), 'blocked')
         on conflict (user_id) do update set off_at = clock_timestamp(), off_reason = 'blocked'`,
        [user.id],
      );
    },
    countSent: (outcome) => given.metrics.countTelegram(outcome),
  });
}
