/**
 * What is done by the clock. Two ways lead to a run: a job scheduler of BullMQ, and the services' own timer, which acts
 * when Redis is away and when the queue has missed a due time. Whoever inserts the row (schedule, due time) runs it; so
 * a run happens once, however many ask.
 */
import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Db } from '../db/client.ts';
import { isAway } from '../faults.ts';
import { execute, selectRow } from '../db/rows.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { BULL_PREFIX } from '../queue/bull-queues.ts';
import { createWorkGroup } from '../queue/work-group.ts';
import { cronPattern, lastDue, periodMs, type Recurrence } from './due-times.ts';

export interface Schedule {
  name: string;
  recurrence: Recurrence;
  /** Longest it may take, ms. */
  limitMs: number;
  /** What it did, as plain facts. */
  run(dueAt: Date, signal: AbortSignal): Promise<Record<string, unknown>>;
}

export interface Scheduler {
  start(): void;
  /** Looks at the clock now; returns the names of what this process ran. */
  tick(): Promise<string[]>;
  /** Runs it for this due time unless somebody has; true when this process did. */
  runOnce(name: string, dueAt: Date, via: 'queue' | 'timer'): Promise<boolean>;
  stop(graceMs: number): Promise<void>;
}

export interface SchedulerDeps {
  db: Db;
  logger: Logger;
  instanceId: string;
  schedules: readonly Schedule[];
  redis: { isUp(): boolean };
  /** Connections for BullMQ; null = this process has no part in the queue. */
  connections: { producer: Redis | null; worker: Redis | null } | null;
  /** epoch ms; by default the database's clock, the one that all processes share */
  now?: () => number | Promise<number>;
  intervalMs?: number;
}

export const SCHEDULE_QUEUE = 'schedules';
const INTERVAL_MS = 10_000;
/** While Redis is up the queue comes first; a due time it has missed is the timer's after this. */
const QUEUE_HEADSTART_MS = 60_000;
/**
 * A due time that nobody was there for is made good within this share of its period, if the schedule has run before.
 */
const CATCH_UP_SHARE = 0.25;
/**
 * A job of the queue may be so much before its time by the database's clock: what clocks may differ by anywhere
 * (health.ts, tokens.ts).
 */
