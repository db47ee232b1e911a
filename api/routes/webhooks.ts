import type { Update } from 'grammy/types';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { isSecretOf, SECRET_HEADER } from '../../shared/telegram/webhook.ts';
import { limitAnonymous } from '../middleware/rate-limit.ts';
import { defineRoute, type Route } from '../route.ts';

/** What Telegram sends; all but the number is read where it is worked off. */
const update = z.looseObject({ update_id: z.number().int().min(0) });

export function createWebhookRoutes({ telegram, config, limits }: ApiResources): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/webhooks/telegram',
      role: 'public',
      ownLimits: true,
      summary: 'For Telegram alone: an update of the bot, answered once it is written down; 404 without a bot',
      body: z.looseObject({}),
      responses: { 200: z.object({ ok: z.boolean() }).meta({ id: 'WebhookTaken' }) },
      async handler({ body, request, response }) {
        if (telegram === null || !isSecretOf(config.telegram, request.get(SECRET_HEADER))) {
          await limitAnonymous(limits, request, response);
          if (telegram === null) throw new AppError('not_found');
          throw new AppError('unauthenticated', { details: { reason: 'wrong_secret' } });
        }
        const parsed = update.safeParse(body);
        if (!parsed.success) throw new AppError('validation_failed', { details: { reason: 'no_update' } });
        await telegram.take(parsed.data as unknown as Update);
        return { ok: true };
      },
    }),
  ];
}
