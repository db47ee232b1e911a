/** What `--fix` may do: only what is safe and easily undone. Each says what it would do. */
import { Redis } from 'ioredis';
import pg from 'pg';
import { withDeadline } from '../lifecycle.ts';
import { BULL_PREFIX } from '../queue/bull-queues.ts';
import { expectedSchema } from './expected-schema.ts';
import type { Finding, Fix } from './finding.ts';
import { errorCode } from './wire.ts';

type Env = Readonly<Record<string, string | undefined>>;

interface Remedy {
  describe(finding: Finding): string;
  apply(env: Env, finding: Finding): Promise<void>;
}

const FIX_LIMIT_MS = 60_000;

const remedies: Readonly<Record<string, Remedy>> = {
  'redis.evicting_policy': {
    describe: () => 'CONFIG SET maxmemory-policy noeviction',
    apply: (env) => withRedis(env, (redis) => redis.config('SET', 'maxmemory-policy', 'noeviction')),
  },
  'queue.paused': {
    describe: () => 'resume the queue files',
    apply: (env) =>
      withRedis(env, async (redis) => {
        await redis.hdel(`${BULL_PREFIX}:files:meta`, 'paused');
        // a marker wakes the workers that wait
        await redis.zadd(`${BULL_PREFIX}:files:marker`, 0, '0');
      }),
  },
  'postgres.index_missing': {
    describe: (finding) => `create the indexes again (${finding.evidence})`,
    async apply(env, finding) {
      const expected = await expectedSchema();
      const names = /missing=(\S+)/.exec(finding.evidence)?.[1]?.split(',') ?? [];
      const client = new pg.Client({
        connectionString: env['DATABASE_URL'],
        application_name: 'vhm24r-doctor-fix',
        connectionTimeoutMillis: 3_000,
      });
      client.on('error', () => undefined);
      await client.connect();
      try {
        for (const name of names) {
          const sql = expected.indexes.get(name);
          if (sql === undefined) continue;
          // what an interrupted creation left behind bears the name and is of no use
          await client.query(`drop index concurrently if exists ${client.escapeIdentifier(name)}`);
          await client.query(sql.replace(/^create (unique )?index /i, 'create $1index concurrently '));
        }
      } finally {
        await client.end();
      }
    },
  },
};

export const FIXABLE: readonly string[] = Object.keys(remedies);

/** Applies what can be, or says what it would do. Never rejects: a fix that failed says so. */
export async function applyFixes(findings: readonly Finding[], env: Env, dryRun: boolean): Promise<Fix[]> {
  const fixes: Fix[] = [];
  for (const finding of findings) {
    const remedy = remedies[finding.code];
    if (remedy === undefined) continue;
    const fix: Fix = { code: finding.code, action: remedy.describe(finding), done: false, dryRun };
    if (!dryRun) {
      try {
        await withDeadline(remedy.apply(env, finding), FIX_LIMIT_MS, finding.code);
        fix.done = true;
      } catch (error) {
        fix.error = errorCode(error);
      }
    }
    fixes.push(fix);
  }
  return fixes;
}

async function withRedis(env: Env, work: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(env['REDIS_URL'] ?? '', {
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 2_000,
    commandTimeout: 3_000,
    family: 0,
  });
  redis.on('error', () => undefined);
  try {
    await work(redis);
  } finally {
    redis.disconnect();
  }
}