const AHEAD_MS = 60_000;
const FIRST_RUN_GRACE_MS = 120_000;
const QUERY_LIMIT_MS = 5_000;

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const {
    db,
    logger,
    instanceId,
    schedules,
    redis,
    connections,
    now = () => databaseNow(db),
    intervalMs = INTERVAL_MS,
  } = deps;
  const group = createWorkGroup();
  let timer: NodeJS.Timeout | null = null;
  let ticking: Promise<string[]> | null = null;
  let away = false;
  let announced = false;
  let stopped = false;
  let queue: Queue | null = null;
  let worker: Worker | null = null;

  async function runOnce(name: string, dueAt: Date, via: 'queue' | 'timer'): Promise<boolean> {
    const schedule = schedules.find((one) => one.name === name);
    if (schedule === undefined) return false;
    const taken = await withDeadline(
      selectRow<{ id: string }>(
        db,
        `insert into schedule_runs (schedule, due_at, via, instance_id) values (?, ?, ?, ?)
          on conflict (schedule, due_at) do nothing returning id`,
        [name, dueAt, via, instanceId],
      ),
      QUERY_LIMIT_MS,
      'taking a schedule',
    );
    if (taken === null) return false;
    const startedAt = performance.now();
    try {
      const result = await group.run((signal) =>
        withDeadline(schedule.run(dueAt, signal), schedule.limitMs, `schedule ${name}`),
      );
      await finish(taken.id, 'done', result, null);
      logger.info('schedule done', { schedule: name, via, ms: Math.round(performance.now() - startedAt), ...result });
    } catch (error) {
      logger.error('schedule failed', { schedule: name, via, error });
      await finish(taken.id, 'failed', {}, error instanceof Error ? error.name : 'unknown').catch(() => undefined);
    }
    return true;
  }

  const finish = (id: string, status: string, result: Record<string, unknown>, error: string | null) =>
    execute(
      db,
      `update schedule_runs set status = ?, result = ?::jsonb, error = ?, finished_at = clock_timestamp() where id = ?`,
      [status, JSON.stringify(result), error, id],
    );

  async function isOpen(schedule: Schedule, dueAt: number, nowMs: number): Promise<boolean> {
    const row = await withDeadline(
      selectRow<{ taken: boolean; known: boolean }>(
        db,
        `select exists (select 1 from schedule_runs where schedule = ? and due_at = ?) as taken,
          exists (select 1 from schedule_runs where schedule = ?) as known`,
        [schedule.name, new Date(dueAt), schedule.name],
      ),
      QUERY_LIMIT_MS,
      'reading schedules',
    );
    if (row === null || row.taken) return false;
    const lateMs = nowMs - dueAt;
    return (
      lateMs <=
      (row.known ? Math.max(FIRST_RUN_GRACE_MS, periodMs(schedule.recurrence) * CATCH_UP_SHARE) : FIRST_RUN_GRACE_MS)
    );
  }

  async function tickNow(): Promise<string[]> {
    const ran: string[] = [];
    listen();
    if (redis.isUp()) await announce();
    else announced = false;
    for (const schedule of schedules) {
      try {
        const nowMs = await now();
        const dueAt = lastDue(schedule.recurrence, nowMs);
        if (redis.isUp() && nowMs - dueAt < QUEUE_HEADSTART_MS) continue;
        if ((await isOpen(schedule, dueAt, nowMs)) && (await runOnce(schedule.name, new Date(dueAt), 'timer')))
          ran.push(schedule.name);
        away = false;
      } catch (error) {
        if (!isAway(error, 'database') || !away) logger.warn('schedules could not be looked at', { error });
        away = isAway(error, 'database');
        return ran;
      }
    }
    return ran;
  }

  /** Tells BullMQ the schedules, once for each time that Redis is there (it may come back empty). */
  async function announce(): Promise<void> {
    const producer = connections?.producer ?? null;
    if (announced || producer === null || producer.status !== 'ready') return;
    queue ??= quiet(new Queue(SCHEDULE_QUEUE, { connection: producer, prefix: BULL_PREFIX }));
    try {
      for (const { name, recurrence } of schedules) {
        await withDeadline(
          queue.upsertJobScheduler(
            name,
            { pattern: cronPattern(recurrence), tz: 'Asia/Tashkent' },
            { name, opts: { removeOnComplete: { count: 20 }, removeOnFail: { count: 20 } } },
          ),
          QUERY_LIMIT_MS,
          'announcing a schedule',
        );
      }
      announced = true;
    } catch (error) {
      logger.debug('schedules could not be announced', { error });
    }
  }

  /** Once this Redis is known to be one that can be used: another's jobs may lie where a wrong address leads. */
  function listen(): void {
    if (worker !== null || stopped || !redis.isUp() || !connections?.worker) return;
    worker = quiet(
      new Worker(
        SCHEDULE_QUEUE,
        async (job) => {
          // the id ends in the due time: repeat:<name>:<epoch ms>
          const dueAt = Number(job.id?.split(':').at(-1));
          // BullMQ counts by the worker's clock: when that is ahead the timer runs it once it is due
          if (!Number.isFinite(dueAt) || dueAt > (await now()) + AHEAD_MS) return false;
          return runOnce(job.name, new Date(dueAt), 'queue');
        },
        {
          connection: connections.worker,
          prefix: BULL_PREFIX,
          concurrency: 2,
          maxStalledCount: 100,
          drainDelay: 2,
          runRetryDelay: 1_000,
        },
      ),
    );
  }

  function tick(): Promise<string[]> {
    ticking ??= tickNow().finally(() => {
      ticking = null;
    });
    return ticking;
  }

  return {
    tick,
    runOnce,
    start() {
      timer ??= setInterval(() => void tick(), intervalMs);
      void tick();
    },
    async stop(graceMs) {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await group.drain(graceMs, 2_000);
      if (worker !== null) await withDeadline(worker.pause(true), 1_000, 'pausing schedules').catch(() => undefined);
      // an orderly close never returns while Redis is away
      const forced = connections?.worker?.status !== 'ready';
      await Promise.allSettled([
        worker === null ? null : withDeadline(worker.close(forced), 2_000, 'closing schedules'),
        queue === null ? null : withDeadline(queue.close(), 1_000, 'closing schedules'),
      ]);
      await ticking?.catch(() => undefined);
    },
  };
}

async function databaseNow(db: Db): Promise<number> {
  const row = await withDeadline(
    selectRow<{ ms: number }>(db, 'select extract(epoch from clock_timestamp())::float8 * 1000 as ms'),
    QUERY_LIMIT_MS,
    'reading the clock',
  );
  if (row === null) throw new Error('the database gave no time');
  return row.ms;
}

/** The breaker tells what there is to tell. */
function quiet<T extends { on(event: 'error', listener: () => void): unknown }>(thing: T): T {
  thing.on('error', () => undefined);
  return thing;
}
