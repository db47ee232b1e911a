/**
 * The composition root: the only place that builds clients and services. `openResources(config, service)` returns them
 * with `close()`, which takes them down in the order of api.md: work first, then queue, Redis, PostgreSQL. Nothing here
 * waits for a dependency to be there: a service starts without Redis and without PostgreSQL, says so in /readyz, and
 * goes on when they come.
 */
import { createAuditAnchor } from './audit/anchor.ts';
import { createSealer } from './audit/sealer.ts';
import { createAuth, type Auth } from './auth/auth.ts';
import type { Blacklist } from './auth/blacklist/blacklist.ts';
import { noteKeysInUse } from './auth/keys-in-use.ts';
import type { Cache } from './cache/cache.ts';
import type { Config } from './config.ts';
import type { Db } from './db/client.ts';
import type { ReplicaReads } from './db/replica-reads.ts';
import type { DatabaseWatch } from './db/watch.ts';
import { createIntake, type Intake } from './intake/create-intake.ts';
import type { JobTable } from './jobs.ts';
import { createRateLimits, type RateLimits } from './limits/rate-limits.ts';
import { createCloserStack, withDeadline, type CloseReport } from './lifecycle.ts';
import type { Logger } from './logger.ts';
import type { BullQueues } from './queue/bull-queues.ts';
import { createConsumer, type Consumer } from './queue/consumer.ts';
import type { Dispatcher } from './queue/dispatcher.ts';
import type { InProcessPool } from './queue/in-process-pool.ts';
import type { Sweeper } from './queue/sweeper.ts';
import { readVersion } from './project.ts';
import type { OpenRedis } from './redis/breaker.ts';
import type { Metrics } from './metrics/metrics.ts';
import { createMonitor, type Monitor } from './monitor/monitor.ts';
import { addNotice, type NoticeSender } from './notices/notices.ts';
import type { FileStore } from './storage/file-store.ts';
import type { SpoolFolder } from './storage/spool-folder.ts';
import type { StorageWatch } from './storage/storage-watch.ts';
import { createSessionFeed, type SessionFeed } from './uploads/session-feed.ts';
import { createTelegramParts, type TelegramBot } from './telegram/open-telegram.ts';
import { openTracing } from './tracing/open-tracing.ts';
import { createUploads, type Uploads } from './uploads/uploads.ts';
import { createClockwork, createWork, openBase, type Base, type Opening, type Overrides } from './resource-parts.ts';

/** What both services have. */
interface CommonResources {
  config: Config;
  version: string;
  logger: Logger;
  db: Db;
  watch: DatabaseWatch;
  redis: OpenRedis;
  store: FileStore;
  storage: StorageWatch;
  spool: SpoolFolder;
  jobs: JobTable;
  queues: BullQueues;
  dispatcher: Dispatcher;
  sweeper: Sweeper;
  /** what an import changes it drops after the commit, in api and worker alike */
  cache: Cache;
  blacklist: Blacklist;
  metrics: Metrics;
  instanceId: string;
}

export interface ApiResources extends CommonResources {
  /** for reads whose cost hangs on how much there is; a statement has READ_LIMIT_MS */
  reads: Db;
  /** for reads that decide nothing */
  replica: ReplicaReads;
  /** work in this process while Redis is down */
  pool: InProcessPool;
  feed: SessionFeed;
  auth: Auth;
  limits: RateLimits;
  /** the one way in for reports */
  uploads: Uploads;
  monitor: Monitor;
  /** null without TELEGRAM_BOT_TOKEN */
  telegram: TelegramBot | null;
}

export interface WorkerResources extends CommonResources {
  /** null where no Redis is configured: there is nothing to consume, the api works in process */
  consumer: Consumer | null;
}

export interface Opened<R> {
  resources: R;
  /** Sweeper, housekeeping, heartbeat and, in the worker, the consumer begin. */
  start(): void;
  /** Takes no more work and lets what is at hand finish for `graceMs`, then gives it back. First step of shutdown. */
  stopWork(graceMs: number): Promise<void>;
  /** Closes everything; implies stopWork(0). */
  close(): Promise<CloseReport[]>;
}

/** How long aborted work may take to give its claim back. */
const ABORT_WAIT_MS = 4_000;
/** How long a door may finish what it is at; what it leaves the next process takes up. */
const DOOR_WAIT_MS = 3_000;
/** How long a sweep or a round of housekeeping may hang on a database that does not answer. */
const ROUND_WAIT_MS = 2_000;

