/**
 * The pieces that openResources puts together: connections and stores, the work and who does it, and what goes by the
 * clock.
 */
import { createBlacklist } from './auth/blacklist/blacklist.ts';
import { CACHE_TAG_RECORDS } from './cache/cache.ts';
import { createCache } from './cache/create-cache.ts';
import type { Config } from './config.ts';
import { markRunning } from './db/cancel-running.ts';
import { createDatabase, type Db } from './db/client.ts';
import { createReplicaReads, primaryReads, type ReplicaReads } from './db/replica-reads.ts';
import { createDatabaseWatch } from './db/watch.ts';
import { expireExports } from './exports/expire-exports.ts';
import { expirePreviews } from './preview/expire-previews.ts';
import { createSpareReader } from './ingest/child/spare-reader.ts';
import { filePlacesOf } from './ingest/file-places.ts';
import type { ProcessDeps } from './ingest/process-deps.ts';
import { createJobs, type JobTable } from './jobs.ts';
import type { CommittedInfo } from './work/kind.ts';
import type { CloserStack } from './lifecycle.ts';
import { createLogger, type Logger } from './logger.ts';
import { createBullQueues } from './queue/bull-queues.ts';
import { createDispatcher } from './queue/dispatcher.ts';
import { createHousekeeping } from './queue/housekeeping.ts';
import { createInProcessPool } from './queue/in-process-pool.ts';
import { removeOldCanaries } from './queue/old-canaries.ts';
import { createSweeper } from './queue/sweeper.ts';
import { MERGE_LOCK_KEY } from './reconcile/merge-lock.ts';
import { createSettingsCheck } from './reconcile/settings-check.ts';
import { createRedis } from './redis/breaker.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createNoticeSender } from './notices/notices.ts';
import { createRedisConnection } from './redis/connections.ts';
import { createScheduler } from './schedules/scheduler.ts';
import { createSchedules } from './schedules/table.ts';
import { createServiceInstance } from './service-instance.ts';
import { createFileStore } from './storage/create-file-store.ts';
import type { FileStore } from './storage/file-store.ts';
import { createSpoolFolder } from './storage/spool-folder.ts';
import { createStorageWatch } from './storage/storage-watch.ts';
import { handOverNotice } from './telegram/hand-over-notice.ts';
import { refreshInBackground } from './sums/refresh-sums.ts';

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
/** For short questions by key; a second one while the first hangs. */
const DOOR_CONNECTIONS = 2;
/** What every piece is opened with; each pushes onto `closers` what it must take down. */
export interface Opening {
  config: Config;
  service: 'api' | 'worker';
  overrides: Overrides;
  closers: CloserStack;
  version: string;
}

/** Connections and stores, and what watches over them. */
export function openBase({ config, service, overrides, closers }: Opening) {
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
  // who may come in is asked for every request: behind a crowd of one person's, everybody's would be refused
  const doors =
    service === 'api'
      ? createDatabase({
          ...config.database,
          poolMax: DOOR_CONNECTIONS,
          applicationName: 'vhm24r-api-doors',
          logger,
        })
      : db;
  if (doors !== db) closers.push('postgres doors', () => doors.destroy(), 3_000);
  const pools = [...new Set([db, ...(reads === null ? [] : [reads]), doors])];
  const watch = createDatabaseWatch({
    url: config.database.url,
    pools,
    applicationName: `vhm24r-${service}-watch`,
    logger,
  });
  closers.push('postgres watch', () => watch.close(), 2_000);
  const replica = openReplica({ config, service, logger, closers }, reads ?? db);
  const redis = createRedis(config.redisUrl, logger);
  closers.push('redis', () => redis.close());
  const cache = createCache({ redis, redisUrl: config.redisUrl, logger });
  closers.push('cache', () => cache.close(), 2_000);
  const blacklist = createBlacklist({ db: doors, redis, logger, cleans: service === 'api' });
  closers.push('blacklist', () => blacklist.close(), 2_000);
  const spool = createSpoolFolder();
  closers.push('temporary folder', () => spool.close());
  const store = overrides.store ?? createFileStore(config.storageUrl, { db, spool, aws: config.aws });
  const storage = createStorageWatch({ store, logger, intervalMs: overrides.storageIntervalMs });
  closers.push('storage watch', () => storage.stop());
  return { logger, db, doors, reads, replica, watch, redis, cache, blacklist, spool, store, storage };
}
export type Base = ReturnType<typeof openBase>;

type ReplicaOpening = Pick<Opening, 'config' | 'service' | 'closers'> & { logger: Logger };

/** Reads that decide nothing: from the replica where there is one (DATABASE_READ_URL), else from `primary`. */
function openReplica({ config, service, logger, closers }: ReplicaOpening, primary: Db): ReplicaReads {
  const { readUrl: url, poolMax } = config.database;
  if (url === null) return primaryReads(primary);
  const replica = createDatabase({
    url,
    poolMax: Math.max(2, Math.floor(poolMax / 2)),
    statementTimeoutMs: READ_LIMIT_MS,
    applicationName: `vhm24r-${service}-replica`,
    logger,
  });
  closers.push('postgres replica', () => replica.destroy(), 3_000);
  const watch = createDatabaseWatch({
    url,
    pools: [replica],
    applicationName: `vhm24r-${service}-replica-watch`,
    logger,
    name: 'replica',
  });
  closers.push('replica watch', () => watch.close(), 2_000);
  return createReplicaReads({ primary, replica, watch, logger });
}

/** Jobs, the ways to whoever does them, and the rounds that look for what was left. */
export function createWork(
  { config, service, overrides, closers, version }: Opening,
  { db, replica, redis, cache, spool, store, logger }: Base,
) {
  const committed: { listener: (info: CommittedInfo) => void } = { listener: () => undefined };
  const spareReader = createSpareReader(spool, logger);
  closers.push('spare reader', () => spareReader.close(), 2_000);
  const processDeps: ProcessDeps = {
    db,
    replica,
    cache,
    store,
    spool,
    spareReader,
    logger,
    matching: config.matching,
    leaseMs: config.processing.leaseMs,
    errorCeiling: config.processing.errorCeiling,
    filePlaces: filePlacesOf(config),
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
export function createClockwork(
  { config, service, closers, version }: Opening,
  base: Base,
  { queues, load, instance }: Work,
) {
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
  const notices = createNoticeSender({ db, logger, telegram: config.telegram, handOver: handOverNotice });
  // BullMQ's part of the schedules belongs to the worker; the timers run in both
  const connections =
    service === 'worker' && config.redisUrl !== null
      ? { producer: redis.openProducer(), worker: createRedisConnection(config.redisUrl, { kind: 'patient' }) }
      : null;
  if (connections !== null) closers.push('schedule queue', () => connections.worker.disconnect());
  const scheduler = createScheduler({ db, logger, instanceId: instance.id, schedules, redis, connections });
  return { metrics, notices, scheduler };
}
