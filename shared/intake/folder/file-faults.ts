/** What the system says of a file or folder, as a code. The only place that knows its error codes. */
import type { IntakeFindingCode } from '../../texts/intake.ts';
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
};

/** @returns null where the error is none of these, e.g. the file is gone or has become something else */
export function fileFault(error: unknown, subject: string): DoorFinding | null {
  const code = CODES[(error as NodeJS.ErrnoException).code ?? ''];
  return code === undefined ? null : { code, subject };
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