export async function openResources(
  config: Config,
  service: 'api',
  overrides?: Overrides,
): Promise<Opened<ApiResources>>;
export async function openResources(
  config: Config,
  service: 'worker',
  overrides?: Overrides,
): Promise<Opened<WorkerResources>>;
export async function openResources(
  config: Config,
  service: 'api' | 'worker',
  overrides: Overrides = {},
): Promise<Opened<ApiResources | WorkerResources>> {
  const closers = createCloserStack();
  try {
    const opening: Opening = { config, service, overrides, closers, version: readVersion() };
    const endTracing = await openTracing(config, opening);
    if (endTracing !== null) closers.push('traces', endTracing, 4_000);
    const base = openBase(opening);
    const work = createWork(opening, base);
    const clockwork = createClockwork(opening, base, work);
    const { logger, db, blacklist } = base;
    const { jobs, queues, dispatcher, sweeper, instance, load } = work;
    const { metrics } = clockwork;
    const common: CommonResources = {
      ...base,
      config,
      version: opening.version,
      jobs,
      queues,
      dispatcher,
      sweeper,
      instanceId: instance.id,
      metrics,
    };
    let consumer: Consumer | null = null;
    let resources: ApiResources | WorkerResources;
    let openLast: () => Promise<void> = async () => undefined;
    let intake: Intake | null = null;
    let telegram: TelegramBot | null = null;
    if (work.pool !== null && base.reads !== null) {
      const { pool } = work;
      const api = createApiParts(opening, base, { notices: clockwork.notices, metrics });
      openLast = api.open;
      load.activeCount = () => pool.activeCount();
      const uploads = createUploads({ ...base, dispatcher, limits: config.uploads, rates: api.limits });
      intake = createIntake({ db, uploads, logger, config });
      telegram = createTelegramParts({ ...common, ...api, reads: base.reads, uploads });
      resources = {
        ...common,
        reads: base.reads,
        replica: base.replica,
        pool,
        feed: api.feed,
        auth: api.auth,
        limits: api.limits,
        uploads,
        monitor: api.monitor,
        telegram,
      };
    } else {
      resources = {
        ...common,
        get consumer() {
          return consumer;
        },
      };
      load.activeCount = () => consumer?.activeCount() ?? 0;
      load.canaryAgeS = () => consumer?.silentS() ?? null;
    }

    let stopping: Promise<void> | null = null;
    const stopWork = (graceMs: number): Promise<void> => {
      stopping ??= (async () => {
        // doors first: what they would bring now nobody takes any more
        const doors = [intake?.stop() ?? null, telegram?.stop() ?? null].filter((door) => door !== null);
        await Promise.allSettled(doors.map((door) => withDeadline(door, DOOR_WAIT_MS, 'a door for reports')));
        const rounds = [sweeper.stop(), work.housekeeping.stop(), work.settingsCheck.stop()];
        await Promise.allSettled(rounds.map((round) => withDeadline(round, ROUND_WAIT_MS, 'a round at hand')));
        const { scheduler, notices } = clockwork;
        await Promise.allSettled([
          work.pool?.drain(graceMs, ABORT_WAIT_MS),
          consumer?.close(graceMs),
          scheduler.stop(0),
          notices.stop(),
        ]);
        await instance.stop();
      })();
      return stopping;
    };
    closers.push('work at hand', () => stopWork(0), 12_000);

    await blacklist.open();
    await openLast();

    return {
      resources,
      start() {
        instance.start();
        base.storage.start();
        work.housekeeping.start();
        sweeper.start();
        clockwork.scheduler.start();
        clockwork.notices.start();
        work.settingsCheck.start();
        intake?.start();
        telegram?.start();
        if (service === 'worker' && config.redisUrl !== null) {
          consumer = createConsumer({
            redisUrl: config.redisUrl,
            jobs,
            concurrency: config.processing.concurrency,
            instanceId: instance.id,
            db,
            logger,
            redis: base.redis,
            onDeaf: overrides.onDeaf ?? (() => process.exit(1)),
          });
        } else if (service === 'worker')
          logger.warn('REDIS_URL is not set: this worker gets no work, the api works in process');
      },
      stopWork,
      close: () => closers.close(),
    };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

interface ApiNeeds {
  notices: NoticeSender;
  metrics: Metrics;
}

/** What only the api has; `open` comes after the blacklist's first reading. */
function createApiParts(
  { config, closers }: Opening,
  { db, doors, redis, blacklist, logger }: Base,
  { notices, metrics }: ApiNeeds,
) {
  const feed = createSessionFeed({ db, logger });
  closers.push('session feed', () => feed.close());
  const limits = createRateLimits({ redis, factor: config.rateLimitFactor, logger });
  const auth = createAuth({
    db,
    doors,
    blacklist,
    config: config.auth,
    telegram: config.telegram,
    limits: limits.signIn,
    logger,
  });
  const sealer = config.auditKey === null ? null : openSealer(config, config.auditKey, { db, logger, metrics });
  if (sealer === null)
    logger.warn('AUDIT_KEY is not set: the audit log is kept but not sealed', { event: 'audit_unsealed' });
  else closers.push('audit sealer', () => sealer.close(), 6_000);
  const monitor = createMonitor({ db, redis, redisConfigured: config.redisUrl !== null, logger, notices });
  closers.push('monitor', () => monitor.stop(), 2_000);
  return {
    feed,
    limits,
    auth,
    monitor,
    async open() {
      sealer?.open();
      await noteKeysInUse(db, config.auth.secrets, logger);
      monitor.start();
    },
  };
}

type SealerNeeds = Pick<Base, 'db' | 'logger'> & { metrics: Metrics };

function openSealer(config: Config, auditKey: NonNullable<Config['auditKey']>, { db, logger, metrics }: SealerNeeds) {
  return createSealer({
    db,
    auditKey,
    keepDays: config.retention.auditDays,
    anchor: config.auditAnchor === null ? null : createAuditAnchor(config.auditAnchor, config.aws),
    logger,
    onBroken: async ({ seq, reason }) => {
      await addNotice(db, `audit-broken:${seq}`, 'audit_broken', { seq, reason });
    },
    onTampered: async ({ what }, seq) => {
      await addNotice(db, `audit-broken:${seq}`, 'audit_broken', { seq, reason: what });
    },
    onUnanchored: () => metrics.countUnanchored(),
  });
}
