import { problem, rung, type CodeTable } from './entry.ts';

export const workerCodes = {
  'worker.alive': rung,
  'worker.none_alive': problem('error', [
    'npm run worker',
    'railway restart --service worker',
    'railway logs --service worker',
  ]),
  'worker.stuck': problem('error', ['railway restart --service worker']),
  'worker.redis_differs': problem('error', [
    "railway variables --service worker --set 'REDIS_URL=${{Redis.REDIS_URL}}'",
  ]),
  'worker.version_mismatch': problem('warn', ['railway redeploy --service worker']),
  'worker.files_retrying': problem('warn', [
    'npm run doctor -- --only postgres,storage',
    'railway logs --service worker',
  ]),
} as const satisfies CodeTable;
