import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lang } from '../../shared/texts/languages.ts';
import { OperationFault, operationText } from '../../shared/texts/operations.ts';
import { ensureDatabase, openEmbeddedPostgres } from '../embedded-postgres.ts';
import { findFreePort } from '../processes/free-port.ts';
import {
  describeExit,
  liveChildren,
  openChild,
  tail,
  type ChildExit,
  type ManagedChild,
} from '../processes/managed-child.ts';
import { openService, type Service } from '../processes/service.ts';
import { hasRedisServer, openRedisServer } from '../redis-server.ts';
import type { LocalSecrets } from './local-secrets.ts';

/** PostgreSQL, Redis where there is one, migrations, api and worker on this machine. */
export interface StackOptions {
  projectRoot: string;
  dataFolder: string;
  secrets: LocalSecrets;
  /** Of the services; variables given here win over the stack's own, but for its connections. */
  env: NodeJS.ProcessEnv;
  /** Use these instead of servers of our own. */
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  port: number;
  /** of what it says and of its faults */
  lang: Lang;
  say(line: string): void;
}

export interface Stack {
  /** Where the api listens. */
  url: string;
  mode: 'queue' | 'in-process';
  /** Of the servers that the stack opened itself, with their passwords; null = given, or none. */
  own: { databaseUrl: string | null; redisUrl: string | null };
}

export interface StackRun {
  /** Resolves when everything answers. */
  ready: Promise<Stack>;
  /** Rejects when a part ends that should not; never resolves. */
  broken: Promise<never>;
  /** Ends everything, services first, then what they stand on. May be called at any time and twice. */
  stop(): Promise<void>;
  /** Ends the services at once; for somebody who does not want to wait. */
  hurry(): void;
}

const READY_TIMEOUT_MS = 60_000;
const SERVICE_GRACE_MS = 40_000;
const SERVER_GRACE_MS = 25_000;
const DATABASE = 'vhm24r';
const SERVICES = ['api', 'worker', 'migrate'];

export function runStack(options: StackOptions): StackRun {
  let stopping: Promise<void> | null = null;
  let reportBroken: (error: Error) => void = () => {};
  const broken = new Promise<never>((_resolve, reject) => (reportBroken = reject));
  // Whoever waits hears of it; that nobody waits yet is no fault of its own.
  broken.catch(() => undefined);

  const watch = (name: string, exited: Promise<ChildExit>, output: () => string) => {
    void exited.then((exit) => {
      if (!stopping)
        reportBroken(
          new OperationFault('demo', 'endedByItself', { name, exit: describeExit(exit), log: tail(output()) }),
        );
    });
  };

  return {
    ready: openStack(options, watch, () => stopping !== null),
    broken,
    stop: () => (stopping ??= stopAll()),
    hurry: () => {
      for (const child of liveChildren()) if (SERVICES.includes(child.name)) child.signal('SIGKILL');
    },
  };
}

async function openStack(
  options: StackOptions,
  watch: (name: string, exited: Promise<ChildExit>, output: () => string) => void,
  isStopping: () => boolean,
): Promise<Stack> {
  const { dataFolder, say } = options;
  const logs = join(dataFolder, 'logs');
  mkdirSync(logs, { recursive: true });
  const goOn = () => {
    if (isStopping()) throw new Error('stopped');
  };

  const databaseUrl = options.databaseUrl ?? (await openOwnPostgres(options, join(logs, 'postgres.log'), watch));
  goOn();
  const redisUrl = options.redisUrl ?? (await openOwnRedis(options, join(logs, 'redis.log'), watch));
  goOn();
  await migrate(options, databaseUrl, join(logs, 'migrate.log'));
  goOn();

  const common = { ...options.env, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl ?? '', LOG_FORMAT: 'json' };
  const open = async (name: 'api' | 'worker', script: string, env: NodeJS.ProcessEnv): Promise<Service> => {
    const logPath = join(logs, `${name}.log`);
    rmSync(logPath, { force: true });
    const service = await openService({
      name,
      script: join(options.projectRoot, 'dist', script),
      env: { ...common, ...env },
      logPath,
    });
    watch(name, service.child.exited, () => service.child.output());
    return service;
  };
  const api = await open('api', 'api/server.js', { PORT: String(options.port) });
  goOn();
  if (redisUrl !== null) {
    // It checks no tokens and so is given no key to make them with.
    const worker = await open('worker', 'worker/worker.js', {
      PORT: '0',
      JWT_SECRETS: '',
      ADMIN_EMAIL: '',
      ADMIN_PASSWORD: '',
      AUDIT_KEY: '',
    });
    await waitUntilReady(worker);
  }
  await waitUntilReady(api);
  say(operationText(options.lang, 'demo', redisUrl === null ? 'api' : 'apiAndWorker', { url: api.url }));
  return {
    url: api.url,
    mode: redisUrl === null ? 'in-process' : 'queue',
    own: {
      databaseUrl: options.databaseUrl === undefined ? databaseUrl : null,
      redisUrl: options.redisUrl === undefined ? redisUrl : null,
    },
  };
}

