import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ensureBuilt } from '../../../scripts/build.ts';
import { ensureDatabase, openEmbeddedPostgres, type EmbeddedPostgres } from '../../../scripts/embedded-postgres.ts';
import { findFreePort } from '../../../scripts/processes/free-port.ts';
import { openService, type Service } from '../../../scripts/processes/service.ts';
import { openFaultProxy, type FaultProxy } from '../faults.ts';
import { migrateTestDatabase } from '../postgres.ts';
import { serviceEnvironment } from '../processes.ts';
import { startRedis, type TestRedis } from '../redis.ts';
import { openS3StandIn, type S3StandIn } from '../s3-stand-in.ts';
import { shiftedClock } from '../shifted-clock.ts';
import { descendantsOf, type ChildProcessFound } from './children.ts';
import { SERVICES, type StorageKind } from './draw-faults.ts';

export type ServiceName = (typeof SERVICES)[number];

/** An api or a worker that is ended and started again on its own port, and its own lines to PostgreSQL and Redis. */
export interface Member {
  name: ServiceName;
  url: string;
  postgres: FaultProxy;
  redis: FaultProxy;
  /** null while it does not run */
  service: Service | null;
  starts: number;
  /** Since when and until when somebody has struck it, performance.now(); the last is open while it lasts. */
  struck: { from: number; to: number }[];
  start(): Promise<void>;
}

/**
 * Two apis and three workers as processes from dist/ over servers that can be ended. One worker's clock is ten minutes
 * ahead.
 */
export interface World {
  members: readonly Member[];
  storageKind: StorageKind;
  storageFolder: string;
  s3: S3StandIn | null;
  s3Proxy: FaultProxy | null;
  redis: TestRedis;
  /** past all proxies */
  databaseUrl: string;
  /** processes that services had started when they were ended: none may outlive them */
  children: ChildProcessFound[];
  /** temporary files of the services */
  tempFolder: string;
  postgresKilled(): Promise<void>;
  postgresStarted(): Promise<void>;
  /** Asks the database past all proxies, again while it is away. */
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Ends all services as an operator would; gives the exit code of each. */
  stopServices(): Promise<{ name: string; code: number | null; ms: number }[]>;
  /** @param keptLogs a folder for the logs of all services; default: they go */
  close(keptLogs?: string): Promise<void>;
}

