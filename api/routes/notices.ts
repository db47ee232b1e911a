import { z } from 'zod';
import { createBinding, unbind } from '../../shared/auth/telegram-binding.ts';
import { AppError } from '../../shared/errors.ts';
import {
  CHOICE_KINDS,
  changeNotices,
  type NoticeSettings,
  noticeSettings,
} from '../../shared/telegram/notice-settings.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { defineRoute, type Route } from '../route.ts';
import { actorOf } from './users.ts';

const kind = z.enum(CHOICE_KINDS as [(typeof CHOICE_KINDS)[number]]);
const settingsView = z
  .object({
    bot: z.boolean().describe('whether there is a bot at all'),
    telegramId: z.string().nullable().describe('null: no chat with the bot is bound'),
    kinds: z.array(z.object({ kind, on: z.boolean() })).describe('what this person may have'),
    quiet: z.boolean().describe('from 22:00 to 08:00 in Tashkent nothing but errors'),
    off: z
      .object({ at: z.string(), reason: z.enum(['stopped', 'blocked']) })
      .nullable()
      .describe('nothing is sent: by /stop or the page (stopped), or because the person stopped the bot (blocked)'),
  })
  .meta({ id: 'NoticeSettings' });
const settingsBody = z.strictObject({
  kinds: z.array(kind).max(CHOICE_KINDS.length).optional(),
  quiet: z.boolean().optional(),
  off: z.boolean().optional(),
});
const bindingView = z
  .object({ url: z.string().describe('opens the bot, which binds the chat; good once'), expiresAt: z.string() })
  .meta({ id: 'TelegramBinding' });

/** What the bot tells a person, and which chat is theirs. */
export function createNoticeRoutes({ db, telegram }: ApiResources): Route[] {
  const view = ({ off, ...settings }: NoticeSettings): z.input<typeof settingsView> => ({
    ...settings,
    bot: telegram !== null,
    off: off === null ? null : { ...off, at: tashkentIso(off.at) },
  });
  return [
    defineRoute({
      method: 'get',
      path: '/auth/notices',
      role: 'any',
      summary: 'Which notices I get by Telegram',
      responses: { 200: settingsView },
      handler: async ({ principal }) => view(await noticeSettings(db, principal.userId)),
    }),
    defineRoute({
      method: 'patch',
      path: '/auth/notices',
      role: 'any',
      summary: 'Choose which notices I get by Telegram',
      body: settingsBody,
      responses: { 200: settingsView },
      async handler({ principal, body }) {
        await changeNotices(db, principal.userId, body);
        return view(await noticeSettings(db, principal.userId));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/telegram/binding',
      role: 'any',
      summary: 'A link to the bot that binds the chat which opens it to me; 404 without a bot',
      responses: { 201: bindingView },
      async handler({ principal, response }) {
        // a script has no chat
        if (principal.kind !== 'access') throw new AppError('forbidden');
        const name = await telegram?.username();
        if (name === undefined) throw new AppError('not_found');
        const { code, expiresAt } = await createBinding(db, principal);
        response.status(201).setHeader('Cache-Control', 'no-store');
        return { url: `https://t.me/${name}?start=${code}`, expiresAt: tashkentIso(expiresAt) };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/auth/telegram/binding',
      role: 'any',
      summary: 'Unbind my chat with the bot',
      responses: { 204: null },
      async handler(asked) {
        await unbind(db, asked.principal.userId, actorOf(asked));
      },
    }),
  ];
}
