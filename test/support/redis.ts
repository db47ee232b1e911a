import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { openRedisServer, type RedisServer } from '../../scripts/redis-server.ts';
import type { ChildExit } from '../../scripts/processes/managed-child.ts';

const run = promisify(execFile);
const CLI_TIMEOUT_MS = 5_000;

/** A Redis of the test's own, with the faults that a test may want of it. Without `args` it keeps nothing on disk. */
export interface TestRedis {
  url: string;
  port: number;
  pid(): number;
  /** redis-cli's answer as plain text, e.g. `await redis.cli('dbsize')`. */
  cli(...command: string[]): Promise<string>;
  /** SIGKILL; the port then refuses. */
  kill(): Promise<ChildExit>;
  /** SIGSTOP: connections stay, answers do not come. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same port and folder; empty unless `args` made it keep its data. */
  restart(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

export interface TestRedisOptions {
  port?: number;
  /** Settings as on redis-server's command line: `['--maxmemory', '3mb']`. */
  args?: readonly string[];
  password?: string;
}

export async function startRedis({ port, args = [], password }: TestRedisOptions = {}): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-redis-'));
  const settings = ['--save', '', '--appendonly', 'no', ...args];
  const openOn = (on: number) => openRedisServer({ folder, port: on, settings, password });
  let server: RedisServer;
  try {
    server = await openOn(port ?? (await findFreePort()));
  } catch (error) {
    if (port !== undefined) throw error;
    // Somebody was quicker at the port that was free.
    server = await openOn(await findFreePort());
  }
  const chosenPort = server.port;
  return {
    port: chosenPort,
    url: password ? `redis://:${password}@127.0.0.1:${chosenPort}` : `redis://127.0.0.1:${chosenPort}`,
    pid: () => server.child.pid,
    cli: async (...command) => {
      const login = password ? ['--no-auth-warning', '-a', password] : [];
      const { stdout } = await run('redis-cli', ['-h', '127.0.0.1', '-p', String(chosenPort), ...login, ...command], {
        timeout: CLI_TIMEOUT_MS,
      });
      return stdout.trimEnd();
    },
    kill: () => {
      server.child.signal('SIGKILL');
      return server.child.exited;
    },
    freeze: () => void server.child.signal('SIGSTOP'),
    thaw: () => void server.child.signal('SIGCONT'),
    restart: async () => {
      server.child.signal('SIGCONT');
      await server.child.stop();
      server = await openOn(chosenPort);
    },
    stop: async () => {
      server.child.signal('SIGCONT');
      await server.child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
