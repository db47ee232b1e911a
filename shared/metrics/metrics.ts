/**
 * What Prometheus reads from both services: files by state and age of the oldest waiting come from PostgreSQL (Redis
 * may be empty or gone), the rest from this process. A scrape never waits longer than a second for anything: what does
 * not answer is left out.
 */
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CacheStatistics } from '../cache/cache.ts';
import type { Db } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { onPhaseEnded, TIMED_PHASES } from '../ingest/progress.ts';
import { withDeadline } from '../lifecycle.ts';
import type { BullQueues } from '../queue/bull-queues.ts';
import type { OpenRedis } from '../redis/breaker.ts';
import { periodMs, type Recurrence } from '../schedules/due-times.ts';

export interface MetricsDeps {
  service: 'api' | 'worker';
  version: string;
  db: Db;
  redis: OpenRedis;
  queues: BullQueues;
  cache: { statistics(): Promise<CacheStatistics> };
  blacklist: { statistics(): { size: number; checks: number; hits: number; failedCopies: number } };
  /** seconds since the last canary; null where there is none */
  canaryAgeS(): number | null;
  activeFiles(): number;
  /** how often each is due, ms */
  schedules: readonly { name: string; recurrence: Recurrence }[];
}

export interface Metrics {
  readonly contentType: string;
  scrape(): Promise<string>;
  /** @param route the pattern, never the path */
  observeRequest(method: string, route: string, status: number, seconds: number): void;
  /** A head of the audit chain did not reach its anchor. */
  countUnanchored(): void;
  /** The bot sent or edited a message, put it off, or gave it up. */
  countTelegram(outcome: 'sent' | 'edited' | 'failed' | 'later'): void;
  /** Counts no further phases. */
  close(): void;
}

/** The whole scrape must stay under a second when Redis is frozen. */
const ASK_LIMIT_MS = 400;
const DATABASE_LIMIT_MS = 700;
const FILE_STATES = [
  'queued',
  'processing',
  'needs_mapping',
  'completed',
  'completed_with_errors',
  'failed',
  'duplicate',
  'cancelled',
  'undone',
  'previewed',
] as const;

