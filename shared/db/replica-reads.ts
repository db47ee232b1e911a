/**
 * DATABASE_READ_URL: reads that decide nothing (lists, sums, analytics, exports) may come from a replica. They see what
 * was committed before they were asked, as on the primary: the replica is used once it has replayed up to where the
 * primary's log was at that moment, and the primary answers where that takes too long. So does it when the replica is
 * away, is another database, or cannot serve: nobody notices but the primary.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readDatabaseId } from './database-id.ts';
import { isAway } from '../faults.ts';
import type { Logger } from '../logger.ts';
import type { Db } from './client.ts';
import { selectRow } from './rows.ts';
import type { DatabaseWatch } from './watch.ts';

/** How long a read waits for the replica to catch up before the primary answers it. */
const CATCH_UP_MS = 200;
const LOOK_PAUSE_MS = 15;
/** After a failure, and after a replica that lags, the primary is asked for so long without looking. */
const DISTRUST_MS = 5_000;
const LAG_PAUSE_MS = 500;

export interface ReplicaReads {
  /**
   * @param work reads only: it runs a second time, on the primary, when the replica goes away under it
   */
  run<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Where to read now, for work that cannot simply be run again; what fails there is told by `noteFailure`. */
  pick(): Promise<Db>;
  noteFailure(from: Db, error: unknown): void;
  /** none: no replica is configured */
  state(): 'none' | 'used' | 'lagging' | 'away';
}

/** Without a replica: everything from the primary. */
export function primaryReads(primary: Db): ReplicaReads {
  return { run: (work) => work(primary), pick: async () => primary, noteFailure: () => undefined, state: () => 'none' };
}

export function createReplicaReads(options: {
  primary: Db;
  replica: Db;
  /** of the replica */
  watch: Pick<DatabaseWatch, 'isUp' | 'guard'>;
  logger: Logger;
}): ReplicaReads {
  const { primary, replica, watch, logger } = options;
  let distrustedUntil = 0;
  let state: 'used' | 'lagging' | 'away' = 'used';
  let isKnown = false;

  function tell(next: typeof state, details: Record<string, unknown> = {}): void {
    if (next === state) return;
    state = next;
    if (next === 'used') logger.info('reads come from the replica', { event: 'replica_used' });
    else logger.warn('reads come from the primary', { event: `replica_${next}`, ...details });
  }

  function distrust(next: 'lagging' | 'away', error?: unknown): void {
    isKnown = isKnown && next === 'lagging';
    distrustedUntil = performance.now() + (next === 'away' ? DISTRUST_MS : LAG_PAUSE_MS);
    tell(next, { error });
  }

  /** Whether the replica has all that the primary had when it was asked. */
  async function hasCaughtUp(): Promise<boolean> {
    const until = performance.now() + CATCH_UP_MS;
    const asked = await selectRow<{ lsn: string }>(primary, 'select pg_current_wal_flush_lsn()::text as lsn');
    return watch.guard(async () => {
      if (!isKnown && (await readDatabaseId(primary)) !== (await readDatabaseId(replica)))
        throw new Error('DATABASE_READ_URL leads to another database');
      isKnown = true;
      for (;;) {
        const row = await selectRow<{ there: boolean | null }>(
          replica,
          'select pg_last_wal_replay_lsn() >= ?::pg_lsn and pg_is_in_recovery() as there',
          [asked?.lsn ?? null],
        );
        if (row?.there === true) return true;
        if (performance.now() > until) return false;
        await sleep(LOOK_PAUSE_MS);
      }
    });
  }

  async function pick(): Promise<Db> {
    if (!watch.isUp()) tell('away');
    if (!watch.isUp() || performance.now() < distrustedUntil) return primary;
    try {
      if (await hasCaughtUp()) {
        tell('used');
        return replica;
      }
      distrust('lagging');
    } catch (error) {
      // the primary's own fault is met again, and told, by the read itself
      distrust('away', error);
    }
    return primary;
  }

  function noteFailure(from: Db, error: unknown): void {
    // a query that recovery had to cancel counts too: it would be cancelled again
    if (from === replica && (isAway(error, 'database') || !watch.isUp())) distrust('away', error);
  }

  return {
    pick,
    noteFailure,
    state: () => state,
    async run(work) {
      const from = await pick();
      if (from === primary) return work(primary);
      try {
        return await watch.guard(() => work(replica));
      } catch (error) {
        if (!isAway(error, 'database') && watch.isUp()) throw error;
        noteFailure(replica, error);
        return work(primary);
      }
    },
  };
}
