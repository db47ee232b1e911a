/**
 * Clears what processes left behind that died: staging tables, bytes no row points to, entries of services that are
 * gone.
 */
import type { Db } from '../db/client.ts';
import { isLockTimeout } from '../db/faults.ts';
import type { Logger } from '../logger.ts';
import type { FileStore } from '../storage/file-store.ts';
import { forgetSuspects, garbageAmong } from '../storage/suspects.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';

const INTERVAL_MS = 60_000;
const STORAGE_INTERVAL_MS = 3_600_000;
const INSTANCE_AGE = '1 day';

export interface Housekeeping {
  start(): void;
  dropStaging(): Promise<number>;
  /** Counts what transactions left to be counted, now rather than at the next round. */
  refreshSums(): void;
  /** One look at all stored bytes; what two looks an hour apart found without a row goes. Returns how many went. */
  sweepStorage(): Promise<number>;
  stop(): Promise<void>;
}

export function createHousekeeping(deps: {
  db: Db;
  store: FileStore;
  spool: SpoolFolder;
  logger: Logger;
  /** removes what was kept for a time only; returns how much */
  expire?: () => Promise<number>;
  /** counts days into the sums that transactions left to it; how many still wait, null when somebody else is at it */
  refreshSums?: () => Promise<number | null>;
}): Housekeeping {
  const { db, store, spool, logger, expire, refreshSums } = deps;
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<void> | null = null;
  let counting: Promise<void> | null = null;
  let stopped = false;
  let storageSweptAt = Number.NEGATIVE_INFINITY;

  /**
   * Staging tables are named by their file's id and the fence of their claim; another claim than the present one needs
   * them no more. So it is with those that a run reads again to take a file back (shared/undo/stage-again.ts).
   */
  async function dropStaging(): Promise<number> {
    const { rows } = await db.raw<{ rows: { tablename: string }[] }>(`
      select t.tablename from pg_tables t
      where t.schemaname = 'staging' and not exists (
        select 1 from uploaded_files f
        where f.status = 'processing' and substr(t.tablename, 3) = replace(f.id::text, '-', '') || '_' || f.fence
      ) and not exists (
        select 1 from undos u where u.status = 'processing'
          and t.tablename like '%\\_u' || left(u.id::text, 8) || u.fence)`);
    let droppedCount = 0;
    for (const { tablename } of rows) {
      try {
        await db.transaction(async (trx) => {
          await trx.raw(`set local lock_timeout = '500ms'`);
          await trx.raw('drop table if exists staging.??', [tablename]);
        });
        droppedCount += 1;
      } catch (error) {
        // somebody still reads it: next time
        if (!isLockTimeout(error)) throw error;
      }
    }
    return droppedCount;
  }

  async function sweepStorage(): Promise<number> {
    const removedCount = await store.sweep((keys) => garbageAmong(db, keys));
    await forgetSuspects(db);
    return removedCount;
  }

  async function tick(): Promise<void> {
    try {
      await db.raw(`delete from service_instances where seen_at < clock_timestamp() - interval '${INSTANCE_AGE}'`);
      const droppedCount = await dropStaging();
      if (droppedCount > 0) logger.info('staging tables of ended work dropped', { droppedCount });
      const expiredCount = (await expire?.()) ?? 0;
      if (expiredCount > 0)
        logger.info('what was kept for a time only is over: exports, files that were looked at', { expiredCount });
      // only how often this process looks: what goes is decided by the database's clock
      if (performance.now() - storageSweptAt < STORAGE_INTERVAL_MS) return;
      storageSweptAt = performance.now();
      const removedCount = await sweepStorage();
      if (removedCount > 0) logger.info('stored bytes without a row removed', { removedCount });
    } catch (error) {
      logger.warn('housekeeping failed, it is tried again', { error });
    }
  }

  /** One round at a time, each a second's work at most; between them imports come first. */
  async function countDays(): Promise<void> {
    try {
      while (!stopped && ((await refreshSums?.()) ?? 0) > 0);
    } catch (error) {
      logger.warn('days that changed could not be summed up, it is tried again', { error });
    }
  }

  function kickSums(): void {
    counting ??= countDays().finally(() => {
      counting = null;
    });
  }

  function run(): void {
    kickSums();
    current ??= tick().finally(() => {
      current = null;
    });
  }

  return {
    dropStaging,
    sweepStorage,
    refreshSums: kickSums,
    start() {
      void spool.removeLeftovers().catch((error: unknown) => logger.warn('old temporary folders stay', { error }));
      timer ??= setInterval(run, INTERVAL_MS);
      run();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await Promise.all([current, counting]);
    },
  };
}
