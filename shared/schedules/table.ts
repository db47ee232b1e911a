/** The schedules of rules.md 11, on Tashkent time. A further one is an entry here. */
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { ANALYTICS_NAMES } from '../analytics/answers.ts';
import { cachedAnalytics, defaultQuery } from '../analytics/cached-answers.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { BackupError } from '../backup/manifest.ts';
import { createBackupPlace } from '../backup/place.ts';
import type { Cache } from '../cache/cache.ts';
import type { Config } from '../config.ts';
import { tellMissingDays } from '../coverage/tell-missing-days.ts';
import type { Db } from '../db/client.ts';
import { primaryReads } from '../db/replica-reads.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { addNotice } from '../notices/notices.ts';
import { createRun } from '../reconcile/run-period.ts';
import { retire } from '../retention/retire.ts';
import { sampleSizes } from '../retention/size-samples.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { Schedule } from './scheduler.ts';

export interface ScheduleDeps {
  db: Db;
  config: Pick<Config, 'database' | 'storageUrl' | 'backup' | 'retention' | 'aws'>;
  version: string;
  cache: Cache;
  spool: SpoolFolder;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** As the page asks for all machines. */
const MAX_RANKED = 1_000;
const RECONCILED_DAYS = 31;
const ERRORS_TOLD_FROM = 5;
const DISK_TOLD_SHARE = 0.9;

export function createSchedules(deps: ScheduleDeps): Schedule[] {
  const { db, cache } = deps;
  return [
    {
      name: 'analytics-warm-up',
      recurrence: { kind: 'daily', hour: 1, minute: 30 },
      limitMs: 10 * MINUTE_MS,
      async run() {
        // as the page asks: of machines all
        for (const name of ANALYTICS_NAMES) {
          const asked = defaultQuery(name);
          await cachedAnalytics(
            { replica: primaryReads(db), cache },
            name,
            name === 'machines' ? { ...asked, limit: MAX_RANKED } : asked,
          );
        }
        return { answers: ANALYTICS_NAMES.length };
      },
    },
    {
      name: 'reconcile',
      recurrence: { kind: 'daily', hour: 2, minute: 0 },
      limitMs: MINUTE_MS,
      run: async (dueAt) => ({
        runId: await createRun(db, {
          from: new Date(dueAt.getTime() - RECONCILED_DAYS * DAY_MS),
          to: null,
          reason: 'schedule',
          createdBy: null,
        }),
      }),
    },
    {
      name: 'cleanup',
      recurrence: { kind: 'weekly', weekday: 0, hour: 3, minute: 0 },
      limitMs: 10 * MINUTE_MS,
      run: async () => ({ foldersCount: await deps.spool.removeLeftovers() }),
    },
    {
      name: 'retention',
      recurrence: { kind: 'daily', hour: 3, minute: 20 },
      limitMs: 20 * MINUTE_MS,
      async run(_dueAt, signal) {
        await sampleSizes(db);
        return retire(db, deps.config.retention, signal);
      },
    },
    {
      name: 'backup',
      recurrence: { kind: 'daily', hour: 4, minute: 0 },
      limitMs: 4 * 60 * MINUTE_MS,
      run: (dueAt, signal) => backUp(deps, dueAt, signal),
    },
    {
      name: 'daily-report',
      recurrence: { kind: 'daily', hour: 9, minute: 0 },
      limitMs: 2 * MINUTE_MS,
      run: (dueAt) => reportDay(db, dueAt),
    },
    {
      name: 'missing-days',
      recurrence: { kind: 'daily', hour: 10, minute: 0 },
      limitMs: 2 * MINUTE_MS,
      run: (dueAt) => tellMissingDays(db, dueAt),
    },
    {
      name: 'error-check',
      recurrence: { kind: 'every', minutes: 60 },
      limitMs: MINUTE_MS,
      run: (dueAt) => checkErrors(db, dueAt),
    },
    {
      name: 'machine-health',
      recurrence: { kind: 'every', minutes: 240 },
      limitMs: 2 * MINUTE_MS,
      run: (dueAt) => checkMachines(db, dueAt),
    },
    {
      name: 'system-health',
      recurrence: { kind: 'every', minutes: 30 },
      limitMs: MINUTE_MS,
      run: (dueAt) => checkSystem(db, dueAt),
    },
  ];
}

async function backUp(
  { db, config, version }: ScheduleDeps,
  dueAt: Date,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  if (config.backup.url === null) return { skipped: 'BACKUP_URL is not set' };
  try {
    const { manifest, pruned } = await makeBackup({
      databaseUrl: config.database.url,
      storageUrl: config.storageUrl,
      place: createBackupPlace(config.backup.url, config.aws),
      version,
      keepDays: config.backup.keepDays,
      path: undefined,
      signal,
    });
    return { backup: manifest.name, sizeBytes: manifest.dump.sizeBytes, pruned: pruned.length };
  } catch (error) {
    const reason = error instanceof BackupError ? error.code : 'failed';
    await addNotice(db, `backup-failed:${dueAt.toISOString()}`, 'backup_failed', { reason });
    throw error;
  }
}

async function reportDay(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  // due at 09:00: the report is about the day before
  const to = new Date(dueAt.getTime() - 9 * 60 * MINUTE_MS);
  const from = new Date(to.getTime() - DAY_MS);
  const row = await selectRow<{ orders: string; sum: string; files: string; failed: string; open: string }>(
    db,
    `select o.orders, o.sum, f.files, f.failed,
      (select count(distinct i.order_id) from order_issues i join orders x on x.id = i.order_id
        where x.time >= ? and x.time < ?) as open
     from (select count(*) as orders, coalesce(sum(price), 0)::text as sum from orders
       where order_number is not null and time >= ? and time < ?) o,
          (select count(*) filter (where status in ('completed', 'completed_with_errors')) as files,
            count(*) filter (where status = 'failed') as failed
           from uploaded_files where completed_at >= ? and completed_at < ?) f`,
    [from, to, from, to, from, to],
  );
  const params = {
    day: tashkentIso(from).slice(0, 10),
    orders: Number(row?.orders ?? 0),
    sum: row?.sum ?? '0',
    files: Number(row?.files ?? 0),
    failed: Number(row?.failed ?? 0),
    open: Number(row?.open ?? 0),
  };
  await addNotice(db, `daily-report:${params.day}`, 'daily_report', params);
  return params;
}

async function checkErrors(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const from = new Date(dueAt.getTime() - 60 * MINUTE_MS);
  const row = await selectRow<{ failed: string; rejected: string }>(
    db,
    `select count(*) filter (where status = 'failed') as failed, coalesce(sum(rows_rejected), 0) as rejected
      from uploaded_files where completed_at >= ? and completed_at < ?`,
    [from, dueAt],
  );
  const params = { failed: Number(row?.failed ?? 0), rejected: Number(row?.rejected ?? 0) };
  if (params.failed + params.rejected >= ERRORS_TOLD_FROM)
    await addNotice(db, `errors:${dueAt.toISOString()}`, 'errors', params);
  return params;
}

async function checkMachines(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const rows = await selectRows<{ machine: string }>(
    db,
    `select machine_code as machine from orders where time >= ? and time < ? and machine_code is not null
     group by machine_code having count(*) >= 5 and count(*) filter (where brew_failed or refunded) > count(*) / 2
     order by machine_code`,
    [new Date(dueAt.getTime() - DAY_MS), dueAt],
  );
  if (rows.length > 0)
    await addNotice(db, `machines:${dueAt.toISOString()}`, 'machines_failing', {
      machines: rows.map(({ machine }) => machine).join(', '),
    });
  return { failing: rows.length };
}

async function checkSystem(db: Db, dueAt: Date): Promise<Record<string, unknown>> {
  const { blocks, bfree, bavail } = await statfs(tmpdir());
  const share = (blocks - bfree) / Math.max(1, blocks - bfree + bavail);
  const percent = Math.round(share * 100);
  // once a day, not every half hour
  const day = tashkentIso(dueAt).slice(0, 10);
  if (share > DISK_TOLD_SHARE) await addNotice(db, `disk:${day}`, 'disk_nearly_full', { percent, path: tmpdir() });
  const row = await selectRow<{ count: string }>(
    db,
    `select count(*) as count from uploaded_files where status = 'queued' and created_at < ?`,
    [new Date(dueAt.getTime() - 120 * MINUTE_MS)],
  );
  const waiting = Number(row?.count ?? 0);
  if (waiting > 0) await addNotice(db, `nothing-loaded:${day}`, 'nothing_loaded', { count: waiting });
  return { diskPercent: percent, waitingOverTwoHours: waiting };
}
