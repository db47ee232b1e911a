/**
 * Finds rows that are queued but not running, or whose lease ran out, and dispatches them again. Runs in both services;
 * skip-locked keeps two of them, and a final transaction that holds its claim row, apart. So a lost `add`, FLUSHALL or
 * a crash between commit and dispatch cost seconds, not files.
 *
 * While Redis is down only the api's sweeper acts: it has the pool whose clients wait for answers. A worker would
 * process just as well, but then two services would each run their full concurrency on the one database they share.
 * With Redis up, too, the api takes what no worker has claimed for ten seconds when none can be expected to
 * (unclaimed.ts).
 */
import type { Db } from '../db/client.ts';
import { isAway } from '../faults.ts';
import type { JobName, JobTable } from '../jobs.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { type DueRow, findDue } from '../work/claim.ts';
import type { Dispatcher } from './dispatcher.ts';
import { createUnclaimed, UNCLAIMED_S } from './unclaimed.ts';

export const SWEEP_INTERVAL_MS = 2_000;
/** Rows of a kind per sweep: what waits longest comes first (of each person, by turns), the rest at the next sweep. */
const BATCH = 100;
const QUERY_LIMIT_MS = 5_000;

export interface Sweeper {
  start(): void;
  /** Sweeps soon instead of at the next tick, e.g. when Redis came back or an archive left new files. */
  kick(): void;
  /** One sweep; returns how many rows were dispatched. */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

export function createSweeper(deps: {
  db: Db;
  jobs: JobTable;
  dispatcher: Dispatcher;
  logger: Logger;
  intervalMs?: number;
}): Sweeper {
  const { db, jobs, dispatcher, logger, intervalMs = SWEEP_INTERVAL_MS } = deps;
  const unclaimed = createUnclaimed(db);
  /** told once for each time that workers are missed */
  let tookOver = false;
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<unknown> | null = null;
  let again = false;
  let stopped = false;
  let databaseAway = false;

  async function sweepJob(name: JobName, table: string): Promise<number> {
    const rows = await withDeadline(findDue(db, table, BATCH, jobs[name].byTurns), QUERY_LIMIT_MS, 'sweeping');
    const mayTake = await isLeftAlone(name, rows);
    let dispatchedCount = 0;
    for (const row of rows) {
      if (stopped) break;
      const ticket = { name, id: row.id, fence: row.fence, requestId: null, turn: row.turn };
      if (mayTake && row.overdue >= UNCLAIMED_S && dispatcher.takeHere(ticket)) {
        dispatchedCount += 1;
        continue;
      }
      const to = await dispatcher.dispatch(ticket);
      if (to !== 'later') dispatchedCount += 1;
      // the pool is full or the queue refuses: the next sweep goes on
      else break;
    }
    return dispatchedCount;
  }

  async function isLeftAlone(name: JobName, rows: readonly DueRow[]): Promise<boolean> {
    const oldest = rows.find(({ overdue }) => overdue >= UNCLAIMED_S);
    if (oldest === undefined || !dispatcher.canTakeHere()) return false;
    const leftAlone = await unclaimed.isLeftAlone(jobs[name], oldest.id);
    if (leftAlone && !tookOver)
      logger.warn('no worker takes what waits, it is done here', { event: 'workers_missed', job: name });
    tookOver = leftAlone;
    return leftAlone;
  }

  async function sweep(): Promise<number> {
    if (!dispatcher.canDispatch()) return 0;
    let dispatchedCount = 0;
    for (const [name, job] of Object.entries(jobs)) dispatchedCount += await sweepJob(name as JobName, job.table);
    return dispatchedCount;
  }

  async function tick(): Promise<void> {
    try {
      await sweep();
      databaseAway = false;
    } catch (error) {
      if (!isAway(error, 'database') || !databaseAway) logger.warn('sweeping failed', { error });
      databaseAway = isAway(error, 'database');
    }
  }

  function run(): void {
    if (stopped) return;
    if (current !== null) {
      again = true;
      return;
    }
    current = tick().finally(() => {
      current = null;
      if (again) {
        again = false;
        run();
      }
    });
  }

  return {
    sweep,
    start() {
      timer ??= setInterval(run, intervalMs);
      run();
    },
    kick: run,
    async stop() {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await current;
    },
  };
}
