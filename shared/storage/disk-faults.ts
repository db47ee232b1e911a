/** What a code of the file system means for a storage; the only place that knows these codes. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StorageUnavailableError, type StorageFaultReason } from './file-store.ts';

const REASONS: Readonly<Record<string, StorageFaultReason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  // the process may write no more, by a limit of its own
  EFBIG: 'full',
  EMFILE: 'full',
  ENFILE: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  ENOENT: 'not_mounted',
  ENOTDIR: 'not_mounted',
  ENODEV: 'not_mounted',
  ENXIO: 'not_mounted',
  ENOTCONN: 'not_mounted',
  ESTALE: 'not_mounted',
  ETIMEDOUT: 'no_answer',
};

/** A system error as a fault of the storage; anything else comes back as it is. */
export function diskFault(error: unknown): unknown {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (typeof code !== 'string' || syscall === undefined) return error;
  return new StorageUnavailableError(REASONS[code] ?? 'io', code, { cause: error });
}

/** Awaits work on the disk; its system errors come out as faults of the storage. */
export async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw diskFault(error);
  }
}

/**
 * Makes a folder and those above it, one at a time. Node's recursive mkdir never ends where a parent exists and a child
 * cannot be made although "no such file" is the answer (/proc), and a process does not end before its thread does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error;
    await makeFolder(parent);
    await makeOne(path);
  }
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
