import { problem, rung, type CodeTable } from './entry.ts';

export const blacklistCodes = {
  'blacklist.truth': rung,
  'blacklist.copy': rung,
  'blacklist.unreadable': problem('error', ['npm run migrate']),
  'blacklist.expired_pile': problem('warn'),
} as const satisfies CodeTable;
