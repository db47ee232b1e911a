import { problem, rung, type CodeTable } from './entry.ts';

export const telegramCodes = {
  'telegram.bot': rung,
  'telegram.not_configured': problem('info'),
  'telegram.token_wrong': problem('error', ["railway variables --set 'TELEGRAM_BOT_TOKEN=…'"]),
  'telegram.unreachable': problem('warn'),
  'telegram.admin_ids_invalid': problem('error'),
  'telegram.setting_invalid': problem('error'),
  'telegram.no_admin_ids': problem('warn'),
  'telegram.webhook_elsewhere': problem('error'),
  'telegram.updates_pending': problem('warn'),
  'telegram.webhook_failing': problem('warn'),
} as const satisfies CodeTable;
