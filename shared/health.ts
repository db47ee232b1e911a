/** /livez and /readyz of both services. */
import { z } from 'zod';
import { migrations } from '../migrations/index.ts';
import type { Db } from './db/client.ts';
import type { DatabaseWatch } from './db/watch.ts';
import { withDeadline } from './lifecycle.ts';
import type { RedisHandle } from './redis/redis.ts';

const CHECK_LIMIT_MS = 1_000;

export interface HealthDeps {
  service: 'api' | 'worker';
  version: string;
  db: Db;
  watch: DatabaseWatch;
  redis: RedisHandle;
  /** true once shutdown has begun */
  isDraining(): boolean;
}

export const livenessSchema = z.object({ status: z.literal('ok'), service: z.string() });

export const readinessSchema = z.object({
  status: z.enum(['ready', 'degraded', 'unavailable', 'draining']),
  service: z.string(),
  version: z.string(),
  checks: z.object({
    postgres: z.object({ status: z.enum(['ok', 'down']) }),
    migrations: z.object({ status: z.enum(['ok', 'pending', 'unknown']), pending: z.array(z.string()).optional() }),
    redis: z.object({ status: z.enum(['ok', 'down']), reason: z.string().nullable(), since: z.string() }),
  }),
});
type Readiness = z.output<typeof readinessSchema>;

/** Process alive; touches nothing, so that one outage does not become two. */
export function liveness(service: string): z.output<typeof livenessSchema> {
  return { status: 'ok', service };
}

/** @returns the HTTP status and the body; never rejects, and takes little over a second */
export async function readiness(deps: HealthDeps): Promise<{ httpStatus: 200 | 503; body: Readiness }> {
  const redis = deps.redis.state();
  const schema = await schemaState(deps);
  const body: Readiness = {
    status: 'ready',
    service: deps.service,
    version: deps.version,
    checks: {
      postgres: { status: schema === null ? 'down' : 'ok' },
      migrations: schema === null ? { status: 'unknown' } : schema.length > 0 ? { status: 'pending', pending: schema } : { status: 'ok' },
      redis: { status: redis.breaker === 'closed' ? 'ok' : 'down', reason: redis.reason, since: redis.since.toISOString() },
    },
  };
  if (deps.isDraining()) body.status = 'draining';
  else if (schema === null || schema.length > 0) body.status = 'unavailable';
  else if (redis.breaker === 'open') body.status = 'degraded';
  return { httpStatus: body.status === 'ready' || body.status === 'degraded' ? 200 : 503, body };
}

/** Names of migrations that have not run, or null when the database does not answer. */
async function schemaState({ db, watch }: HealthDeps): Promise<string[] | null> {
  try {
    const applied = await withDeadline(
      watch.guard(async () => (await db('migrations').select('name')) as { name: string }[]),
      CHECK_LIMIT_MS,
      'readiness',
    );
    const names = new Set(applied.map((row) => row.name));
    return migrations.map((migration) => migration.name).filter((name) => !names.has(name));
  } catch (error) {
    // no table of migrations: none has run
    if ((error as { code?: unknown }).code === '42P01') return migrations.map((migration) => migration.name);
    return null;
  }
}
