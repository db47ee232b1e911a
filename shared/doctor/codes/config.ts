import { problem, rung, type CodeTable } from './entry.ts';

export const configCodes = {
  'config.variables': rung,
  'config.variable_invalid': problem('error'),
  'config.variable_missing': problem('error'),
  'config.incomplete': problem('error'),
  'config.pool_too_small': problem('error'),
  'config.look_alike': problem('info'),
  'config.metrics_closed': problem('info'),
} as const satisfies CodeTable;
