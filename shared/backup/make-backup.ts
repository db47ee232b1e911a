/**
 * One backup: pg_dump in custom format, streamed to its place with a hash on the way, and a manifest that is written
 * last: without it there is no backup. Dump and checksums see the same snapshot, so a backup taken during loads is
 * consistent.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import pg from 'pg';
import { backupName, backupOfFile, BackupError, MANIFEST_SUFFIX, type Manifest } from './manifest.ts';
import { listBackups, type BackupPlace } from './place.ts';
import { libpqEnvironment, runTool } from './postgres-tools.ts';
import { tableChecksums } from './table-checksums.ts';

export interface BackupOptions {
  databaseUrl: string;
  storageUrl: string;
  place: BackupPlace;
  version: string;
  keepDays: number;
  /** where pg_dump and tar are looked for */
  path: string | undefined;
  signal?: AbortSignal;
}

export interface MadeBackup {
  manifest: Manifest;
  /** names of old ones that were removed, and of files that an ended backup left behind */
  pruned: string[];
}

const DAY_MS = 86_400_000;
/** Files without a manifest that were begun so long ago belong to a backup that was killed. */
const LEFT_BEHIND_MS = 2 * DAY_MS;

/** @throws BackupError `tool_missing`, `tool_failed`, `no_migrations` */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { place, signal } = options;
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: 'vhm24r-backup',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  // by the database's clock: on a machine that is days ahead every other backup would look old enough to go
  const createdAt = (await client.query<{ at: Date }>('select clock_timestamp() as at')).rows[0]?.at;
  if (createdAt === undefined) throw new BackupError('tool_failed', 'noTime');
  const name = backupName(createdAt);
  const written: string[] = [];
  try {
    await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0');
    await client.query('begin isolation level repeatable read read only');
    const migrations = await migrationsOf(client);
    const { rows } = await client.query<{ snapshot: string; version: string }>(
      `select pg_export_snapshot() as snapshot, current_setting('server_version') as version`,
    );
    const args = [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--snapshot=${rows[0]?.snapshot ?? ''}`,
      '--exclude-table=staging.*',
    ];
    const dump = runTool('pg_dump', args, {
      env: libpqEnvironment(options.databaseUrl),
      path: options.path,
      ...(signal === undefined ? {} : { signal }),
    });
    written.push(`${name}.dump`);
    const tables = tableChecksums(client);
    tables.catch(() => undefined);
    const dumped = await store(place, `${name}.dump`, dump.child.stdout as Readable, dump.ended, signal);
    const files = await storeFiles(options, name, written);
    const manifest: Manifest = {
      format: 1,
      name,
      createdAt: createdAt.toISOString(),
      version: options.version,
      migrations,
      serverVersion: rows[0]?.version ?? '',
      dump: { file: `${name}.dump`, ...dumped },
      files,
      tables: await tables,
      verifiedAt: null,
      verifiedMs: null,
    };
    await client.query('commit');
    await place.writeText(`${name}${MANIFEST_SUFFIX}`, JSON.stringify(manifest, null, 2));
    return { manifest, pruned: await prune(place, options.keepDays, createdAt) };
  } catch (error) {
    for (const file of written) await place.remove(file).catch(() => undefined);
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ found: string | null }>(`select to_regclass('migrations')::text as found`);
  if (!rows[0]?.found) throw new BackupError('no_migrations', 'noMigrations');
  return (await client.query<{ name: string }>('select name from migrations order by id')).rows.map((row) => row.name);
}

/** Hash and size of what passes, and the end of the program: a dump of a program that failed is none. */
async function store(place: BackupPlace, file: string, stream: Readable, ended: Promise<void>, signal?: AbortSignal) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const counted = stream.pipe(
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        sizeBytes += chunk.length;
        done(null, chunk);
      },
      // the last byte is let through only when the program ended well
      flush(done) {
        ended.then(() => done(), done);
      },
    }),
  );
  stream.once('error', (error) => counted.destroy(error));
  ended.catch((error: unknown) => counted.destroy(error as Error));
  await place.write(file, counted, signal);
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function storeFiles(options: BackupOptions, name: string, written: string[]): Promise<Manifest['files']> {
  if (!options.storageUrl.startsWith('file:')) return null;
  const folder = resolve(options.storageUrl.replace(/^file:(\/\/(?=\/))?/, ''));
  const count = await readdir(folder, { recursive: true, withFileTypes: true }).then(
    (entries) => entries.filter((entry) => entry.isFile()).length,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
  if (count === 0) return null;
  const file = `${name}.files.tar.gz`;
  written.push(file);
  // a file that is being stored right now is not in the dump's snapshot either
  const tar = runTool(
    'tar',
    [
      '--create',
      '--gzip',
      '--warning=no-file-changed',
      '--warning=no-file-removed',
      '--exclude=./unfinished',
      '--exclude=./checks',
      '--directory',
      folder,
      '.',
    ],
    // 1: some went, or folders changed, while it read; what services store is written once and never changed after
    { path: options.path, alsoWell: [1] },
  );
  return {
    file,
    count,
    ...(await store(options.place, file, tar.child.stdout as Readable, tar.ended, options.signal)),
  };
}

/** Removes backups older than `keepDays`; the newest stays, and so does the newest that was verified. */
async function prune(place: BackupPlace, keepDays: number, now: Date): Promise<string[]> {
  const backups = await listBackups(place);
  const keep = new Set([backups[0]?.name, backups.find(({ verifiedAt }) => verifiedAt !== null)?.name]);
  const old = backups.filter(
    ({ name, createdAt }) => !keep.has(name) && now.getTime() - Date.parse(createdAt) > keepDays * DAY_MS,
  );
  for (const { name, dump, files } of old) {
    // the manifest first: what is left without one is no backup
    await place.remove(`${name}${MANIFEST_SUFFIX}`);
    await place.remove(dump.file);
    if (files !== null) await place.remove(files.file);
  }
  return [...old.map(({ name }) => name), ...(await removeLeftBehind(place, now))];
}

async function removeLeftBehind(place: BackupPlace, now: Date): Promise<string[]> {
  const files = await place.names();
  const whole = new Set(
    files.filter((file) => file.endsWith(MANIFEST_SUFFIX)).map((file) => file.slice(0, -MANIFEST_SUFFIX.length)),
  );
  const left = files.filter((file) => {
    const backup = backupOfFile(file);
    return backup !== null && !whole.has(backup.name) && now.getTime() - backup.begunAt.getTime() > LEFT_BEHIND_MS;
  });
  for (const file of left) await place.remove(file);
  return left;
}