interface Pool {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

export function createMetrics(deps: MetricsDeps): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service: deps.service });
  collectDefaultMetrics({ register: registry });
  // gauges by the name of counters, which promtool refuses
  for (const name of ['handles', 'requests', 'resources']) registry.removeSingleMetric(`nodejs_active_${name}_total`);
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });

  const build = gauge('vhm24r_build_info', 'Version of the code, always 1', ['version']);
  build.set({ version: deps.version }, 1);
  const files = gauge('vhm24r_files', 'Files by state, from PostgreSQL', ['state']);
  const oldest = gauge('vhm24r_oldest_waiting_file_age_seconds', 'Age of the file that has waited longest');
  const database = gauge('vhm24r_database_up', 'Whether PostgreSQL answered this scrape');
  const rows = gauge('vhm24r_rows_last_hour', 'Rows read by files that ended within the last hour');
  const rate = gauge('vhm24r_rows_per_second', 'Rows per second of files that ended within the last hour');
  const phase = gauge('vhm24r_files_in_phase', 'Files at work by phase', ['phase']);
  const retries = gauge('vhm24r_retried_files', 'Files of the last day that needed more than one attempt');
  const lost = gauge('vhm24r_lost_claims', 'Claims of files of the last day that ended without release');
  const missing = gauge(
    'vhm24r_files_bytes_missing',
    'Accepted files whose stored bytes are not found: they wait or have failed within a day',
  );
  const auditBreaks = gauge(
    'vhm24r_audit_chain_breaks',
    'Breaks of the audit chain, and tampering beside it, that the sealer found within a week',
  );
  const notices = gauge('vhm24r_notices_waiting', 'Notices that are not sent yet');
  const intakeTaken = gauge('vhm24r_intake_last_taken_timestamp_seconds', 'When a report last came by folder or mail', [
    'door',
  ]);
  const intakeLooked = gauge(
    'vhm24r_intake_last_look_timestamp_seconds',
    'When folder or mailbox were last looked at',
    ['door'],
  );
  const intakeWaiting = gauge('vhm24r_intake_waiting', 'Files or messages taken and not put away yet', ['door']);
  const intakeFindings = gauge('vhm24r_intake_findings', 'What folder and mailbox leave alone or cannot do', ['door']);
  const telegramWaiting = gauge('vhm24r_telegram_waiting', 'What the bot has not done yet', ['what']);
  const schedules = gauge('vhm24r_schedule_last_success_timestamp_seconds', 'When a schedule last ended well', [
    'schedule',
  ]);
  const periods = gauge('vhm24r_schedule_period_seconds', 'How often a schedule is due', ['schedule']);
  for (const { name, recurrence } of deps.schedules) periods.set({ schedule: name }, periodMs(recurrence) / 1000);
  const disk = gauge('vhm24r_disk_used_ratio', 'Share of a disk that is used, by a folder on it', ['folder']);
  const active = gauge('vhm24r_active_jobs', 'Jobs at work in this process');
  const redisUp = gauge('vhm24r_redis_up', 'Whether this process uses Redis now');
  const counter = <Label extends string = never>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Counter<Label>({ name, help, labelNames: [...labelNames], registers: [registry] });
  const switches = counter(
    'vhm24r_mode_switches_total',
    'Changes of this process between the queue and working without Redis',
    ['to'],
  );
  for (const to of ['queue', 'in_process'] as const) switches.inc({ to }, 0);
  const degraded = counter('vhm24r_degraded_seconds_total', 'Time this process has worked without Redis');
  const canary = gauge(
    'vhm24r_canary_age_seconds',
    "Time since all of the consumer's connections last answered; workers only",
  );
  const queueJobs = gauge('vhm24r_queue_jobs', 'Jobs in BullMQ by queue and state', ['queue', 'state']);
  const poolConnections = gauge('vhm24r_pool_connections', 'Connections of the PostgreSQL pool', ['state']);
  const poolWaiting = gauge('vhm24r_pool_waiting', 'Requests that wait for a connection of the pool');
  const cacheLookups = counter('vhm24r_cache_lookups_total', 'Look-ups of the cache', ['result']);
  const cacheOperations = counter('vhm24r_cache_operations_total', 'Operations of the cache by level', ['level']);
  const cacheEntries = gauge('vhm24r_cache_entries', "Entries in this process's memory");
  const blacklistSize = gauge('vhm24r_blacklist_size', 'Revocations known to this process');
  const blacklistChecks = counter('vhm24r_blacklist_checks_total', 'Checks of the blacklist', ['result']);
  const failedCopies = counter(
    'vhm24r_blacklist_failed_copies_total',
    'Revocations that could not be copied to Redis at once',
  );
  const unanchored = counter(
    'vhm24r_audit_unanchored_total',
    'Heads of the audit chain that could not be put into AUDIT_ANCHOR, or read from it',
  );
  const telegramMessages = counter('vhm24r_telegram_messages_total', 'Calls of the bot that write to a chat', [
    'outcome',
  ]);
  for (const outcome of ['sent', 'edited', 'failed', 'later'] as const) telegramMessages.inc({ outcome }, 0);
  const phases = new Histogram({
    name: 'vhm24r_phase_duration_seconds',
    help: 'How long files stayed in a phase of their processing, in this process',
    labelNames: ['phase'],
    buckets: [0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers: [registry],
  });
  for (const name of TIMED_PHASES) phases.zero({ phase: name });
  const durations = new Histogram({
    name: 'vhm24r_file_duration_seconds',
    help: 'From the start of a file to its end, files that ended since this process started',
    buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
    registers: [registry],
  });
  const requests = new Histogram({
    name: 'vhm24r_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
    registers: [registry],
  });
  let degradedSeenAt = performance.now();
  let endedSince = new Date();
  const stopListening = onPhaseEnded((ended) => phases.observe({ phase: ended.phase }, ended.seconds));

  function readDegraded(): void {
    const at = performance.now();
    if (!deps.redis.isUp()) degraded.inc((at - degradedSeenAt) / 1000);
    degradedSeenAt = at;
  }
  // the counters must be right between scrapes, too: each change closes a stretch
  let mode = deps.redis.state().breaker;
  let everUp = mode === 'closed';
  deps.redis.onChange((state) => {
    if (state.breaker !== mode) {
      mode = state.breaker;
      // finding Redis at the start is no change of mode
      if (everUp) switches.inc({ to: mode === 'closed' ? 'queue' : 'in_process' });
      everUp = true;
    }
    const at = performance.now();
    if (state.breaker === 'closed') degraded.inc((at - degradedSeenAt) / 1000);
    degradedSeenAt = at;
  });

  async function readDatabase(): Promise<void> {
    files.reset();
    phase.reset();
    schedules.reset();
    try {
      await withDeadline(readTables(), DATABASE_LIMIT_MS, 'metrics');
      database.set(1);
    } catch {
      // said by vhm24r_database_up; the other figures of the database are left out
      database.set(0);
    }
  }

  async function readTables(): Promise<void> {
    const [states, totals, at, ran, waiting, bot, broken, doors, ended] = await Promise.all([
      selectRows<{ status: string; count: string }>(
        deps.db,
        'select status, count(*) as count from uploaded_files group by status',
      ),
      selectRow<{
        age: number | null;
        rows: string;
        rate: number | null;
        retried: string;
        lost: string;
        missing: string;
      }>(
        deps.db,
        `select extract(epoch from clock_timestamp() - min(created_at) filter (where status = 'queued'))::float8 as age,
           coalesce(sum(rows_read) filter (where completed_at > now() - interval '1 hour'), 0) as rows,
           (sum(rows_read) filter (where completed_at > now() - interval '1 hour')
             / nullif(sum(extract(epoch from completed_at - started_at))
               filter (where completed_at > now() - interval '1 hour'), 0))::float8 as rate,
           count(*) filter (where attempts > 0) as retried, coalesce(sum(claims_lost), 0) as lost,
           count(*) filter (where bytes_missing_since is not null and completed_at is null
             or error_code = 'stored_file_missing') as missing
         from uploaded_files where status in ('queued', 'processing') or completed_at > now() - interval '1 day'`,
      ),
      selectRows<{ phase: string; count: string }>(
        deps.db,
        `select phase, count(*) as count
         from uploaded_files
         where status = 'processing'
         group by phase`,
      ),
      selectRows<{ schedule: string; at: number }>(
        deps.db,
        `select schedule, extract(epoch from max(finished_at))::float8 as at from schedule_runs where status = 'done'
          group by schedule`,
      ),
      selectRow<{ count: string }>(deps.db, 'select count(*) as count from notices where sent_at is null'),
      selectRows<{ what: string; count: string }>(
        deps.db,
        `select 'updates' as what, count(*) as count from telegram_updates where done_at is null
         union all select 'uploads', count(*)
         from telegram_uploads
         where state in ('collecting', 'loading')
         union all select 'messages', count(*) from telegram_messages
         where revision > sent_revision and failed_at is null`,
      ),
      selectRow<{ count: string }>(
        deps.db,
        `select count(*) as count from audit_log
          where action in ('audit.chain_broken', 'audit.tampered') and at > now() - interval '7 days'`,
      ),
      selectRows<{ door: string; taken: number | null; looked: number | null; waiting: number; findings: number }>(
        deps.db,
        `select door, extract(epoch from last_taken_at)::float8 as taken,
          extract(epoch from looked_at)::float8 as looked,
           jsonb_array_length(findings) as findings,
           (case door when 'folder' then (select count(*) from intake_folder_files where state in ('claimed', 'taken'))
              else (select count(*) from intake_messages where state = 'taken') end)::int as waiting
         from intake_doors`,
      ),
      selectRows<{ seconds: number; completed_at: Date }>(
        deps.db,
        `select extract(epoch from completed_at - started_at)::float8 as seconds, completed_at from uploaded_files
         where completed_at > ? and started_at is not null order by completed_at limit 1000`,
        [endedSince],
      ),
    ]);
    for (const state of FILE_STATES)
      files.set({ state }, Number(states.find(({ status }) => status === state)?.count ?? 0));
    for (const { phase: name, count } of at) phase.set({ phase: name }, Number(count));
    for (const { door, ...seen } of doors) {
      if (seen.taken !== null) intakeTaken.set({ door }, seen.taken);
      if (seen.looked !== null) intakeLooked.set({ door }, seen.looked);
      intakeWaiting.set({ door }, seen.waiting);
      intakeFindings.set({ door }, seen.findings);
    }
    for (const { schedule, at: time } of ran) schedules.set({ schedule }, time);
    oldest.set(totals?.age ?? 0);
    rows.set(Number(totals?.rows ?? 0));
    rate.set(totals?.rate ?? 0);
    retries.set(Number(totals?.retried ?? 0));
    lost.set(Number(totals?.lost ?? 0));
    missing.set(Number(totals?.missing ?? 0));
    notices.set(Number(waiting?.count ?? 0));
    for (const { what, count } of bot) telegramWaiting.set({ what }, Number(count));
    auditBreaks.set(Number(broken?.count ?? 0));
    for (const { seconds } of ended) durations.observe(seconds);
    endedSince = ended.at(-1)?.completed_at ?? endedSince;
  }

  async function readQueues(): Promise<void> {
    queueJobs.reset();
    if (!deps.redis.isUp()) return;
    await Promise.allSettled(
      deps.queues.queues().map(async (queue) => {
        const counts = await withDeadline(
          queue.getJobCounts('waiting', 'prioritized', 'active', 'delayed', 'failed'),
          ASK_LIMIT_MS,
          'queue counts',
        );
        const { prioritized = 0, waiting = 0, ...others } = counts;
        for (const [state, count] of Object.entries({ waiting: waiting + prioritized, ...others }))
          queueJobs.set({ queue: queue.name, state }, count);
      }),
    );
  }

  async function readDisk(): Promise<void> {
    for (const folder of new Set([tmpdir(), process.cwd()])) {
      const space = await withDeadline(statfs(folder), ASK_LIMIT_MS, 'the disk').catch(() => null);
      // what root keeps for itself is not free
      if (space !== null)
        disk.set({ folder }, 1 - space.bavail / Math.max(1, space.blocks - space.bfree + space.bavail));
    }
  }

  async function readCache(): Promise<void> {
    const statistics = await withDeadline(deps.cache.statistics(), ASK_LIMIT_MS, 'cache statistics').catch(() => null);
    if (statistics === null) return;
    const { stats } = statistics;
    cacheLookups.reset();
    cacheLookups.inc({ result: 'hit' }, stats.hits);
    cacheLookups.inc({ result: 'miss' }, stats.misses);
    cacheLookups.inc({ result: 'error' }, stats.errors);
    cacheOperations.reset();
    cacheOperations.inc({ level: 'memory' }, stats.memoryOps);
    cacheOperations.inc({ level: 'redis' }, stats.redisOps);
    cacheEntries.set(statistics.memoryCacheSize);
  }

  function readProcess(): void {
    readDegraded();
    const state = deps.redis.state();
    redisUp.set(state.breaker === 'closed' ? 1 : 0);
    active.set(deps.activeFiles());
    const age = deps.canaryAgeS();
    if (age === null) canary.reset();
    else canary.set(age);
    const pool = (deps.db.client as { pool?: Pool }).pool;
    if (pool !== undefined) {
      poolConnections.set({ state: 'used' }, pool.numUsed());
      poolConnections.set({ state: 'free' }, pool.numFree());
      poolWaiting.set(pool.numPendingAcquires());
    }
    const revoked = deps.blacklist.statistics();
    blacklistSize.set(revoked.size);
    blacklistChecks.reset();
    blacklistChecks.inc({ result: 'hit' }, revoked.hits);
    blacklistChecks.inc({ result: 'miss' }, revoked.checks - revoked.hits);
    failedCopies.reset();
    failedCopies.inc(revoked.failedCopies);
  }

  return {
    contentType: registry.contentType,
    async scrape() {
      readProcess();
      await Promise.all([readDatabase(), readQueues(), readCache(), readDisk()]);
      return registry.metrics();
    },
    observeRequest(method, route, status, seconds) {
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds);
    },
    countUnanchored: () => unanchored.inc(),
    countTelegram: (outcome) => telegramMessages.inc({ outcome }),
    close: stopListening,
  };
}
