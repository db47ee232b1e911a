import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { migrations } from '../../migrations/index.ts';
import type { Db } from '../../shared/db/client.ts';
import { selectRows } from '../../shared/db/rows.ts';
import { OperationFault } from '../../shared/texts/operations.ts';

/** Any fixed number: who holds this advisory lock migrates. */
const LOCK_KEY = 724_240_001;
const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A lock that others hold, and a deadlock with them: a merge that refreshes the statistics of a table waits for the
 * index that is built on it, which waits for the merge to end. What broke off is begun anew.
 */
const TRIED_AGAIN: readonly unknown[] = ['55P03', '40P01'];
/** Between two attempts for a lock: whoever queued behind the last one gets through. */
const LOCK_PAUSE_MS = 1_000;

export interface MigrationReport {
  /** Names in the order they were run. */
  ran: string[];
  /** Names of migrations in the database that this version does not know: a newer version made them. */
  ahead: string[];
}

/** Somebody else was migrating all the while. */
export class MigrationLockError extends OperationFault<'migrate'> {
  constructor(waitMs: number) {
    super('migrate', 'locked', { waitMs });
    this.name = 'MigrationLockError';
  }
}

/**
 * Brings the database to the latest migration, or takes the last one back. Safe to start several times at once: one
 * does the work, the others wait up to lockWaitMs; so long it also tries for locks on tables that are in use. A
 * database that a newer version has migrated is left as it is: migrations only add, so that the version before runs on
 * it.
 *
 * knex keeps its own lock as a row, which a killed process leaves set for ever. An advisory lock ends with its
 * transaction, so whoever holds that one may clear the row. A transaction and not a session: a pooler may give one
 * session of the server to several clients, who would all have the lock, and keeps it when they are gone.
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
    const applied = await appliedNames(db);
    const known = new Set(migrations.map(({ name }) => name));
    const ahead = applied.filter((name) => !known.has(name));
    if (ahead.length > 0) {
      const missing = migrations.filter(({ name }) => !applied.includes(name));
      if (options.direction === 'down' || missing.length > 0) throw new SchemaDivergedError(ahead);
      return { ran: [], ahead };
    }
    await db.migrate.forceFreeMigrationsLock();
    return { ran: await run(db, options), ahead: [] };
  } finally {
    // free as soon as this returns; a connection that is lost ends its transaction by itself
    await holder.query('rollback').catch(() => undefined);
    await holder.end();
  }
}

/** The database has migrations of another version, and this version cannot do what it was asked without them. */
export class SchemaDivergedError extends OperationFault<'migrate'> {
  constructor(ahead: readonly string[]) {
    super('migrate', 'diverged', { names: ahead.join(', ') });
    this.name = 'SchemaDivergedError';
  }
}

/**
 * Each migration is a transaction of its own: after one that could not have its lock the next attempt goes on from
 * there.
 */
async function run(
  db: Db,
  { direction, lockWaitMs }: { direction: 'up' | 'down'; lockWaitMs: number },
): Promise<string[]> {
  const giveUpAt = performance.now() + lockWaitMs;
  const before = new Set(await knownAsRun(db));
  for (;;) {
    try {
      const [, names] = (direction === 'up' ? await db.migrate.latest() : await db.migrate.down()) as [
        number,
        unknown[],
      ];
      if (direction === 'down') return names.map(String);
      return (await knownAsRun(db)).filter((name) => !before.has(name));
    } catch (error) {
      if (!TRIED_AGAIN.includes((error as { code?: unknown }).code) || performance.now() > giveUpAt) throw error;
      await sleep(LOCK_PAUSE_MS);
    }
  }
}

async function knownAsRun(db: Db): Promise<string[]> {
  const [completed] = (await db.migrate.list()) as [{ name: string }[], unknown];
  return completed.map(({ name }) => name);
}

async function appliedNames(db: Db): Promise<string[]> {
  const [found] = await selectRows<{ name: string | null }>(db, `select to_regclass('migrations')::text as name`);
  if (!found?.name) return [];
  return (await selectRows<{ name: string }>(db, 'select name from migrations order by id')).map(({ name }) => name);
}

/**
 * Begins a transaction that holds the lock. It is a plain query, whose snapshot ends with its answer: an index that is
 * built concurrently waits for every transaction that still has one.
 */
async function takeLock(holder: pg.Client, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    await holder.query('begin isolation level read committed; set local idle_in_transaction_session_timeout = 0');
    const { rows } = await holder.query<{ locked: boolean }>(`select pg_try_advisory_xact_lock(${LOCK_KEY}) as locked`);
    if (rows[0]?.locked) return;
    await holder.query('rollback');
    if (Date.now() > deadline) throw new MigrationLockError(waitMs);
    await sleep(200);
  }
}
