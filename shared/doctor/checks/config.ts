import { CONFIG_VARIABLES } from '../../config.ts';
import type { DoctorCode } from '../codes/entry.ts';
import { configCodes } from '../codes/config.ts';
import type { AreaCheck } from '../context.ts';

/** These have an area of their own, and a fault in one stops that area only. */
const ELSEWHERE = /^(DATABASE_URL|REDIS_URL|JWT_SECRETS|STORAGE_URL|TELEGRAM_\w+|BACKUP_URL)$/;
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  POSTGRES_URL: 'DATABASE_URL',
  POSTGRESQL_URL: 'DATABASE_URL',
  DB_URL: 'DATABASE_URL',
  DATABASE_URI: 'DATABASE_URL',
  REDIS_URI: 'REDIS_URL',
  REDISURL: 'REDIS_URL',
  JWT_SECRET: 'JWT_SECRETS',
  JWT_SECRET_KEY: 'JWT_SECRETS',
  SECRET_KEY: 'JWT_SECRETS',
  BOT_TOKEN: 'TELEGRAM_BOT_TOKEN',
};

export const configCheck: AreaCheck = {
  area: 'config',
  needs: [],
  codes: configCodes,
  async run(context, ladder) {
    const given = CONFIG_VARIABLES.filter((name) => (context.env[name] ?? '') !== '');
    await ladder.rung(
      'config.variables',
      async () =>
        `set=${given.length} known=${CONFIG_VARIABLES.length} node_env=${context.env['NODE_ENV'] ?? 'development'}`,
    );
    const codes: Readonly<Record<string, DoctorCode>> = {
      missing: 'config.variable_missing',
      incomplete: 'config.incomplete',
      too_small: 'config.pool_too_small',
    };
    for (const fault of context.faults) {
      if (ELSEWHERE.test(fault.variable)) continue;
      ladder.note(codes[fault.code] ?? 'config.variable_invalid', `${fault.variable}: ${fault.message}`);
    }
    for (const [name, right] of Object.entries(LOOK_ALIKES)) {
      if ((context.env[name] ?? '') !== '' && (context.env[right] ?? '') === '')
        ladder.note('config.look_alike', `${name} is set, ${right} is not`);
    }
    if (context.env['NODE_ENV'] === 'production' && (context.env['METRICS_TOKEN'] ?? '') === '')
      ladder.note('config.metrics_closed', 'METRICS_TOKEN is empty');
  },
};
