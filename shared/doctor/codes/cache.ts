import { problem, rung, type CodeTable } from './entry.ts';

export const cacheCodes = {
  'cache.write_read': rung,
  'cache.not_kept': problem('warn', ['npm run doctor -- --only redis']),
} as const satisfies CodeTable;
