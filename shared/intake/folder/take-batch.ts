/**
 * Uploads one batch of claimed files as one session. A file counts only if it is the claimed one before, while and
 * after it is read: a change of size, times or inode in between means that its bytes are those of no file, and it is
 * left to stand still again.
 */
import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Db } from '../../db/client.ts';
import { AppError } from '../../errors.ts';
import { StorageUnavailableError } from '../../storage/file-store.ts';
import type { StoredUpload } from '../../uploads/store-file.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import type { DoorFinding } from '../door.ts';
import type { IntakePerson } from '../intake-person.ts';
import { fileFault } from './file-faults.ts';
import { bindSession, claimedFile, dropClaim, noteStored, refuseFile, type FolderRow } from './folder-rows.ts';
import { describeFile, isSameFile, type WatchedFile } from './watched-files.ts';

const CHUNK_BYTES = 64 * 1024;

export interface TakeDeps {
  db: Db;
  uploads: Uploads;
  folder: string;
}

export interface TakeOptions {
  batch: string;
  rows: readonly FolderRow[];
  person: IntakePerson;
  signal: AbortSignal;
}

/**
 * @returns what could not be read; it goes on with the others
 * @throws AppError rate_limited, service_unavailable, and what else is away: the rows stay claimed and are tried again
 */
export async function takeBatch(deps: TakeDeps, { batch, rows, person, signal }: TakeOptions): Promise<DoorFinding[]> {
  const { db, uploads, folder } = deps;
  // a kill after the accept: the session is there already
  if (await bindSession(db, batch)) return [];
  await uploads.admit(person);
  const findings: DoorFinding[] = [];
  const stored: StoredUpload[] = [];
  try {
    for (const row of rows) {
      const one = await readClaimed(deps, join(folder, row.place), claimedFile(row), signal);
      if (one === 'changed') await dropClaim(db, row.id);
      else if ('sha256' in one) {
        stored.push(one);
        await noteStored(db, row.id, one);
      } else if (one instanceof AppError) await refuseFile(db, row.id, { code: one.code, params: one.params });
      else {
        findings.push(one);
        await dropClaim(db, row.id);
      }
    }
    signal.throwIfAborted();
  } catch (error) {
    await uploads.discard(stored);
    throw error;
  }
  if (stored.length === 0) return findings;
  await uploads.accept(stored, {
    by: { userId: person.userId, requestId: batch, address: 'folder' },
    door: 'folder',
    doorKey: batch,
    source: null,
  });
  await bindSession(db, batch);
  return findings;
}

async function readClaimed(
  { uploads }: TakeDeps,
  path: string,
  claimed: WatchedFile,
  signal: AbortSignal,
): Promise<StoredUpload | 'changed' | AppError | DoorFinding> {
  let handle: FileHandle;
  try {
    // never a link, and never waits for the other end of a pipe that took the name
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return fileFault(error, claimed.name) ?? 'changed';
  }
  try {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile() || !isSameFile(describeFile(claimed.name, before), claimed)) return 'changed';
    const bytes = Readable.from(chunksOf(handle), { objectMode: false });
    let stored: StoredUpload;
    try {
      stored = await uploads.store({ name: claimed.name, bytes }, signal);
    } catch (error) {
      if (error instanceof AppError && error.code === 'file_too_large') return error;
      // of the storage, not of this file
      if (error instanceof AppError || error instanceof StorageUnavailableError || signal.aborted) throw error;
      const fault = fileFault(error, claimed.name);
      if (fault === null) throw error;
      return fault;
    } finally {
      bytes.destroy();
    }
    if (await isUntouched(handle, path, before, stored.sizeBytes)) return stored;
    await uploads.discard([stored]);
    return 'changed';
  } finally {
    await handle.close();
  }
}

/** A stream of a FileHandle would close it, and it is asked once more when all is read. */
async function* chunksOf(handle: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.allocUnsafe(CHUNK_BYTES) });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

/** The change time, too: a writer can set the others back, e.g. rsync -t. */
async function isUntouched(handle: FileHandle, path: string, before: BigIntStats, read: number): Promise<boolean> {
  const gone = (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  };
  const [after, there] = await Promise.all([handle.stat({ bigint: true }), lstat(path, { bigint: true }).catch(gone)]);
  return (
    there !== null &&
    there.ino === before.ino &&
    after.size === before.size &&
    after.mtimeNs === before.mtimeNs &&
    after.ctimeNs === before.ctimeNs &&
    BigInt(read) === before.size
  );
}
