/** /livez and /readyz of both services. */
import { z } from 'zod';
import { migrations } from '../migrations/index.ts';
import type { Db } from './db/client.ts';
import type { DatabaseWatch } from './db/watch.ts';
import { withDeadline } from './lifecycle.ts';
import type { RedisHandle } from './redis/redis.ts';
import type { StorageWatch } from './storage/storage-watch.ts';

const CHECK_LIMIT_MS = 1_000;
/**
 * A clock that is off by more breaks what still goes by it: signatures of S3, certificates. The doctor's clock.off says
 * the same.
 */
const CLOCK_OFF_MS = 60_000;

export interface HealthDeps {
  service: 'api' | 'worker';
  version: string;
  db: Db;
  watch: DatabaseWatch;
  redis: RedisHandle;
  storage: Pick<StorageWatch, 'state'>;
  /** true once shutdown has begun */
  isDraining(): boolean;
}

export const livenessSchema = z.object({ status: z.literal('ok'), service: z.string() });

export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'degraded', 'unavailable', 'draining']),
    service: z.string(),
    version: z.string(),
    checks: z.object({
      postgres: z.object({ status: z.enum(['ok', 'down']) }),
      migrations: z.object({ status: z.enum(['ok', 'pending', 'unknown']), pending: z.array(z.string()).optional() }),
      clock: z.object({ status: z.enum(['ok', 'off', 'unknown']), aheadS: z.number().nullable() }),
      redis: z.object({ status: z.enum(['ok', 'down']), reason: z.string().nullable(), since: z.string() }),
      storage: z.object({
        status: z.enum(['ok', 'down', 'unknown']),
        reason: z.string().nullable(),
        since: z.string(),
      }),
    }),
  })
  .meta({ id: 'Readiness' });
type Readiness = z.output<typeof readinessSchema>;

/** Process alive; touches nothing, so that one outage does not become two. */
export function liveness(service: string): z.output<typeof livenessSchema> {
  return { status: 'ok', service };
}

/** @returns the HTTP status and the body; never rejects, and takes little over a second */
export async function readiness(deps: HealthDeps): Promise<{ httpStatus: 200 | 503; body: Readiness }> {
  const redis = deps.redis.state();
  const storage = deps.storage.state();
  const state = await databaseState(deps);
  const pending = state?.pending ?? [];
  const aheadMs = state?.aheadMs ?? null;
  const isOff = aheadMs !== null && Math.abs(aheadMs) > CLOCK_OFF_MS;
  const body: Readiness = {
    status: 'ready',
    service: deps.service,
    version: deps.version,
    checks: {
      postgres: { status: state === null ? 'down' : 'ok' },
      migrations:
        state === null ? { status: 'unknown' } : pending.length > 0 ? { status: 'pending', pending } : { status: 'ok' },
      clock: {
        status: aheadMs === null ? 'unknown' : isOff ? 'off' : 'ok',
        aheadS: aheadMs === null ? null : Math.round(aheadMs / 1000),
      },
      redis: {
        status: redis.breaker === 'closed' ? 'ok' : 'down',
        reason: redis.reason,
        since: redis.since.toISOString(),
      },
      storage: { ...storage, since: storage.since.toISOString() },
    },
  };
  if (deps.isDraining()) body.status = 'draining';
  else if (state === null || pending.length > 0) body.status = 'unavailable';
  else if (redis.breaker === 'open' || isOff || storage.status === 'down') body.status = 'degraded';
  return { httpStatus: body.status === 'ready' || body.status === 'degraded' ? 200 : 503, body };
}

interface DatabaseState {
  /** names of migrations that have not run */
  pending: string[];
  /** this process's clock before that of the database; null when it was not databaseMs */
  aheadMs: number | null;
}

/** Null when the database does not answer. */
async function databaseState({ db, watch }: HealthDeps): Promise<DatabaseState | null> {
  try {
    const applied = await withDeadline(
      watch.guard(
        async () =>
          (await db('migrations').select(
            'name',
            db.raw('extract(epoch from clock_timestamp())::float8 * 1000 as ms'),
          )) as {
            name: string;
            ms: number;
          }[],
      ),
      CHECK_LIMIT_MS,
      'readiness',
    );
    const names = new Set(applied.map((row) => row.name));
    const databaseMs = applied.at(-1)?.ms;
    return {
      pending: migrations.map((migration) => migration.name).filter((name) => !names.has(name)),
      // the answer took a second at most, which is far below what counts
      aheadMs: databaseMs === undefined ? null : Date.now() - databaseMs,
    };
  } catch (error) {
    // no table of migrations: none has run
    if ((error as { code?: unknown }).code === '42P01')
      return { pending: migrations.map((migration) => migration.name), aheadMs: null };
    return null;
  }
}
