import { problem, rung, type CodeTable } from './entry.ts';

export const backupCodes = {
  'backup.place': rung,
  'backup.not_configured': problem('info', ['npm run backup']),
  'backup.url_invalid': problem('error'),
  'backup.unreachable': problem('error'),
  'backup.none': problem('warn', ['npm run backup']),
  'backup.stale': problem('warn', ['npm run backup', 'railway logs --service worker']),
  'backup.unverified': problem('warn', ['npm run restore -- --check']),
} as const satisfies CodeTable;
