import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../scripts/build.ts';
import { openService, type Service } from '../../scripts/processes/service.ts';
import type { ChildExit } from '../../scripts/processes/managed-child.ts';

/** Api or worker as its own process, from dist/ and on a free port, as in production. */
export interface TestService {
  url: string;
  port: number;
  pid: number;
  /** What it has logged so far, as text and as the JSON lines in it. */
  output(): string;
  logs(): Record<string, unknown>[];
  exited: Promise<ChildExit>;
  /** Sends a signal and waits for the end: SIGTERM for an orderly one. */
  kill(signal?: NodeJS.Signals): Promise<ChildExit>;
  /** SIGSTOP, and SIGCONT. */
  freeze(): void;
  thaw(): void;
  /** Ends it if it still runs (SIGTERM, SIGKILL after a while) and removes its log; for `after`. */
  stop(): Promise<ChildExit>;
}

/**
 * At least DATABASE_URL; what is given here comes on top of the settings below. An empty value takes a setting away.
 */
export type ServiceEnv = { DATABASE_URL: string } & Record<string, string>;

export const TEST_ADMIN = { email: 'admin@vhm24r.test', password: 'correct horse battery' } as const;

const root = fileURLToPath(new URL('../..', import.meta.url));

const baseEnv = {
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_FORMAT: 'json',
  RATE_LIMIT_FACTOR: '0',
};

const apiEnv = {
  JWT_SECRETS: 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
  AUDIT_KEY: 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
  ADMIN_EMAIL: TEST_ADMIN.email,
  ADMIN_PASSWORD: TEST_ADMIN.password,
};

/** The environment of a service as the tests start it. */
export function serviceEnvironment(service: 'api' | 'worker', env: ServiceEnv): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...baseEnv, ...(service === 'api' ? apiEnv : {}), ...env };
}

let built = false;

/** The page is built by `npm test`; most who start a service need no page. */
function ensureServices(): void {
  if (!built) ensureBuilt({ only: ['services'] });
  built = true;
}

/** A command of the installation, as it is without sources: each start from them costs a core more than a second. */
export function compiledScript(
  name: 'audit-verify' | 'backup' | 'doctor' | 'keys' | 'migrate' | 'restore' | 'user',
): string {
  ensureServices();
  return join(root, 'dist', 'scripts', `${name}.js`);
}

/** The api with an admin (TEST_ADMIN), ready to answer; without REDIS_URL it works in process. */
export function startApi(env: ServiceEnv): Promise<TestService> {
  return start('api', 'api/server.js', { ...baseEnv, ...apiEnv, ...env });
}

export function startWorker(env: ServiceEnv & { REDIS_URL: string }): Promise<TestService> {
  return start('worker', 'worker/worker.js', { ...baseEnv, ...env });
}

async function start(name: string, script: string, env: Record<string, string>): Promise<TestService> {
  ensureServices();
  const folder = await mkdtemp(join(tmpdir(), `vhm24r-test-${name}-`));
  const service = await openService({
    name,
    script: join(root, 'dist', script),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN, ...env },
    logPath: join(folder, `${name}.log`),
  });
  return describe(service, folder);
}

function describe(service: Service, folder: string): TestService {
  const { child, port, url } = service;
  return {
    url,
    port,
    pid: child.pid,
    output: () => child.output(),
    logs: () => service.logs(),
    exited: child.exited,
    kill: (signal = 'SIGKILL') => {
      child.signal(signal);
      return child.exited;
    },
    freeze: () => void child.signal('SIGSTOP'),
    thaw: () => void child.signal('SIGCONT'),
    stop: async () => {
      child.signal('SIGCONT');
      const exit = await child.stop(15_000);
      await rm(folder, { recursive: true, force: true });
      return exit;
    },
  };
}
