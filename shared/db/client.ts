/**
 * The one PostgreSQL pool of a process: knex for ordinary queries, its raw connections for COPY and long transactions.
 */
import knex, { type Knex } from 'knex';
import type { Client, ClientConfig } from 'pg';
import { migrationSource } from '../../migrations/index.ts';
import type { Logger } from '../logger.ts';
import { lineOf, openLine, type Line } from './connection.ts';
import { noteConnectionFault } from './faults.ts';

export type Db = Knex;
/** A connection or transaction: repositories take either. */
export type DbOrTransaction = Knex | Knex.Transaction;

export interface DatabaseOptions {
  url: string;
  poolMax: number;
  /** shown in pg_stat_activity */
  applicationName: string;
  logger: Logger;
  /**
   * longest a statement on the path of a request may take, ms; work in the background sets its own. 0: no limits, for
   * tools
   */
  statementTimeoutMs?: number;
}

/** How long a request waits for a free connection or a new one before it is answered 503, ms. */
export const ACQUIRE_TIMEOUT_MS = 2_000;
const CONNECT_TIMEOUT_MS = 2_000;
/**
 * How long a statement waits for a row or table that somebody else holds: promise 4 gives a request a second beyond its
 * own work.
 */
const LOCK_TIMEOUT_MS = 1_000;
/**
 * A process that stands still in a short transaction is no reason for others to wait; long ones set their own
 * (guardTransaction).
 */
const IDLE_IN_TRANSACTION_MS = 5_000;
/**
 * Settings of each session. Days are said in Tashkent. Compiling expressions takes longer than running them in all but
 * the largest statements here. The server finds a client whose network went away within 10 s; its own default is two
 * hours.
 */
const SESSION_OPTIONS = [
  'timezone=Asia/Tashkent',
  'jit=off',
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=2',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=10000',
];

function sessionOptions(hasLimits: boolean): string {
  const limits = hasLimits
    ? [`lock_timeout=${LOCK_TIMEOUT_MS}`, `idle_in_transaction_session_timeout=${IDLE_IN_TRANSACTION_MS}`]
    : [];
  return [...SESSION_OPTIONS, ...limits].map((setting) => `-c ${setting}`).join(' ');
}

const poolLines = new WeakMap<Db, Set<Line>>();

interface KnexClient {
  driver: object;
  acquireConnection(): Promise<Client>;
  pool?: { free: readonly { resource: Client }[] };
}

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
      options: sessionOptions(options.statementTimeoutMs !== 0),
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
  const client = database.client as KnexClient;
  const lines = new Set<Line>();
  poolLines.set(database, lines);
  client.driver = { Client: lineDriver(lines) };
  const acquire = client.acquireConnection.bind(client);
  client.acquireConnection = async () => {
    try {
      return await acquire();
    } catch (error) {
      throw noteConnectionFault(error);
    }
  };
  return database;
}

/** What knex takes for the driver's class: `new` gives a client whose line is known. */
function lineDriver(lines: Set<Line>): new (config: ClientConfig) => Client {
  function LineClient(config: ClientConfig): Client {
    const line = openLine(config, (over) => lines.delete(over));
    lines.add(line);
    return line.client;
  }
  return LineClient as unknown as new (config: ClientConfig) => Client;
}

/** The open connections of the pool. */
export function linesOf(database: Db): readonly Line[] {
  return [...(poolLines.get(database) ?? [])];
}

/**
 * Closes the connections that wait in the pool for work: after an outage nobody knows whether their other ends are
 * still there.
 * @returns how many
 */
export function dropIdleConnections(database: Db, reason: string): number {
  const free = (database.client as KnexClient).pool?.free ?? [];
  const idle = free.map(({ resource }) => lineOf(resource)).filter((line) => line !== null);
  for (const line of idle) line.cutOff(reason);
  return idle.length;
}

export interface HeldConnection {
  client: Client;
  /**
   * Gives it back; with an error the connection is closed instead, so that no half-finished COPY or setting is handed
   * on. Once.
   */
  release(error?: unknown): Promise<void>;
}

/** Takes one raw connection out of the pool, e.g. for COPY. */
export async function openConnection(database: Db): Promise<HeldConnection> {
  const pool = database.client as {
    acquireConnection(): Promise<Client>;
    releaseConnection(client: Client): Promise<void>;
  };
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
