/**
 * Brings a backup back: into a scratch database to prove that it can be done, or in place of the live one. The live
 * database is never written over: the backup is restored beside it, compared, and the two change names; the old one
 * stays under another name until somebody drops it.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { migrations as knownMigrations } from '../../migrations/index.ts';
import { BackupError, MANIFEST_SUFFIX, type Manifest } from './manifest.ts';
import { listBackups, readManifest, type BackupPlace } from './place.ts';
import { changeNames } from './change-names.ts';
import { type EndedSessions, endSessions, openSessions } from './end-sessions.ts';
import { libpqEnvironment, runTool } from './postgres-tools.ts';
import { administer, alsoTold, connect, dropDatabase, within } from './restore-connections.ts';
import { differingTables, tableChecksums } from './table-checksums.ts';

export interface RestoreOptions {
  databaseUrl: string;
  place: BackupPlace;
  /** null = the newest */
  name: string | null;
  path: string | undefined;
}

export interface CheckedBackup {
  manifest: Manifest;
  /** what the restored database differs in; empty = equal */
  differences: string[];
  ms: number;
}

/** @throws BackupError `none`, `unknown`, `damaged`, `newer` */
export async function chooseBackup({ place, name }: Pick<RestoreOptions, 'place' | 'name'>): Promise<Manifest> {
  const manifest = name === null ? (await listBackups(place))[0] : await readManifest(place, name);
  if (manifest === undefined) throw new BackupError('none', 'none', { place: place.shown });
  const known = new Set(knownMigrations.map((migration) => migration.name));
  const unknown = manifest.migrations.filter((migration) => !known.has(migration));
  if (unknown.length > 0) {
    throw new BackupError('newer', 'newer', {
      name: manifest.name,
      version: manifest.version,
      migration: unknown.at(-1) ?? '',
    });
  }
  return manifest;
}

/** Restores into a scratch database, compares, drops it, and notes in the manifest that it was verified. */
export async function checkBackup(options: RestoreOptions): Promise<CheckedBackup> {
  const startedAt = performance.now();
  const manifest = await chooseBackup(options);
  const scratch = `vhm24r_check_${randomBytes(4).toString('hex')}`;
  const drop = () => dropDatabase(options.databaseUrl, scratch);
  let checked: CheckedBackup;
  try {
    const differences = await restoreInto(scratch, manifest, options);
    if (differences.length === 0) differences.push(...(await provesNoSessions(scratch, options)));
    const ms = Math.round(performance.now() - startedAt);
    if (differences.length === 0) {
      const verified: Manifest = { ...manifest, verifiedAt: new Date().toISOString(), verifiedMs: ms };
      await options.place.writeText(`${manifest.name}${MANIFEST_SUFFIX}`, JSON.stringify(verified, null, 2));
    }
    checked = { manifest, differences, ms };
  } catch (error) {
    await alsoTold('notDropped', scratch, error, drop);
    throw error;
  }
  await drop();
  return checked;
}

/** What stands in the database now: nothing, or what a restore would put aside. */
export async function describeLive(databaseUrl: string): Promise<{ empty: boolean; files: number }> {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query<{ found: string | null }>(
      `select to_regclass('uploaded_files')::text as found`,
    );
    if (!rows[0]?.found) return { empty: true, files: 0 };
    const { rows: counted } = await client.query<{ files: number }>(
      'select count(*)::int as files from uploaded_files',
    );
    return { empty: false, files: counted[0]?.files ?? 0 };
  } finally {
    await client.end();
  }
}

/**
 * Puts the backup in place of the live database. Services must be stopped; the sessions of those that are not are
 * ended, and nobody comes in until the two have changed names. When it rejects, the live database is the one that it
 * was.
 * @param storageUrl where stored files go when the backup has them @returns the name under which the old database stays
 */
