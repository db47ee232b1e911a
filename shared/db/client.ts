/** The one PostgreSQL pool of a process: knex for ordinary queries, its raw connections for COPY and long transactions. */
import knex, { type Knex } from 'knex';
import type { Client } from 'pg';
import { migrationSource } from '../../migrations/index.ts';
import type { Logger } from '../logger.ts';

export type Db = Knex;
/** A connection or transaction: repositories take either. */
export type DbOrTransaction = Knex | Knex.Transaction;

export interface DatabaseOptions {
  url: string;
  poolMax: number;
  /** shown in pg_stat_activity */
  applicationName: string;
  logger: Logger;
  /** longest a statement on the path of a request may take, ms; work in the background sets its own */
  statementTimeoutMs?: number;
}

/** How long a request waits for a free connection or a new one before it is answered 503, ms. */
export const ACQUIRE_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;

export function createDatabase(options: DatabaseOptions): Db {
  const database = knex({
    client: 'pg',
    connection: {
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      // Days are said in Tashkent. Compiling expressions takes longer than running them in all but the largest statements here.
      options: '-c timezone=Asia/Tashkent -c jit=off',
    },
    pool: {
      min: 0,
      max: options.poolMax,
      acquireTimeoutMillis: ACQUIRE_TIMEOUT_MS,
      createTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: 30_000,
      propagateCreateError: true,
    },
    acquireConnectionTimeout: ACQUIRE_TIMEOUT_MS,
    migrations: { migrationSource, tableName: 'migrations' },
    // knex writes to the console otherwise; what matters reaches the caller as an error
    log: {
      warn: (message: unknown) => options.logger.debug('knex', { message: String(message) }),
      error: (message: unknown) => options.logger.debug('knex', { message: String(message) }),
      deprecate: (message: unknown) => options.logger.debug('knex', { message: String(message) }),
      debug: () => undefined,
    },
  });
  return database;
}

export interface HeldConnection {
  client: Client;
  /** Gives it back; with an error the connection is closed instead, so that no half-finished COPY or setting is handed on. Once. */
  release(error?: unknown): Promise<void>;
}

/** Takes one raw connection out of the pool, e.g. for COPY. */
export async function openConnection(database: Db): Promise<HeldConnection> {
  const pool = database.client as { acquireConnection(): Promise<Client>; releaseConnection(client: Client): Promise<void> };
  const client = await pool.acquireConnection();
  let released = false;
  return {
    client,
    async release(error) {
      if (released) return;
      released = true;
      // knex asks this mark before it hands a connection out, and replaces the marked one
      if (error !== undefined) (client as Client & { __knex__disposed?: unknown }).__knex__disposed = error;
      await pool.releaseConnection(client);
      if (error !== undefined) void client.end().catch(() => undefined);
    },
  };
}

/** Runs work on one raw connection of the pool. */
export async function withConnection<T>(database: Db, work: (client: Client) => Promise<T>): Promise<T> {
  const held = await openConnection(database);
  try {
    const result = await work(held.client);
    await held.release();
    return result;
  } catch (error) {
    await held.release(error);
    throw error;
  }
}

/** The raw connection of a knex transaction, for statements that knex's own parser would spoil. */
export async function connectionOf(trx: Knex.Transaction): Promise<Client> {
  const owner = trx.client as { acquireConnection(): Promise<Client> };
  return owner.acquireConnection();
}
