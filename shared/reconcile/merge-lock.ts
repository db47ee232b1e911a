/**
 * Merges, decisions, re-runs and undos happen one after another, under one lock: each sees what the one before left.
 * Short work does not stand behind long work. Who holds the lock for long looks whether somebody short waits for it,
 * takes its own work back and begins again when that one is through (decision 16): nothing of it was to be seen yet, so
 * nothing is lost but its time, and of that no more than LOST_AT_MOST_MS.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Knex } from 'knex';
import { connectionOf, type Db } from '../db/client.ts';
import { isStatementStopped, isTransactionAborted } from '../db/faults.ts';
import { selectRow } from '../db/rows.ts';
import type { Logger } from '../logger.ts';

/** Key of the one advisory lock under which merges, decisions and re-runs happen. */
export const MERGE_LOCK_KEY = 724_124;
/** Shared by short work that waits for that lock, so that it is known for short. */
const SHORT_KEY = 724_125;
/** Of long work only one stands before the lock: what waits behind it is short. */
const LONG_KEY = 724_126;

/** What takes a second or two: so many rows, of so many files. */
const SHORT_ROWS = 20_000;
const SHORT_FILES = 5;

/** Long work looks this often whether somebody short waits. */
const LOOK_EVERY_MS = 500;
/** Somebody short waits this long first: the work may be done by then. */
const PATIENCE_MS = 1_500;
/** Time that one work takes back in sum before it is no longer interrupted. */
const LOST_AT_MOST_MS = 120_000;
/** A statement that was not at work when it was cancelled goes on: it is cancelled again. */
const CANCEL_EVERY_MS = 100;
/** After an interruption long work waits at most this long for the small files that are at work. */
const AFTER_OTHERS_MS = 10_000;
/** A file of fewer is taken for small before its rows are known. */
export const SMALL_FILE_BYTES = 1_000_000;

type Extent = 'short' | 'long';

/** Of work that takes in or takes back so many rows, of so many files one after the other. */
export function extentOf({ rows, files = 1 }: { rows: number; files?: number }): Extent {
  return rows > SHORT_ROWS || files > SHORT_FILES ? 'long' : 'short';
}

/** The way to the merge lock, inside the transaction of `inTurn`. */
export interface Turn {
  /** Waits for the lock and holds it to the end of the transaction. Again: nothing happens. */
  take(extent: Extent): Promise<void>;
  /** From here on the work is not interrupted. Rejects when it is being interrupted already. */
  keep(): Promise<void>;
}

/** Waits for the merge lock, known for short. Held to the end of the transaction. */
export async function takeMergeLock(client: Client): Promise<void> {
  // one after the other, as they stand: where the second waits the first is held
  await client.query(`select pg_advisory_xact_lock_shared(${SHORT_KEY}), pg_advisory_xact_lock(${MERGE_LOCK_KEY})`);
}

interface TurnDeps {
  db: Db;
  logger: Logger;
}

/**
 * One transaction that takes the merge lock by its turn. Interrupted, it is rolled back and `work` runs again in a new
 * one.
 * @param work writes to the database by `trx` alone, or twice does no harm
 * @param options.fileId the file that is taken in: it does not wait for itself
 * @param options.onGivingWay told between the two
 * @param options.lostAtMostMs what it takes back in sum before it is no longer interrupted
 */
export async function inTurn<T>(
  { db, logger }: TurnDeps,
  work: (trx: Knex.Transaction, turn: Turn) => Promise<T>,
  {
    fileId = null,
    onGivingWay,
    lostAtMostMs = LOST_AT_MOST_MS,
  }: { fileId?: string | null; onGivingWay?: () => void; lostAtMostMs?: number } = {},
): Promise<T> {
  let lostMs = 0;
  for (let isAgain = false; ; isAgain = true) {
    const held: { isTaken: boolean; watch: Watch | null } = { isTaken: false, watch: null };
    try {
      return await db.transaction(async (trx) => {
        const client = await connectionOf(trx);
        const turn: Turn = {
          async take(extent) {
            if (held.isTaken) return;
            held.isTaken = true;
            if (extent === 'short') return takeMergeLock(client);
            await takeForLong(client, { isAgain, fileId });
            if (lostMs >= lostAtMostMs) return;
            const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
            held.watch = startWatch(db, logger, rows[0]?.pid as number);
          },
          async keep() {
            held.watch?.keep();
            // the cancellation is on its way to the next statement
            while (held.watch?.isGivingWay() === true) await client.query('select pg_sleep(1)');
          },
        };
        try {
          return await work(trx, turn);
        } finally {
          // nor may one meet the commit, or whoever has the connection after the rollback
          await held.watch?.stop();
        }
      });
    } catch (error) {
      if (held.watch?.isGivingWay() !== true || !(isStatementStopped(error) || isTransactionAborted(error)))
        throw error;
      const tookMs = held.watch.heldMs();
      lostMs += tookMs;
      logger.info('a merge gave way to short work and begins again', { event: 'merge_gave_way', tookMs, lostMs });
      onGivingWay?.();
    }
  }
}

