/**
 * The restored database takes the name of the live one, in one transaction. When that fails the live database is open
 * again, as it was; whether it failed is asked of the server.
 */
import pg from 'pg';
import { sleep } from '../lifecycle.ts';
import { type EndedSessions, endSessions, presentPeople } from './end-sessions.ts';
import { BackupError } from './manifest.ts';
import { administer, alsoTold, within } from './restore-connections.ts';

/** So long may a backend that was told to end take for it: it may be writing. */
const OTHERS_GONE_MS = 10_000;
/** A server that is away for a moment does not keep the door shut. */
const REOPEN_LIMIT_MS = 10_000;
const REOPEN_PAUSE_MS = 250;

export interface Names {
  live: string;
  /** takes its place */
  fresh: string;
  /** what the live one is called from then on */
  keptAs: string;
}

/** Who is blocked until the door is shut stays blocked: people are read behind it. */
export async function changeNames(names: Names, databaseUrl: string): Promise<EndedSessions> {
  const { live, fresh } = names;
  const [liveName, freshName, keptName] = [live, fresh, names.keptAs].map((name) => pg.escapeIdentifier(name));
  let pid = 0;
  let ended: EndedSessions | null = null;
  try {
    return await administer(databaseUrl, async (client) => {
      pid = await pidOf(client);
      const sessions = await within(live, databaseUrl, async (inside) => {
        await client.query(`alter database ${liveName} allow_connections false`);
        await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1) and pid <> $2`,
          [[live, fresh], await pidOf(inside)],
        );
        await othersAreGone(client, live);
        const present = await presentPeople(inside);
        return within(fresh, databaseUrl, (restored) => endSessions(restored, present));
      });
      await client.query('begin');
      await client.query(`alter database ${liveName} rename to ${keptName}`);
      await client.query(`alter database ${freshName} rename to ${liveName}`);
      await client.query(`alter database ${keptName} allow_connections true`);
      ended = sessions;
      await client.query('commit');
      return sessions;
    });
  } catch (error) {
    let changed = false;
    await alsoTold('notReopened', live, error, async () => {
      changed = await reopen(names, pid, databaseUrl);
    });
    // the answer to the commit was lost
    if (changed && ended !== null) return ended;
    throw error;
  }
}

/**
 * Opens the live database over a connection of its own: the other one may be what failed.
 * @param pid of the session that was changing names, whose end decides what they are
 * @returns whether they have changed
 */
async function reopen({ live, keptAs }: Names, pid: number, databaseUrl: string): Promise<boolean> {
  const giveUpAt = performance.now() + REOPEN_LIMIT_MS;
  for (;;) {
    try {
      return await administer(databaseUrl, async (client) => {
        const session = 'select pg_terminate_backend(pid, $2) from pg_stat_activity where pid = $1';
        await client.query(session, [pid, OTHERS_GONE_MS]);
        const kept = await client.query('select 1 from pg_database where datname = $1', [keptAs]);
        await client.query(`alter database ${pg.escapeIdentifier(live)} allow_connections true`);
        return kept.rows.length > 0;
      });
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await sleep(REOPEN_PAUSE_MS);
    }
  }
}

async function pidOf(client: pg.Client): Promise<number> {
  return (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;
}

/** One that was told to end may still commit. */
async function othersAreGone(client: pg.Client, database: string): Promise<void> {
  const giveUpAt = performance.now() + OTHERS_GONE_MS;
  for (;;) {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
      [database],
    );
    // the one that looks at the people
    if ((rows[0]?.count ?? 0) <= 1) return;
    if (performance.now() > giveUpAt) throw new BackupError('in_use', 'inUse', { database });
    await sleep(50);
  }
}
