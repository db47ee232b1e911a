import { problem, rung, type CodeTable } from './entry.ts';

export const versionCodes = {
  'version.node': rung,
  'version.services': rung,
  'version.node_old': problem('error'),
  'version.api_none_alive': problem('warn', [
    'npm run api',
    'railway restart --service api',
    'railway logs --service api',
  ]),
  'version.reader_unconfined': problem('info', ['unshare --net --map-root-user true']),
  'version.api_mismatch': problem('warn', ['railway redeploy --service api']),
} as const satisfies CodeTable;
