import { problem, rung, type CodeTable } from './entry.ts';

const commands = ['date -u', 'timedatectl set-ntp true'];

export const clockCodes = {
  'clock.postgres': rung,
  'clock.redis': rung,
  'clock.off': problem('error', commands),
  'clock.drift': problem('warn', commands),
} as const satisfies CodeTable;
