import { telegramCodes } from '../codes/telegram.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';
import { maskUrl } from '../../redact.ts';
import { webhookUrl } from '../telegram-webhook.ts';
import { errorCode } from '../wire.ts';

const LIMIT_MS = 3_500;
const RECENT_S = 3_600;
const MANY_PENDING = 50;

interface WebhookInfo {
  url?: string;
  pending_update_count?: number;
  last_error_date?: number;
}

export const telegramCheck: AreaCheck = {
  area: 'telegram',
  needs: [],
  codes: telegramCodes,
  async run(context, ladder) {
    const token = context.env['TELEGRAM_BOT_TOKEN'] ?? '';
    const root = (context.env['TELEGRAM_API_ROOT'] ?? '') || 'https://api.telegram.org';
    const fault = context.faults.find(({ variable }) => variable.startsWith('TELEGRAM_'));
    await ladder.rung(
      'telegram.bot',
      async () => {
        if (fault !== undefined) {
          const code = fault.variable === 'TELEGRAM_ADMIN_IDS' ? 'admin_ids_invalid' : 'setting_invalid';
          throw new Trouble(`telegram.${code}`, `${fault.variable}: ${fault.message}`);
        }
        if (token === '') throw new Trouble('telegram.not_configured', 'TELEGRAM_BOT_TOKEN is empty');
        const me = await call<{ username?: string }>(root, token, 'getMe');
        if ((context.env['TELEGRAM_ADMIN_IDS'] ?? '') === '')
          ladder.note('telegram.no_admin_ids', 'TELEGRAM_ADMIN_IDS is empty');
        const hook = await call<WebhookInfo>(root, token, 'getWebhookInfo');
        const ageS = Date.now() / 1000 - (hook.last_error_date ?? 0);
        if (ageS < RECENT_S) ladder.note('telegram.webhook_failing', `last_error=${Math.round(ageS)}s ago`);
        const wanted = webhookUrl({ publicUrl: context.env['PUBLIC_URL'] ?? null });
        // where there is none the api polls, and takes a webhook away that stands in its way
        if ((hook.url ?? '') !== '' && hook.url !== wanted)
          ladder.note('telegram.webhook_elsewhere', `webhook=${maskUrl(hook.url ?? '')}`);
        const pending = hook.pending_update_count ?? 0;
        if (pending >= MANY_PENDING) ladder.note('telegram.updates_pending', `pending=${pending}`);
        return `bot=${me.username ?? '?'}`;
      },
      { limitMs: 2 * LIMIT_MS + 500, late: 'telegram.unreachable' },
    );
  },
};

async function call<T>(root: string, token: string, method: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${root.replace(/\/$/, '')}/bot${token}/${method}`, {
      signal: AbortSignal.timeout(LIMIT_MS),
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    throw new Trouble('telegram.unreachable', `${method}=${errorCode(cause ?? error)}`, { cause: error });
  }
  if (response.status === 401 || response.status === 404) {
    await response.body?.cancel();
    throw new Trouble('telegram.token_wrong', `${method}=${response.status}`);
  }
  const body = (await response.json().catch(() => null)) as { ok?: boolean; result?: T } | null;
  if (!response.ok || body?.ok !== true || body.result === undefined)
    throw new Trouble('telegram.unreachable', `${method}=${response.status}`);
  return body.result;
}