async function takeForLong(
  client: Client,
  { isAgain, fileId }: { isAgain: boolean; fileId: string | null },
): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(${LONG_KEY})`);
  if (isAgain) await letOthersThrough(client, fileId);
  await client.query(`select pg_advisory_xact_lock(${MERGE_LOCK_KEY})`);
}

/** Whether somebody does long work, or stands before the lock for it. */
export async function isLongWorkUnderWay(db: Db): Promise<boolean> {
  const found = await selectRow(
    db,
    `select 1
     from pg_locks
     where locktype = 'advisory' and objid = ${LONG_KEY} and granted
       and database = (select oid from pg_database where datname = current_database())
     limit 1`,
  );
  return found !== null;
}

const SHORT_WAITS = `
  select 1
  from pg_locks s
  join pg_locks w on w.pid = s.pid
  where s.locktype = 'advisory' and s.objid = ${SHORT_KEY} and s.granted
    and w.locktype = 'advisory' and w.objid = ${MERGE_LOCK_KEY} and not w.granted
    and w.database = (select oid from pg_database where datname = current_database())
  limit 1`;

/** What interrupted it seldom comes alone: the files of a day come together, and each would interrupt it again. */
async function letOthersThrough(client: Client, fileId: string | null): Promise<void> {
  const giveUpAt = performance.now() + AFTER_OTHERS_MS;
  for (;;) {
    const { rowCount } = await client.query(
      `select 1
      where exists (${SHORT_WAITS})
        or exists (
          select 1
          from uploaded_files
          where id is distinct from $1 and not preview and size_bytes < ${SMALL_FILE_BYTES}
            and (status = 'processing' and lease_until > clock_timestamp()
              or status = 'queued' and next_attempt_at <= clock_timestamp())
        )`,
      [fileId],
    );
    if (rowCount === 0 || performance.now() > giveUpAt) return;
    await delay(CANCEL_EVERY_MS);
  }
}

interface Watch {
  isGivingWay(): boolean;
  /** ms since the lock was taken */
  heldMs(): number;
  keep(): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}

/** Looks on another connection who waits, and cancels what the backend is at when it is to give way. */
function startWatch(db: Db, logger: Logger, pid: number): Watch {
  const since = performance.now();
  let isKept = false;
  let givesWay = false;
  let waitsSince: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    try {
      if (!givesWay) {
        const { rows } = await db.raw<{ rows: unknown[] }>(SHORT_WAITS);
        if (rows.length === 0) waitsSince = null;
        else waitsSince ??= performance.now();
        givesWay = waitsSince !== null && performance.now() - waitsSince >= PATIENCE_MS && !isKept;
      }
      if (givesWay) await db.raw('select pg_cancel_backend(?)', [pid]);
    } catch (error) {
      logger.debug('who waits for the merge lock is not known now', { error });
    }
  }
  function schedule(): void {
    timer = setTimeout(
      () => {
        looking = look().then(() => {
          if (!isKept) schedule();
        });
      },
      givesWay ? CANCEL_EVERY_MS : LOOK_EVERY_MS,
    );
  }
  schedule();
  return {
    isGivingWay: () => givesWay,
    heldMs: () => Math.round(performance.now() - since),
    keep() {
      if (givesWay) return;
      isKept = true;
      clearTimeout(timer);
    },
    async stop() {
      isKept = true;
      clearTimeout(timer);
      await looking;
    },
  };
}
