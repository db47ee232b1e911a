/**
 * Asks PostgreSQL every 500 ms on a connection of its own whether it answers. A database that froze leaves no error
 * anywhere: queries on open connections just hang. Requests race with this watch, so that none of them hangs with it
 * (api.md section 1, promise 4). It also finds single connections of the pool that died without a word, and clears the
 * pool once the database is back.
 */
import pg from 'pg';
import { unavailable } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { type Db, dropIdleConnections } from './client.ts';
import { cutDeadLines } from './dead-lines.ts';
import { noteConnectionFault } from './faults.ts';

const INTERVAL_MS = 500;
const LIMIT_MS = 1_000;
/** Two looks with a pause between them. */
const DEAD_LINES_LIMIT_MS = 1_500;

export interface DatabaseWatch {
  isUp(): boolean;
  /**
   * The work's result, or `service_unavailable` as soon as the database is known to be away. The work itself is not
   * stopped.
   */
  guard<T>(work: () => Promise<T>): Promise<T>;
  /** Asks now. */
  probe(): Promise<boolean>;
  close(): Promise<void>;
}

export function createDatabaseWatch(options: {
  url: string;
  /** every pool of the process */
  pools: readonly Db[];
  applicationName: string;
  logger: Logger;
  /** as the log calls it */
  name?: 'postgres' | 'replica';
}): DatabaseWatch {
  const { pools, logger, name = 'postgres' } = options;
  const waiting = new Set<(error: Error) => void>();
  let client: pg.Client | null = null;
  let probing: Promise<boolean> | null = null;
  // until the first answer or failure nobody is refused
  let up = true;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    if (client !== null) return client;
    const fresh = new pg.Client({
      connectionString: options.url,
      application_name: options.applicationName,
      connectionTimeoutMillis: LIMIT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
    });
    const forget = () => {
      if (client === fresh) client = null;
    };
    fresh.on('error', forget);
    fresh.on('end', forget);
    await fresh.connect();
    client = fresh;
    return fresh;
  }

  function drop(): void {
    const old = client;
    client = null;
    if (old === null) return;
    // end() would wait for a server that does not answer
    (old as pg.Client & { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  async function ask(): Promise<boolean> {
    try {
      const connection = await laxly(connect(), LIMIT_MS);
      await laxly(connection.query('select 1'), LIMIT_MS);
      const wasAway = !up;
      // before anybody is let in again
      if (wasAway)
        for (const pool of pools) dropIdleConnections(pool, 'the database was away since this connection was opened');
      tell(true, null);
      await findDeadLines(connection);
    } catch (error) {
      drop();
      tell(false, noteConnectionFault(error));
    }
    return up;
  }

  async function findDeadLines(connection: pg.Client): Promise<void> {
    try {
      let count = 0;
      for (const pool of pools) count += await laxly(cutDeadLines(pool, connection), DEAD_LINES_LIMIT_MS);
      if (count > 0)
        logger.warn(`connections to ${name} were dead and are closed`, { event: `${name}_dead_lines`, count });
    } catch (error) {
      // the next round says whether the database is away
      drop();
      logger.debug('connections could not be looked up', { error });
    }
  }

  function tell(next: boolean, error: unknown): void {
    if (closed) return;
    if (next !== up) {
      up = next;
      if (up) logger.info(`${name} answers again`, { event: `${name}_up` });
      else logger.error(`${name} does not answer`, { event: `${name}_down`, error });
    }
    if (up) return;
    for (const reject of waiting) reject(unavailable(error));
    waiting.clear();
  }

  function probe(): Promise<boolean> {
    probing ??= ask().finally(() => {
      probing = null;
    });
    return probing;
  }

  const timer = setInterval(() => void probe(), INTERVAL_MS);

  return {
    isUp: () => up,
    probe,
    async guard(work) {
      if (!up) throw unavailable(new Error(`${name} is known to be away`));
      let refuse: ((error: Error) => void) | undefined;
      const away = new Promise<never>((_resolve, reject) => {
        refuse = reject;
        waiting.add(reject);
      });
      away.catch(() => undefined);
      const running = work();
      running.catch(() => undefined);
      try {
        return await Promise.race([running, away]);
      } finally {
        if (refuse !== undefined) waiting.delete(refuse);
      }
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await probing;
      const old = client;
      client = null;
      await old?.end();
    },
  };
}

/**
 * A deadline that first lets answers through which wait on the sockets: after this process stood still its timers fire
 * before them.
 */
async function laxly<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => setImmediate(() => setImmediate(() => reject(new Error(`no answer within ${limitMs} ms`)))),
      limitMs,
    );
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
