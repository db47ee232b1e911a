import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApiClient, type ApiClient } from '../scripts/api-client.ts';
import { ensureBuilt } from '../scripts/build.ts';
import { ensureDatabase } from '../scripts/embedded-postgres.ts';
import { applyMigrations } from '../scripts/migrate/apply.ts';
import { findFreePort } from '../scripts/processes/free-port.ts';
import { openService, type Service } from '../scripts/processes/service.ts';
import { openRedisServer, type RedisServer } from '../scripts/redis-server.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { sleep } from '../shared/lifecycle.ts';
import type { BenchContext } from './bench.ts';
import type { BenchServer } from './stage.ts';

/**
 * The product as it runs in production: api and worker from dist/, a redis-server, and a database of the bench's
 * server.
 */
export interface Product {
  databaseUrl: string;
  /** Signed in as an admin at the first api. */
  client: ApiClient;
  /** The same at each api. */
  clients: readonly ApiClient[];
  api: Service;
  worker: Service | null;
  redis: RedisServer;
  /** Of this run; redis-server's data is below it. */
  folder: string;
  /** One more, ready. */
  openWorker(): Promise<Service>;
  /** Ends the processes; the database stays. Safe to call twice. */
  close(): Promise<void>;
}

export interface ProductOptions {
  /** Made and migrated if it is not there. */
  database?: string;
  storage?: 'file' | 'postgres';
  /** Default true. */
  worker?: boolean;
  /** How many of them; default 1. `Product.api` is the first. */
  apis?: number;
  /** How many of them; default 1. `Product.worker` is the first. */
  workers?: number;
  env?: Readonly<Record<string, string>>;
}

export const BENCH_ADMIN = { email: 'bench@vhm24r.local', password: 'correct horse battery' };
const READY_MS = 30_000;
const REDIS_SETTINGS = ['--appendonly', 'yes', '--save', ''];
const root = fileURLToPath(new URL('..', import.meta.url));

export async function openProduct(
  context: BenchContext,
  server: BenchServer,
  options: ProductOptions = {},
): Promise<Product> {
  ensureBuilt({ only: ['services'], onStart: () => context.say('building the services') });
  const databaseName = options.database ?? 'bench';
  await ensureDatabase(server, databaseName);
  const databaseUrl = server.urlFor(databaseName);
  await migrate(databaseUrl);
  const folder = join(context.cacheFolder, `run-${process.pid}`, databaseName);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const redis = await openRedisServer({
    folder: join(folder, 'redis'),
    port: await findFreePort(),
    settings: REDIS_SETTINGS,
  });

  const services: Service[] = [];
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= stop());
  const stop = async () => {
    await Promise.all(services.map(({ child }) => child.stop(20_000)));
    await redis.child.stop(10_000);
    await rm(folder, { recursive: true, force: true });
  };
  context.onEnd('product', close);

  const common = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_FORMAT: 'json',
    RATE_LIMIT_FACTOR: '0',
    MAX_FILE_MB: '400',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    STORAGE_URL: options.storage === 'postgres' ? 'postgres:' : `file:${join(folder, 'files')}`,
  };
  const open = async (name: 'api' | 'worker', env: NodeJS.ProcessEnv): Promise<Service> => {
    const script = join(root, 'dist', name === 'api' ? 'api/server.js' : 'worker/worker.js');
    const service = await openService({
      name,
      script,
      env: { ...common, ...env, ...options.env },
      logPath: join(folder, `${name}.log`),
    });
    services.push(service);
    return service;
  };
  const envOfApi = {
    JWT_SECRETS: 'bench:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
    AUDIT_KEY: 'bench-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
    ADMIN_EMAIL: BENCH_ADMIN.email,
    ADMIN_PASSWORD: BENCH_ADMIN.password,
    // One token lasts for a whole benchmark.
    ACCESS_TOKEN_TTL_S: '3600',
  };
  const api = await open('api', envOfApi);
  const apis = [api];
  while (apis.length < (options.apis ?? 1)) apis.push(await open('api', envOfApi));
  const worker = options.worker === false ? null : await open('worker', {});
  for (let more = 1; worker !== null && more < (options.workers ?? 1); more++) await open('worker', {});
  const openWorker = async (): Promise<Service> => {
    const service = await open('worker', {});
    await waitUntilReady(service);
    return service;
  };
  for (const service of services) await waitUntilReady(service);
  const client = createApiClient(api.url);
  const clients = [client, ...apis.slice(1).map(({ url }) => createApiClient(url))];
  for (const each of clients) await each.login(BENCH_ADMIN.email, BENCH_ADMIN.password);
  return { databaseUrl, client, clients, api, worker, redis, folder, openWorker, close };
}

/** Starts a redis-server that was killed again, on its port and data. */
export function reopenRedis(old: RedisServer, folder: string): Promise<RedisServer> {
  return openRedisServer({ folder, port: old.port, settings: REDIS_SETTINGS });
}

async function migrate(databaseUrl: string): Promise<void> {
  const db = createDatabase({
    url: databaseUrl,
    poolMax: 2,
    applicationName: 'bench-migrate',
    logger: createSilentLogger(),
  });
  try {
    await applyMigrations(db, { databaseUrl, direction: 'up', lockWaitMs: 10_000 });
  } finally {
    await db.destroy();
  }
}

/** Asks /readyz until it is 200 and, with Redis in use, no longer degraded. */
export async function waitUntilReady(service: Service): Promise<void> {
  const deadline = Date.now() + READY_MS;
  for (;;) {
    try {
      const response = await fetch(`${service.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      const body = (await response.json()) as { status?: string };
      if (response.ok && body.status === 'ready') return;
    } catch {
      // It is only just starting; the deadline tells if it stays so.
    }
    if (service.child.exit !== null || Date.now() > deadline)
      throw new Error(`${service.child.name} is not ready\n${service.child.output().slice(-4_000)}`);
    await sleep(100);
  }
}
