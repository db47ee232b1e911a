/**
 * The composition root: the only place that builds clients and services. `openResources(config, service)` returns them
 * with `close()`, which takes them down in the order of api.md: work first, then queue, Redis, PostgreSQL. Nothing here
 * waits for a dependency to be there: a service starts without Redis and without PostgreSQL, says so in /readyz, and
 * goes on when they come.
 */
import { createAuditAnchor } from './audit/anchor.ts';
import { createSealer } from './audit/sealer.ts';
import { createAuth, type Auth } from './auth/auth.ts';
import { createBlacklist, type Blacklist } from './auth/blacklist/blacklist.ts';
import { noteKeysInUse } from './auth/keys-in-use.ts';
import { CACHE_TAG_RECORDS, type Cache } from './cache/cache.ts';
import { createCache } from './cache/create-cache.ts';
import type { Config } from './config.ts';
import { markRunning } from './db/cancel-running.ts';
import { createDatabase, type Db } from './db/client.ts';
import { createDatabaseWatch, type DatabaseWatch } from './db/watch.ts';
import { expireExports } from './exports/expire-exports.ts';
import { expirePreviews } from './preview/expire-previews.ts';
import type { ProcessDeps } from './ingest/process-deps.ts';
import { createJobs, type JobTable } from './jobs.ts';
import type { CommittedInfo } from './work/kind.ts';
import { createRateLimits, type RateLimits } from './limits/rate-limits.ts';
import { createCloserStack, withDeadline, type CloserStack, type CloseReport } from './lifecycle.ts';
import { createLogger, type Logger } from './logger.ts';
import { createBullQueues, type BullQueues } from './queue/bull-queues.ts';
import { createConsumer, type Consumer } from './queue/consumer.ts';
import { createDispatcher, type Dispatcher } from './queue/dispatcher.ts';
import { createHousekeeping } from './queue/housekeeping.ts';
import { createInProcessPool, type InProcessPool } from './queue/in-process-pool.ts';
import { removeOldCanaries } from './queue/old-canaries.ts';
import { createSweeper, type Sweeper } from './queue/sweeper.ts';
import { MERGE_LOCK_KEY } from './reconcile/engine.ts';
import { createSettingsCheck } from './reconcile/settings-check.ts';
import { readVersion } from './project.ts';
import { createRedis, type OpenRedis } from './redis/breaker.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { createMonitor, type Monitor } from './monitor/monitor.ts';
import { addNotice, createNoticeSender, type NoticeSender } from './notices/notices.ts';
import { createRedisConnection } from './redis/connections.ts';
import { createScheduler } from './schedules/scheduler.ts';
import { createSchedules } from './schedules/table.ts';
import { createServiceInstance } from './service-instance.ts';
import { createFileStore } from './storage/create-file-store.ts';
import type { FileStore } from './storage/file-store.ts';
import { createSpoolFolder, type SpoolFolder } from './storage/spool-folder.ts';
import { createStorageWatch, type StorageWatch } from './storage/storage-watch.ts';
import { refreshInBackground } from './sums/refresh-sums.ts';
import { createSessionFeed, type SessionFeed } from './uploads/session-feed.ts';
import { createUploads, type Uploads } from './uploads/uploads.ts';

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
  /** work in this process while Redis is down */
  pool: InProcessPool;
  feed: SessionFeed;
  auth: Auth;
  limits: RateLimits;
  /** the one way in for reports */
  uploads: Uploads;
  monitor: Monitor;
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

/** What tests put in place of the real thing. */
export interface Overrides {
  logger?: Logger;
  store?: FileStore;
  jobs?: (deps: ProcessDeps) => JobTable;
  sweepIntervalMs?: number;
  /** between two looks at the storage */
  storageIntervalMs?: number;
  /** what a deaf worker does instead of ending the process */
  onDeaf?: () => void;
}

