import { problem, rung, type CodeTable } from './entry.ts';

const commands = ['df -h', 'du -xh --max-depth=1 / | sort -h | tail'];

export const diskCodes = {
  'disk.space': rung,
  'disk.nearly_full': problem('warn', commands),
  'disk.full': problem('error', commands),
} as const satisfies CodeTable;
