import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Db } from '../../shared/db/client.ts';

/** Any fixed number: who holds this advisory lock migrates. */
const LOCK_KEY = 724_240_001;
const CONNECT_TIMEOUT_MS = 10_000;

export interface MigrationReport {
  /** Names in the order they were run. */
  ran: string[];
}

/** Somebody else was migrating all the while. */
export class MigrationLockError extends Error {
  constructor(waitMs: number) {
    super(`another migration has held the lock for ${waitMs} ms`);
    this.name = 'MigrationLockError';
  }
}

/**
 * Brings the database to the latest migration, or takes the last one back. Safe to start several times at once: one
 * does the work, the others wait up to lockWaitMs.
 *
 * knex keeps its own lock as a row, which a killed process leaves set for ever. An advisory lock ends with its session,
 * so whoever holds that one may clear the row.
 */
export async function applyMigrations(
  db: Db,
  options: { databaseUrl: string; direction: 'up' | 'down'; lockWaitMs: number },
): Promise<MigrationReport> {
  const holder = new pg.Client({
    connectionString: options.databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'vhm24r-migrate-lock',
    keepAlive: true,
  });
  // A connection lost while migrating fails the migration itself; this one only must not end the process.
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await takeLock(holder, options.lockWaitMs);
    await db.migrate.forceFreeMigrationsLock();
    const [, names] = (options.direction === 'up' ? await db.migrate.latest() : await db.migrate.down()) as [number, unknown[]];
    return { ran: names.map(String) };
  } finally {
    await holder.end();
  }
}

async function takeLock(holder: pg.Client, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const { rows } = await holder.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [LOCK_KEY]);
    if (rows[0]?.locked) return;
    if (Date.now() > deadline) throw new MigrationLockError(waitMs);
    await sleep(200);
  }
}
