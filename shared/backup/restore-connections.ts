/** Connections of a restore, each for one piece of work: databases that it makes and renames are not to be in use. */
import pg from 'pg';
import { BackupError } from './manifest.ts';

const DROP_LIMIT_MS = 60_000;

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'vhm24r-restore',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** On the server's own database: one cannot make, rename or drop the one that one is in. */
export async function administer<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = await connect(url.href);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** In another database of the same server. */
export async function within<T>(
  database: string,
  databaseUrl: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  const client = await connect(url.href);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Drops a database that the restore has made. It waits for every session of the server, also one that stands still and
 * has nothing to do with it, but not for ever.
 */
export function dropDatabase(databaseUrl: string, database: string): Promise<unknown> {
  return administer(databaseUrl, async (client) => {
    await client.query(`set statement_timeout = ${DROP_LIMIT_MS}`);
    await client.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`);
  });
}

/** What goes wrong while one tidies up after an error does not hide that error: both are told. */
export async function alsoTold(
  says: 'notReopened' | 'notDropped',
  database: string,
  error: unknown,
  tidy: () => Promise<unknown>,
): Promise<void> {
  try {
    await tidy();
  } catch (second) {
    const left = new BackupError('left_behind', says, { database, reason: messageOf(second) }, { cause: second });
    throw new AggregateError([...(error instanceof AggregateError ? (error.errors as unknown[]) : [error]), left]);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