export const CHAOS_LEASE_MS = 3_000;
const CLOCK_AHEAD_HOURS = 10 / 60;
/** A killed server loses nothing that it has acknowledged; the machine itself is not switched off here. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'on',
  max_connections: '110',
  shared_buffers: '128MB',
};
const root = fileURLToPath(new URL('../../..', import.meta.url));

export async function openWorld(storageKind: StorageKind): Promise<World> {
  ensureBuilt({ only: ['services'] });
  const home = await mkdtemp(join(tmpdir(), 'vhm24r-chaos-'));
  await chmod(home, 0o755);
  const [folder, tempFolder, storageFolder, logs] = ['postgres', 'temp', 'files', 'logs'].map((name) =>
    join(home, name),
  ) as [string, string, string, string];
  for (const path of [folder, tempFolder, storageFolder, logs]) await mkdir(path);
  await chmod(folder, 0o755);
  let server: EmbeddedPostgres = await openEmbeddedPostgres({ folder, settings: SETTINGS });
  const { port } = server;
  await ensureDatabase(server, 'chaos');
  const databaseUrl = server.urlFor('chaos');
  await migrateTestDatabase(databaseUrl);
  const redis = await startRedis();
  const s3 = storageKind === 's3' ? await openS3StandIn('reports') : null;
  const s3Proxy = s3 === null ? null : await openFaultProxy(Number(new URL(s3.url).port));
  const storage =
    s3 === null || s3Proxy === null
      ? { STORAGE_URL: storageKind === 'file' ? `file:${storageFolder}` : 'postgres:' }
      : {
          STORAGE_URL: `s3://reports?endpoint=${encodeURIComponent(s3Proxy.urlFor(s3.url).replace(/\/$/, ''))}`,
          ...s3.env,
        };

  const children: ChildProcessFound[] = [];
  const members: Member[] = [];
  for (const name of SERVICES) {
    const kind = name.startsWith('api') ? 'api' : 'worker';
    const [postgresProxy, redisProxy, ownPort] = [
      await openFaultProxy(port),
      await openFaultProxy(redis.port),
      await findFreePort(),
    ];
    const env = serviceEnvironment(kind, {
      DATABASE_URL: postgresProxy.urlFor(databaseUrl),
      REDIS_URL: redisProxy.urlFor(redis.url),
      PORT: String(ownPort),
      LEASE_MS: String(CHAOS_LEASE_MS),
      SYNC_WAIT_MS: '3000',
      DATABASE_POOL_MAX: '8',
      DRAIN_MS: '0',
      TMPDIR: tempFolder,
      VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN ?? '',
      HOME: process.env.HOME ?? '',
      ...(kind === 'api' ? { ACCESS_TOKEN_TTL_S: '3600' } : {}),
      ...(name === 'worker-3' ? shiftedClock(CLOCK_AHEAD_HOURS) : {}),
      ...storage,
    });
    const script = join(root, 'dist', kind === 'api' ? 'api/server.js' : 'worker/worker.js');
    const member: Member = {
      name,
      url: `http://127.0.0.1:${ownPort}`,
      postgres: postgresProxy,
      redis: redisProxy,
      service: null,
      starts: 0,
      struck: [],
      start: async () => {
        member.starts += 1;
        const logPath = join(logs, `${name}.log`);
        // one log a start: the reader of a log looks for the port in it
        member.service = await openService({
          name,
          script,
          env,
          logPath: `${logPath}.${member.starts}`,
          startTimeoutMs: 60_000,
        });
      },
    };
    members.push(member);
  }
  await Promise.all(members.map((member) => member.start()));

  return {
    members,
    storageKind,
    storageFolder,
    s3,
    s3Proxy,
    redis,
    children,
    databaseUrl,
    tempFolder,
    postgresKilled: async () => void (await server.kill()),
    async postgresStarted() {
      for (let attempt = 1; ; attempt++) {
        try {
          server = await openEmbeddedPostgres({ folder, port, settings: SETTINGS });
          return;
        } catch (error) {
          // the backends of the one that was killed still hold its port or memory
          if (attempt === 20) throw error;
          await sleep(300);
        }
      }
    },
    query: (sql, values) => queryUntilAnswered(databaseUrl, sql, values),
    stopServices: () =>
      Promise.all(
        members.map(async ({ name, service }) => {
          const startedAt = performance.now();
          if (service) children.push(...descendantsOf(service.child.pid));
          const exit = await service?.child.stop(40_000);
          return { name, code: exit?.code ?? null, ms: Math.round(performance.now() - startedAt) };
        }),
      ),
    async close(keptLogs) {
      for (const { service } of members) {
        service?.child.signal('SIGCONT');
        await service?.child.stop(0);
      }
      await Promise.all(members.flatMap((member) => [member.postgres.close(), member.redis.close()]));
      await s3Proxy?.close();
      await s3?.close();
      await redis.stop();
      await server.stop();
      if (server.home !== folder) await rm(server.home, { recursive: true, force: true });
      if (keptLogs !== undefined) await cp(logs, keptLogs, { recursive: true });
      await rm(home, { recursive: true, force: true });
    },
  };
}

const QUERY_TRIES = 60;

async function queryUntilAnswered<T extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values?: unknown[],
): Promise<T[]> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 60_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<T>(sql, values)).rows;
    } catch (error) {
      if (attempt === QUERY_TRIES) throw error;
      await sleep(500);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** Folders of processes in the services' temporary folder, with the process that made each. */
export async function spoolFolders(world: World): Promise<{ name: string; pid: number }[]> {
  const names = await readdir(world.tempFolder);
  return names
    .filter((name) => name.startsWith('vhm24r-spool-'))
    .map((name) => ({ name, pid: Number(name.split('-')[2]) }));
}
