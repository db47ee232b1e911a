import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { maskUrl } from '../../redact.ts';
import type { Ladder } from '../ladder.ts';
import { errorCode } from '../wire.ts';
import { ask, newClient, open } from './postgres-login.ts';

/** So long a replica may take for what the primary has now. */
const CATCH_UP_MS = 1_500;
const PAUSE_MS = 50;

/** The same question as shared/db/database-id.ts asks; a replica answers as its primary. */
const WHICH = `select (select oid from pg_database where datname = current_database())::text || '-' ||
  coalesce((select min(migration_time)::text from migrations), '') as id, pg_is_in_recovery() as standby`;

/** DATABASE_READ_URL: never a reason for the services to stand still, so only ever a note. */
export async function checkReplica(readUrl: string, primary: pg.Client, ladder: Ladder): Promise<string> {
  if (readUrl === '') return 'DATABASE_READ_URL is not set';
  const where = `url=${maskUrl(readUrl)}`;
  let replica: pg.Client;
  try {
    replica = await open(newClient(readUrl));
  } catch (error) {
    ladder.note('postgres.replica_away', `${where} connect=${errorCode(error)}`);
    return where;
  }
  try {
    const [here] = await ask<{ id: string }>(primary, WHICH);
    const [there] = await ask<{ id: string; standby: boolean }>(replica, WHICH);
    if (there?.id !== here?.id) ladder.note('postgres.replica_other_database', where);
    else if (there?.standby !== true) ladder.note('postgres.replica_is_primary', `${where} pg_is_in_recovery=false`);
    else await checkLag(primary, replica, ladder, where);
  } catch (error) {
    const code = errorCode(error) === '42P01' ? 'postgres.replica_other_database' : 'postgres.replica_away';
    ladder.note(code, `${where} query=${errorCode(error)}`);
  } finally {
    await replica.end().catch(() => undefined);
  }
  return where;
}

async function checkLag(primary: pg.Client, replica: pg.Client, ladder: Ladder, where: string): Promise<void> {
  const [mark] = await ask<{ lsn: string }>(primary, 'select pg_current_wal_flush_lsn()::text as lsn');
  const until = performance.now() + CATCH_UP_MS;
  for (;;) {
    const [row] = await ask<{ behind: string; paused: boolean }>(
      replica,
      'select pg_wal_lsn_diff($1::pg_lsn, pg_last_wal_replay_lsn()) as behind, pg_is_wal_replay_paused() as paused',
      [mark?.lsn],
    );
    if (Number(row?.behind) <= 0) return;
    if (performance.now() > until) {
      ladder.note('postgres.replica_lagging', `${where} behind_bytes=${row?.behind} paused=${row?.paused}`);
      return;
    }
    await sleep(PAUSE_MS);
  }
}