/** How long a read on the path of a request may take; exports set their own. */
const READ_LIMIT_MS = 5_000;
/** How long aborted work may take to give its claim back. */
const ABORT_WAIT_MS = 4_000;
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
    if (work.pool !== null && base.reads !== null) {
      const { pool } = work;
      const api = createApiParts(opening, base, { notices: clockwork.notices, metrics });
      openLast = api.open;
      load.activeCount = () => pool.activeCount();
      resources = {
        ...common,
        reads: base.reads,
        pool,
        feed: api.feed,
        auth: api.auth,
        limits: api.limits,
        uploads: createUploads({ ...base, dispatcher, limits: config.uploads, rates: api.limits }),
        monitor: api.monitor,
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

/** What every piece is opened with; each pushes onto `closers` what it must take down. */
interface Opening {
  config: Config;
  service: 'api' | 'worker';
  overrides: Overrides;
  closers: CloserStack;
  version: string;
}

/** Connections and stores, and what watches over them. */
function openBase({ config, service, overrides, closers }: Opening) {
  const logger = overrides.logger ?? createLogger({ ...config.log, service });
  const db = createDatabase({ ...config.database, applicationName: `vhm24r-${service}`, logger });
  closers.push('postgres', () => db.destroy(), 3_000);
  // reads that may take long have connections of their own: sign-in, health and claims never wait behind them
  const reads =
    service === 'api'
      ? createDatabase({
          ...config.database,
          poolMax: Math.max(2, Math.floor(config.database.poolMax / 2)),
          statementTimeoutMs: READ_LIMIT_MS,
          applicationName: 'vhm24r-api-reads',
          logger,
        })
      : null;
  if (reads !== null) closers.push('postgres reads', () => reads.destroy(), 3_000);
  const pools = reads === null ? [db] : [db, reads];
  const watch = createDatabaseWatch({
    url: config.database.url,
    pools,
    applicationName: `vhm24r-${service}-watch`,
    logger,
  });
  closers.push('postgres watch', () => watch.close(), 2_000);
  const redis = createRedis(config.redisUrl, logger);
  closers.push('redis', () => redis.close());
  const cache = createCache({ redis, redisUrl: config.redisUrl, logger });
  closers.push('cache', () => cache.close(), 2_000);
  const blacklist = createBlacklist({ db, redis, logger, cleans: service === 'api' });
  closers.push('blacklist', () => blacklist.close(), 2_000);
  const spool = createSpoolFolder();
  closers.push('temporary folder', () => spool.close());
  const store = overrides.store ?? createFileStore(config.storageUrl, { db, spool, aws: config.aws });
  const storage = createStorageWatch({ store, logger, intervalMs: overrides.storageIntervalMs });
  closers.push('storage watch', () => storage.stop());
  return { logger, db, reads, watch, redis, cache, blacklist, spool, store, storage };
}
type Base = ReturnType<typeof openBase>;

/** Jobs, the ways to whoever does them, and the rounds that look for what was left. */
function createWork(
  { config, service, overrides, closers, version }: Opening,
  { db, redis, cache, spool, store, logger }: Base,
) {
  const committed: { listener: (info: CommittedInfo) => void } = { listener: () => undefined };
  const processDeps: ProcessDeps = {
    db,
    cache,
    store,
    spool,
    logger,
    matching: config.matching,
    leaseMs: config.processing.leaseMs,
    errorCeiling: config.processing.errorCeiling,
    onCommitted: (info) => committed.listener(info),
  };
  const jobs = (overrides.jobs ?? createJobs)(processDeps);
  const queues = createBullQueues(redis, jobs);
  closers.push('queues', () => queues.close(), 2_000);

  /** known once there is a pool or a consumer */
  const load: { activeCount: () => number; canaryAgeS: () => number | null } = {
    activeCount: () => 0,
    canaryAgeS: () => null,
  };
  const instance = createServiceInstance({
    db,
    service,
    version,
    logger,
    details: () => ({
      pid: process.pid,
      concurrency: config.processing.concurrency,
      active: load.activeCount(),
      canaryAgeS: load.canaryAgeS(),
      redis: redis.state().breaker === 'closed' ? 'up' : redis.state().reason,
    }),
  });
  const { concurrency } = config.processing;
  const mark = () => markRunning(db);
  const pool =
    service === 'api' ? createInProcessPool({ jobs, concurrency, instanceId: instance.id, logger, mark }) : null;
  const dispatcher = createDispatcher({ redis, queues, pool, logger });
  const sweeper = createSweeper({ db, jobs, dispatcher, logger, intervalMs: overrides.sweepIntervalMs });
  const housekeeping = createHousekeeping({
    db,
    store,
    spool,
    logger,
    expire: async () => (await expireExports({ db, store })) + (await expirePreviews(db)),
    refreshSums: () => refreshInBackground(db, config.matching, MERGE_LOCK_KEY),
  });
  const settingsCheck = createSettingsCheck({ db, matching: config.matching, logger, onQueued: () => sweeper.kick() });
  // an archive leaves new files: they should not wait for the next sweep
  committed.listener = () => {
    sweeper.kick();
    housekeeping.refreshSums();
    void cache.dropTags([CACHE_TAG_RECORDS]);
  };
  const stopListening = redis.onChange((state) => {
    if (state.breaker === 'closed') pool?.dropWaiting();
    if (state.breaker === 'closed' && service === 'worker') void removeOldCanaries({ db, redis, logger });
    sweeper.kick();
  });
  closers.push('listeners', stopListening);
  return { jobs, queues, load, instance, pool, dispatcher, sweeper, housekeeping, settingsCheck };
}
type Work = ReturnType<typeof createWork>;

/** What is done by the clock, and what is told of it. */
function createClockwork({ config, service, closers, version }: Opening, base: Base, { queues, load, instance }: Work) {
  const { db, redis, cache, blacklist, spool, logger } = base;
  const schedules = createSchedules({ db, config, version, cache, spool });
  const metrics = createMetrics({
    service,
    version,
    db,
    redis,
    queues,
    cache,
    blacklist,
    canaryAgeS: () => load.canaryAgeS(),
    activeFiles: () => load.activeCount(),
    schedules,
  });
  closers.push('metrics', () => metrics.close());
  const notices = createNoticeSender({ db, logger, telegram: config.telegram });
  // BullMQ's part of the schedules belongs to the worker; the timers run in both
  const connections =
    service === 'worker' && config.redisUrl !== null
      ? { producer: redis.openProducer(), worker: createRedisConnection(config.redisUrl, { kind: 'patient' }) }
      : null;
  if (connections !== null) closers.push('schedule queue', () => connections.worker.disconnect());
  const scheduler = createScheduler({ db, logger, instanceId: instance.id, schedules, redis, connections });
  return { metrics, notices, scheduler };
}

interface ApiNeeds {
  notices: NoticeSender;
  metrics: Metrics;
}

/** What only the api has; `open` comes after the blacklist's first reading. */
function createApiParts(
  { config, closers }: Opening,
  { db, redis, blacklist, logger }: Base,
  { notices, metrics }: ApiNeeds,
) {
  const feed = createSessionFeed({ db, logger });
  closers.push('session feed', () => feed.close());
  const limits = createRateLimits({ redis, factor: config.rateLimitFactor, logger });
  const auth = createAuth({
    db,
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
    anchor: config.auditAnchor === null ? null : createAuditAnchor(config.auditAnchor, config.aws),
    logger,
    onBroken: async ({ seq, reason }) => {
      await addNotice(db, `audit-broken:${seq}`, 'audit_broken', { seq, reason });
    },
    onUnanchored: () => metrics.countUnanchored(),
  });
}
