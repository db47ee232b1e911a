/** What the system says of a file or folder, as a code. The only place that knows its error codes. */
import { lstat, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { IntakeFindingCode } from '../../texts/tables.ts';
import type { DoorFinding } from '../door.ts';

const CODES: Readonly<Record<string, IntakeFindingCode>> = {
  EACCES: 'no_permission',
  EPERM: 'no_permission',
  EROFS: 'read_only',
  ENOSPC: 'no_room',
  EDQUOT: 'no_room',
  EXDEV: 'other_disk',
  EIO: 'io_error',
  ESTALE: 'io_error',
  EBUSY: 'in_use',
  ETXTBSY: 'in_use',
  ENOTDIR: 'not_a_folder',
};

/** @returns null where the error is none of these, e.g. the file is gone or has become something else */
export function fileFault(error: unknown, subject: string): DoorFinding | null {
  const code = CODES[(error as NodeJS.ErrnoException).code ?? ''];
  return code === undefined ? null : { code, subject };
}

/** Of a step with a path that nothing excuses: one file's trouble must not hold up the others. */
export function pathFault(error: unknown, subject: string): DoorFinding | null {
  const isOfPath = (error as NodeJS.ErrnoException).path !== undefined;
  return fileFault(error, subject) ?? (isOfPath ? { code: 'io_error', subject } : null);
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/**
 * Step by step: a recursive mkdir says of a full disk that the folder is missing. A link in place of a folder would
 * have whoever may write here choose where we write.
 */
export async function makeFolders(folder: string, names: readonly string[]): Promise<void> {
  let path = folder;
  for (const name of names) {
    path = join(path, name);
    try {
      await mkdir(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!(await lstat(path)).isDirectory())
        throw Object.assign(new Error('no folder has this name'), { code: 'ENOTDIR', path });
    }
  }
}
