import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeExit, openChild, tail, type ManagedChild } from './processes/managed-child.ts';

/** A redis-server of our own on 127.0.0.1, for demo, start and tests. */
export interface RedisServer {
  url: string;
  port: number;
  child: ManagedChild;
}

export interface RedisServerOptions {
  /** For its data; made when missing. */
  folder: string;
  port: number;
  /** As on its command line: `['--appendonly', 'yes']`. */
  settings: readonly string[];
  password?: string | undefined;
  /** Default: `server.log` in the folder. */
  logPath?: string;
}

const START_TIMEOUT_MS = 20_000;

/** Whether redis-server is on PATH and can be run. */
export function hasRedisServer(): boolean {
  return spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;
}

/** Starts it and waits until it answers, its data loaded. */
export async function openRedisServer(options: RedisServerOptions): Promise<RedisServer> {
  mkdirSync(options.folder, { recursive: true });
  // Not on the command line: any user of the machine could read it there.
  const configPath = join(options.folder, 'redis.conf');
  rmSync(configPath, { force: true });
  writeFileSync(configPath, options.password ? `requirepass ${options.password}\n` : '', { mode: 0o600 });
  const fixed = {
    '--port': String(options.port),
    '--bind': '127.0.0.1',
    '--dir': options.folder,
    '--daemonize': 'no',
    '--maxmemory-policy': 'noeviction',
  };
  const child = await openChild({
    name: 'redis-server',
    command: 'redis-server',
    args: [configPath, ...Object.entries(fixed).flat(), ...options.settings],
    logPath: options.logPath ?? join(options.folder, 'server.log'),
    stopSignal: 'SIGTERM',
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(options.port))) {
    if (child.exit) throw new Error(`redis-server ended (${describeExit(child.exit)})\n${tail(child.output())}`);
    if (Date.now() > deadline) {
      await child.stop(0);
      throw new Error(`redis-server was not ready within ${START_TIMEOUT_MS} ms\n${tail(child.output())}`);
    }
    await sleep(30);
  }
  const login = options.password ? `:${options.password}@` : '';
  return { url: `redis://${login}127.0.0.1:${options.port}`, port: options.port, child };
}

/** True for any answer to PING but "still loading": one that asks for a password is ready too. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const done = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(1_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (chunk) => done(!chunk.toString('latin1').startsWith('-LOADING')));
  });
}