export async function restoreOverLive(
  options: RestoreOptions & { storageUrl: string },
): Promise<{ manifest: Manifest; keptAs: string; ended: EndedSessions }> {
  const manifest = await chooseBackup(options);
  const live = decodeURIComponent(new URL(options.databaseUrl).pathname.slice(1));
  const suffix = randomBytes(4).toString('hex');
  const fresh = `${live}_restored_${suffix}`;
  const keptAs = `${live}_before_${suffix}`;
  try {
    const differences = await restoreInto(fresh, manifest, options);
    if (differences.length > 0)
      throw new BackupError('damaged', 'notEqual', { name: manifest.name, differences: differences.join(', ') });
    if (manifest.files !== null && options.storageUrl.startsWith('file:')) await restoreFiles(manifest, options);
    return { manifest, keptAs, ended: await changeNames({ live, fresh, keptAs }, options.databaseUrl) };
  } catch (error) {
    await alsoTold('notDropped', fresh, error, () => dropDatabase(options.databaseUrl, fresh));
    throw error;
  }
}

/** After what a real restore does, nobody gets in by what was handed out before. */
async function provesNoSessions(scratch: string, options: RestoreOptions): Promise<string[]> {
  return within(scratch, options.databaseUrl, async (client) => {
    await endSessions(client, []);
    return openSessions(client);
  });
}

async function restoreInto(database: string, manifest: Manifest, options: RestoreOptions): Promise<string[]> {
  // told before anything is made: a dump that is not the one that was written
  await assertWhole(options.place, manifest, manifest.dump);
  if (manifest.files !== null) await assertWhole(options.place, manifest, manifest.files);
  await administer(options.databaseUrl, (client) =>
    client.query(`create database ${pg.escapeIdentifier(database)} template template0 encoding 'UTF8'`),
  );
  const url = new URL(options.databaseUrl);
  url.pathname = `/${database}`;
  const restore = runTool('pg_restore', ['--no-owner', '--no-privileges', '--exit-on-error', `--dbname=${database}`], {
    env: libpqEnvironment(url.href),
    path: options.path,
  });
  const source = await options.place.read(manifest.dump.file);
  try {
    if (restore.child.stdin !== null) await pipeline(source, restore.child.stdin).catch(() => undefined);
    restore.child.stdout?.resume();
    await restore.ended;
  } catch (error) {
    throw error instanceof BackupError && error.code === 'tool_failed'
      ? new BackupError('damaged', 'notRestored', { name: manifest.name, reason: error.message }, { cause: error })
      : error;
  }
  const client = await connect(url.href);
  try {
    await client.query('begin');
    return differingTables(manifest.tables, await tableChecksums(client));
  } finally {
    await client.end();
  }
}

async function assertWhole(
  place: BackupPlace,
  manifest: Manifest,
  part: { file: string; sha256: string; sizeBytes: number },
): Promise<void> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of await place.read(part.file)) {
      hash.update(chunk as Buffer);
      sizeBytes += (chunk as Buffer).length;
    }
  } catch (error) {
    throw new BackupError('damaged', 'partUnreadable', { name: manifest.name, file: part.file }, { cause: error });
  }
  if (hash.digest('hex') !== part.sha256) {
    throw new BackupError('damaged', 'partDiffers', {
      name: manifest.name,
      file: part.file,
      sizeBytes,
      wanted: part.sizeBytes,
    });
  }
}

async function restoreFiles(manifest: Manifest, options: RestoreOptions & { storageUrl: string }): Promise<void> {
  if (manifest.files === null) return;
  const folder = resolve(options.storageUrl.replace(/^file:(\/\/(?=\/))?/, ''));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const tar = runTool('tar', ['--extract', '--gzip', '--skip-old-files', '--no-same-owner', '--directory', folder], {
    path: options.path,
  });
  if (tar.child.stdin !== null)
    await pipeline(
      await options.place.read(manifest.files.file),
      new Transform({ transform: (chunk, _encoding, done) => done(null, chunk) }),
      tar.child.stdin,
    );
  await tar.ended;
}