type Watch = (name: string, exited: Promise<ChildExit>, output: () => string) => void;

async function openOwnPostgres(options: StackOptions, logPath: string, watch: Watch): Promise<string> {
  const startedAt = Date.now();
  rmSync(logPath, { force: true });
  const server = await openEmbeddedPostgres({
    folder: join(options.dataFolder, 'postgres-15'),
    logPath,
    onNotice: options.say,
    lang: options.lang,
  });
  watch('PostgreSQL', server.exited, () => server.output());
  await ensureDatabase(server, DATABASE);
  options.say(operationText(options.lang, 'demo', 'postgres', { port: server.port, ms: Date.now() - startedAt }));
  return server.urlFor(DATABASE);
}

async function openOwnRedis(options: StackOptions, logPath: string, watch: Watch): Promise<string | null> {
  if (!hasRedisServer()) {
    options.say(operationText(options.lang, 'demo', 'noRedis'));
    return null;
  }
  rmSync(logPath, { force: true });
  const server = await openRedisServer({
    folder: join(options.dataFolder, 'redis'),
    port: await findFreePort(),
    settings: ['--appendonly', 'yes', '--save', ''],
    password: options.secrets.redisPassword,
    logPath,
  });
  watch('redis-server', server.child.exited, () => server.child.output());
  options.say(operationText(options.lang, 'demo', 'redis', { port: server.port }));
  return server.url;
}

async function migrate(options: StackOptions, databaseUrl: string, logPath: string): Promise<void> {
  const child = await openChild({
    name: 'migrate',
    command: process.execPath,
    args: [join(options.projectRoot, 'dist/scripts/migrate.js')],
    env: { ...options.env, DATABASE_URL: databaseUrl },
    logPath,
    stopSignal: 'SIGTERM',
  });
  const exit = await child.exited;
  if (exit.code !== 0)
    throw new OperationFault('demo', 'migrateFailed', { exit: describeExit(exit), log: tail(child.output()) });
  options.say(
    operationText(options.lang, 'demo', 'migrated', { said: child.output().trim().split('\n').at(-1) ?? '' }),
  );
}

/** Asks /readyz until it says 200. An end of the service meanwhile is told by its watch. */
async function waitUntilReady(service: Service): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  let last = '';
  while (service.child.exit === null) {
    try {
      const response = await fetch(`${service.url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
      if (response.ok) return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline)
      throw new OperationFault('demo', 'notReady', { name: service.child.name, ms: READY_TIMEOUT_MS, last });
    await sleep(100);
  }
  const { name, exit } = service.child;
  throw new OperationFault('demo', 'ended', { name, exit: describeExit(exit), log: tail(service.child.output()) });
}

/** Services may need the servers to finish, so those go last; a part that was just being opened is caught as well. */
async function stopAll(): Promise<void> {
  const ofName = (wanted: (child: ManagedChild) => boolean) => liveChildren().filter(wanted);
  await Promise.all(ofName(({ name }) => SERVICES.includes(name)).map((child) => child.stop(SERVICE_GRACE_MS)));
  await Promise.all(ofName(() => true).map((child) => child.stop(SERVER_GRACE_MS)));
}
