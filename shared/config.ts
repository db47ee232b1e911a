/**
 * The only reader of the environment (api.md section 2). `loadConfig(env)` returns a frozen typed object or throws one
 * ConfigError that lists every fault. No secret has a default. Others get their slice as an argument.
 */
import { z } from 'zod';
import { intakeConfig, intakeFaults, intakeShape, type IntakeConfig } from './config-intake.ts';
import type { ConfigFault } from './config-fault.ts';
import { isWeakSecret, type JwtSecret, MAKE_SECRET_COMMAND, secretsSchema } from './config-secrets.ts';
import { observingConfig, observingShape, type ObservingConfig } from './config-observing.ts';
import { retentionConfig, retentionShape, type RetentionConfig } from './config-retention.ts';

/** All faults of the environment at once. */
export class ConfigError extends Error {
  readonly faults: readonly ConfigFault[];
  constructor(faults: readonly ConfigFault[]) {
    super(`configuration: ${faults.map((fault) => `${fault.variable}: ${fault.message}`).join('; ')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** The signing keys alone, for the command that rotates them. @throws ConfigError */
export function readJwtSecrets(text: string): JwtSecret[] {
  const parsed = secretsSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => ({
      variable: 'JWT_SECRETS',
      code: 'invalid',
      message: issue.message,
      ...(issue.code === 'custom' && issue.params ? { says: issue.params as ConfigFault['says'] } : {}),
    })),
  );
}

function url(protocols: readonly string[]) {
  return z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    { message: `is not a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}` },
  );
}

const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const schema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  PORT: integer(0, 65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: url(['http:', 'https:']).optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_READ_URL: url(['postgres:', 'postgresql:']).optional(),
  DATABASE_POOL_MAX: integer(2, 200).default(12),
  REDIS_URL: url(['redis:', 'rediss:']).optional(),
  JWT_SECRETS: secretsSchema.optional(),
  ACCESS_TOKEN_TTL_S: integer(30, 3600).default(900),
  REFRESH_TOKEN_TTL_S: integer(60, 90 * 86_400).default(30 * 86_400),
  STORAGE_URL: z
    .string()
    .refine((text) => /^file:.+$|^postgres:$|^s3:\/\/[^/]+/.test(text), {
      message: 'is file:<folder>, postgres: or s3://bucket/prefix',
    })
    .default('postgres:'),
  MAX_FILE_MB: integer(1, 4096).default(100),
  MAX_FILES: integer(1, 100).default(10),
  SYNC_WAIT_MS: integer(0, 240_000).default(25_000),
  WORKER_CONCURRENCY: integer(1, 16).default(2),
  LEASE_MS: integer(1000, 600_000).default(10_000),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(12, { message: 'has 12 characters or more' }).optional(),
  TELEGRAM_BOT_TOKEN: z.string().optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, { message: 'is 1 to 256 letters, digits, - and _' })
    .optional(),
  TELEGRAM_ADMIN_IDS: list
    .refine((ids) => ids.every((id) => /^\d+$/.test(id)), { message: 'is a list of numeric Telegram ids' })
    .default([]),
  TELEGRAM_API_ROOT: url(['http:', 'https:']).default('https://api.telegram.org'),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  LOG_FORMAT: z.enum(['json', 'text']).optional(),
  TRUST_PROXY: z.string().default('0'),
  DRAIN_MS: integer(0, 30_000).optional(),
  CORS_ORIGINS: list.default([]),
  BUSINESS_TZ: z.literal('Asia/Tashkent').default('Asia/Tashkent'),
  TIME_TOLERANCE_S: integer(0, 3600).default(60),
  HW_VENDHUB_WINDOW_S: integer(0, 3600).optional(),
  FISCAL_WINDOW_S: integer(0, 3600).optional(),
  GATEWAY_WINDOW_S: integer(0, 3600).optional(),
  AMOUNT_TOLERANCE: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,2})?$/, { message: 'is an amount in UZS such as 0.01' })
    .default('0.01'),
  BACKUP_URL: z.string().optional(),
  BACKUP_KEEP_DAYS: integer(1, 3650).default(7),
  RATE_LIMIT_FACTOR: z.coerce.number().min(0).max(1000).default(1),
  ERROR_CEILING: z
    .string()
    .regex(/^([a-z_]+:\d+)(,[a-z_]+:\d+)*$/, { message: 'has the form source:n,source:n' })
    .optional(),
  AUDIT_KEY: z.string().min(32, { message: 'has 32 characters or more' }).optional(),
  AUDIT_ANCHOR: z
    .string()
    .regex(/^file:.+|^s3:\/\/[^/]+/, { message: 'is file:PATH or s3://bucket/prefix' })
    .optional(),
  ...retentionShape,
  ...intakeShape,
  ...observingShape,
});

export type ConfigVariable = keyof typeof schema.shape;

/** Names of all variables that are read, for the documents' test. */
export const CONFIG_VARIABLES = Object.keys(schema.shape) as ConfigVariable[];

/** A balancer that asks /readyz every second or two has noticed by then. */
const PROXY_DRAIN_MS = 5_000;

/** Widths of the time windows in seconds and the tolerance of amounts in UZS (rules.md section 5.1). */
export interface MatchingConfig {
  hwVendhubWindowS: number;
  fiscalWindowS: number;
  gatewayWindowS: number;
  /** decimal text */
  amountTolerance: string;
}

export interface Config extends ObservingConfig {
  nodeEnv: 'production' | 'development' | 'test';
  production: boolean;
  port: number;
  host: string;
  publicUrl: string | null;
  database: { url: string; readUrl: string | null; poolMax: number };
  /** null = no Redis is configured: the same as Redis down, for ever. */
  redisUrl: string | null;
  auth: {
    secrets: readonly JwtSecret[];
    accessTtlS: number;
    refreshTtlS: number;
    admin: { email: string; password: string } | null;
  };
  storageUrl: string;
  uploads: { maxFileBytes: number; maxFiles: number; syncWaitMs: number };
  processing: { concurrency: number; leaseMs: number; errorCeiling: Readonly<Record<string, number>> };
  telegram: { botToken: string | null; webhookSecret: string | null; adminIds: readonly string[]; apiRoot: string };
  log: { level: 'error' | 'warn' | 'info' | 'debug'; format: 'json' | 'text' };
  trustProxy: boolean | number | string;
  /** how long the api goes on accepting after SIGTERM, while /readyz says 503, ms */
  drainMs: number;
  corsOrigins: readonly string[];
  matching: MatchingConfig;
  backup: { url: string | null; keepDays: number };
  retention: RetentionConfig;
  rateLimitFactor: number;
  auditKey: string | null;
  /** file:PATH or s3://bucket/prefix, where heads of the audit chain are kept as well; null = in the log alone */
  auditAnchor: string | null;
  intake: IntakeConfig;
  /** the usual AWS variables, for s3:// addresses; the buckets' client reads them */
  aws: Readonly<Record<string, string | undefined>>;
  /** Weak, yet accepted settings; logged at start and shown by the doctor. */
  warnings: readonly ConfigFault[];
}

/** Which service reads the environment: they demand different variables. `tool` = migrations and other commands. */
export type ServiceName = 'api' | 'worker' | 'tool';

function trustProxyOf(text: string): boolean | number | string {
  if (/^\d+$/.test(text)) return Number(text) === 0 ? false : Number(text);
  // one proxy: trusting all of them would believe whatever address a client writes into the header
  if (text === 'true') return 1;
  if (text === 'false' || text === '') return false;
  return text;
}

/** So many files at work need two connections each, and everything else two more. */
export function fewestConnections(files: number): number {
  return files * 2 + 2;
}

/**
 * @param env the environment, or a plain object in tests; empty values count as absent
 * @throws ConfigError with every fault
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, service: ServiceName): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([name, value]) => name in schema.shape && value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  const faults: ConfigFault[] = [];
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0] ?? '');
      const missing = !(variable in given);
      faults.push({ variable, code: missing ? 'missing' : 'invalid', message: missing ? 'is not set' : issue.message });
    }
  }
  const value = parsed.data;
  if (service === 'api' && given['JWT_SECRETS'] === undefined) {
    faults.push({
      variable: 'JWT_SECRETS',
      code: 'missing',
      message: `is not set; make one with: ${MAKE_SECRET_COMMAND}`,
    });
  }
  if (service === 'api' && given['NODE_ENV'] === 'production' && given['AUDIT_KEY'] === undefined) {
    faults.push({
      variable: 'AUDIT_KEY',
      code: 'missing',
      message: 'is required by the api in production: 32 random characters or more',
    });
  }
  if ((given['ADMIN_EMAIL'] === undefined) !== (given['ADMIN_PASSWORD'] === undefined)) {
    faults.push({
      variable: 'ADMIN_PASSWORD',
      code: 'incomplete',
      message: 'ADMIN_EMAIL and ADMIN_PASSWORD are set together or not at all',
    });
  }
  faults.push(...intakeFaults(given));
  const fewest = fewestConnections(value?.WORKER_CONCURRENCY ?? 0);
  if (value !== undefined && value.DATABASE_POOL_MAX < fewest) {
    const message = `needs two connections per file at work and two more: at least ${fewest}`;
    faults.push({ variable: 'DATABASE_POOL_MAX', code: 'too_small', message });
  }
  if (faults.length > 0 || value === undefined) throw new ConfigError(faults);

  const production = value.NODE_ENV === 'production';
  const trustProxy = trustProxyOf(value.TRUST_PROXY);
  const warnings: ConfigFault[] = (value.JWT_SECRETS ?? [])
    .filter((key) => isWeakSecret(key.secret))
    .map((key) => ({
      variable: 'JWT_SECRETS',
      code: 'weak',
      message: `the secret of key "${key.kid}" uses few kinds of characters`,
    }));
  return deepFreeze({
    nodeEnv: value.NODE_ENV,
    production,
    port: value.PORT,
    host: value.HOST ?? (production ? '::' : '127.0.0.1'),
    publicUrl: value.PUBLIC_URL ?? null,
    database: { url: value.DATABASE_URL, readUrl: value.DATABASE_READ_URL ?? null, poolMax: value.DATABASE_POOL_MAX },
    redisUrl: value.REDIS_URL ?? null,
    auth: {
      secrets: value.JWT_SECRETS ?? [],
      accessTtlS: value.ACCESS_TOKEN_TTL_S,
      refreshTtlS: value.REFRESH_TOKEN_TTL_S,
      admin:
        value.ADMIN_EMAIL !== undefined && value.ADMIN_PASSWORD !== undefined
          ? { email: value.ADMIN_EMAIL, password: value.ADMIN_PASSWORD }
          : null,
    },
    storageUrl: value.STORAGE_URL,
    uploads: {
      maxFileBytes: value.MAX_FILE_MB * 1024 * 1024,
      maxFiles: value.MAX_FILES,
      syncWaitMs: value.SYNC_WAIT_MS,
    },
    processing: {
      concurrency: value.WORKER_CONCURRENCY,
      leaseMs: value.LEASE_MS,
      errorCeiling: Object.fromEntries(
        (value.ERROR_CEILING ?? '')
          .split(',')
          .filter(Boolean)
          .map((part) => [part.split(':')[0] ?? '', Number(part.split(':')[1])]),
      ),
    },
    telegram: {
      botToken: value.TELEGRAM_BOT_TOKEN ?? null,
      webhookSecret: value.TELEGRAM_WEBHOOK_SECRET ?? null,
      adminIds: value.TELEGRAM_ADMIN_IDS,
      apiRoot: value.TELEGRAM_API_ROOT,
    },
    log: { level: value.LOG_LEVEL, format: value.LOG_FORMAT ?? (production ? 'json' : 'text') },
    trustProxy,
    drainMs: value.DRAIN_MS ?? (production || trustProxy !== false ? PROXY_DRAIN_MS : 0),
    corsOrigins: value.CORS_ORIGINS,
    matching: {
      hwVendhubWindowS: value.HW_VENDHUB_WINDOW_S ?? value.TIME_TOLERANCE_S,
      fiscalWindowS: value.FISCAL_WINDOW_S ?? value.TIME_TOLERANCE_S,
      gatewayWindowS: value.GATEWAY_WINDOW_S ?? value.TIME_TOLERANCE_S,
      amountTolerance: value.AMOUNT_TOLERANCE,
    },
    backup: { url: value.BACKUP_URL ?? null, keepDays: value.BACKUP_KEEP_DAYS },
    retention: retentionConfig(value),
    rateLimitFactor: value.RATE_LIMIT_FACTOR,
    auditKey: value.AUDIT_KEY ?? null,
    auditAnchor: value.AUDIT_ANCHOR ?? null,
    intake: intakeConfig(value),
    ...observingConfig(value),
    aws: Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('AWS_'))),
    warnings,
  });
}

/** The environment as it is, for the doctor: it reads what may not be valid. */
export function rawEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

/**
 * Does this, without a pause, while one more variable is set: for a library that has no other switch. The environment
 * is the same before and after.
 */
export function withVariable<T>(name: string, value: string, work: () => T): T {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/** The configuration of this process, from its environment. */
export function loadServiceConfig(service: ServiceName): Config {
  return loadConfig(process.env, service);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  return Object.freeze(value);
}
