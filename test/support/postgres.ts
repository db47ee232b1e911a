import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  ensureDatabase,
  openEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../scripts/embedded-postgres.ts';
import { applyMigrations } from '../../scripts/migrate/apply.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { createLogger } from '../../shared/logger.ts';

/**
 * One PostgreSQL for the whole mocha run, started when a test first asks, and a database of its own for each test file,
 * cloned from a template that was migrated once. TEST_PG_MAJOR=18 runs the suite on the second major version.
 */
export interface TestDatabase {
  name: string;
  url: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'vhm24r_template';
/**
 * Memory: a database for each file, made and removed, is thousands of files a minute, which a disk spends a core on.
 */
const MEMORY_FOLDER = '/dev/shm';
const ROOM_WANTED = 6 * 1024 ** 3;
/** Nothing has to survive a power cut here; a killed server still recovers. */
const FAST_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  shared_buffers: '256MB',
};

let shared: Promise<EmbeddedPostgres> | null = null;

/** A migrated, otherwise empty database; `migrated: false` gives one without any table. Drop it in `after`. */
export async function createTestDatabase({ migrated = true }: { migrated?: boolean } = {}): Promise<TestDatabase> {
  shared ??= openShared();
  const server = await shared;
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name}${migrated ? ` template ${TEMPLATE}` : ''}`);
  return {
    name,
    url: server.urlFor(name),
    drop: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

/** A server of the test's own, to be killed, frozen or filled. Stop it with `close`, which also removes its data. */
export async function openTestServer(
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres & { close(): Promise<void> }> {
  const folder = await makeServerFolder();
  const server = await openEmbeddedPostgres({ folder, major: majorWanted(), settings: FAST_SETTINGS, ...options });
  const close = async () => {
    await server.stop();
    for (const path of new Set([folder, server.home])) await rm(path, { recursive: true, force: true });
  };
  return { ...server, close };
}

/** Migrates a database made with `migrated: false` or on a server of the test's own. */
export async function migrateTestDatabase(url: string): Promise<void> {
  const logger = createLogger({ service: 'test', level: 'error', format: 'text' });
  const db = createDatabase({ url, poolMax: 2, applicationName: 'test-migrate', logger, statementTimeoutMs: 0 });
  try {
    await applyMigrations(db, { databaseUrl: url, direction: 'up', lockWaitMs: 10_000 });
  } finally {
    await db.destroy();
  }
}

/** Ends the shared server if a test asked for it; called once by the root hook. */
export async function closeSharedServer(): Promise<void> {
  if (shared === null) return;
  const server = await shared;
  shared = null;
  await server.stop();
  for (const path of new Set([server.folder, server.home])) await rm(path, { recursive: true, force: true });
}

async function openShared(): Promise<EmbeddedPostgres> {
  const folder = await makeServerFolder();
  const server = await openEmbeddedPostgres({ folder, major: majorWanted(), settings: FAST_SETTINGS });
  await ensureDatabase(server, TEMPLATE);
  await migrateTestDatabase(server.urlFor(TEMPLATE));
  return server;
}

/** Open to walk through: as root the server runs under another account. */
async function makeServerFolder(): Promise<string> {
  const folder = await mkdtemp(
    join((await hasRoom(MEMORY_FOLDER)) ? MEMORY_FOLDER : tmpdir(), 'vhm24r-test-postgres-'),
  );
  await chmod(folder, 0o755);
  return folder;
}

async function hasRoom(folder: string): Promise<boolean> {
  const place = await statfs(folder).catch(() => null);
  return place !== null && place.bavail * place.bsize >= ROOM_WANTED;
}

/** TEST_PG_MAJOR. */
export function majorWanted(): 15 | 18 {
  const wanted = process.env.TEST_PG_MAJOR ?? '15';
  if (wanted === '15' || wanted === '18') return wanted === '15' ? 15 : 18;
  throw new Error(`TEST_PG_MAJOR is 15 or 18, not ${wanted}`);
}

async function administer(server: EmbeddedPostgres, sql: string): Promise<void> {
  const client = new pg.Client({
    connectionString: server.urlFor('postgres'),
    ssl: false,
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
