/**
 * Stops the statements that a closing process has left running, so that their transactions end now and not with their
 * lease.
 */
import pg from 'pg';
import { withDeadline } from '../lifecycle.ts';
import type { Db } from './client.ts';

const LIMIT_MS = 1_000;

interface KnexPool {
  /** each taking of a connection has an entry of its own, which goes when it is given back */
  pool?: { used?: readonly { resource?: { processID?: unknown } }[] };
  config: { connection: pg.ClientConfig };
}

/**
 * Notes which connections of the pool are in use now. The function it gives cancels, each time it is called, what still
 * runs on them since then, over a connection of its own; whoever waits for such a statement gets SQLSTATE 57014. What
 * takes a connection later, to write an end down, is left alone. Resolves with how many were told; rejects when
 * PostgreSQL does not answer within a second.
 */
export function markRunning(database: Db): () => Promise<number> {
  const { pool, config } = database.client as KnexPool;
  const marked = new Set(pool?.used ?? []);
  return async () => {
    const pids = (pool?.used ?? [])
      .filter((taken) => marked.has(taken))
      .map(({ resource }) => resource?.processID)
      .filter((pid) => typeof pid === 'number');
    return pids.length === 0 ? 0 : cancel(config.connection, pids);
  };
}

async function cancel(connection: pg.ClientConfig, pids: readonly number[]): Promise<number> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: LIMIT_MS });
  client.on('error', () => undefined);
  try {
    // a pooler in between gives out numbers of its own: the name guards against stopping somebody else
    const asked = client.connect().then(() =>
      client.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
         where pid = any($1) and state = 'active' and usename = current_user
           and application_name = current_setting('application_name')`,
        [pids],
      ),
    );
    return (await withDeadline(asked, LIMIT_MS, 'cancelling')).rowCount ?? 0;
  } finally {
    // end() would wait for a server that does not answer
    (client as pg.Client & { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}
