import { problem, rung, type CodeTable } from './entry.ts';

export const queueCodes = {
  'queue.rows': rung,
  'queue.jobs': rung,
  'queue.backlog_old': problem('warn', ['npm run doctor -- --only worker,queue']),
  'queue.stalled': problem('warn', ['railway restart --service worker']),
  'queue.poison': problem('warn'),
  'queue.paused': problem('error', ['npm run doctor -- --fix --only queue']),
} as const satisfies CodeTable;
