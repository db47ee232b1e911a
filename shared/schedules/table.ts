/** The schedules of rules.md 11, on Tashkent time. A further one is an entry here. */
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
import { addNotice } from '../notices/notices.ts';
import { createRun } from '../reconcile/run-period.ts';
import { retire } from '../retention/retire.ts';
import { sampleSizes } from '../retention/size-samples.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import { checkErrors, checkMachines, checkSystem, reportDay } from './looks.ts';
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
