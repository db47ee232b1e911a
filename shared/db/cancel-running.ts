/** Stops the statements that a closing process has left running, so that their transactions end now and not with their lease. */
import pg from 'pg';
import { withDeadline } from '../lifecycle.ts';
import type { Db } from './client.ts';

const LIMIT_MS = 1_000;

interface KnexPool {
  pool?: { used?: readonly { resource?: { processID?: unknown } }[] };
  config: { connection: pg.ClientConfig };
}

/**
 * Cancels what runs on the connections of this pool that are in use, over a connection of its own. Whoever waits for such a
 * statement gets SQLSTATE 57014. Resolves with how many were told; rejects when PostgreSQL does not answer within a second.
 */
export async function cancelRunning(database: Db): Promise<number> {
  const { pool, config } = database.client as KnexPool;
  const pids = (pool?.used ?? []).map(({ resource }) => resource?.processID).filter((pid) => typeof pid === 'number');
  if (pids.length === 0) return 0;
  const client = new pg.Client({ ...config.connection, connectionTimeoutMillis: LIMIT_MS });
  client.on('error', () => undefined);
  try {
    // a pooler in between gives out numbers of its own: the name guards against stopping somebody else
    const asked = client.connect().then(() =>
      client.query(
        `select pg_cancel_backend(pid) from pg_stat_activity
         where pid = any($1) and state = 'active' and usename = current_user and application_name = current_setting('application_name')`,
        [pids],
      ),
    );
    return (await withDeadline(asked, LIMIT_MS, 'cancelling')).rowCount ?? 0;
  } finally {
    // end() would wait for a server that does not answer
    (client as pg.Client & { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }
}
