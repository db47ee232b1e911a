/** What a child that failed says last: whose fault it was. */
import { sep } from 'node:path';
import { isMemoryFault } from '../readers/file-faults.ts';
import { FileFault } from '../readers/reader.ts';
import type { ReaderAccess } from './confinement.ts';
import type { ChildMessage, ReaderTask } from './protocol.ts';

/** The files and folders that a task was given; with anything else on the disk a reader has no business. */
export function accessOf(task: ReaderTask): ReaderAccess {
  if (task.task === 'extract') return { read: [task.path], write: [task.outDir], makesCode: true };
  return { read: task.task === 'rows' ? [task.path, task.wantedPath] : [task.path], write: [], makesCode: false };
}

/**
 * A fault of the machine only where a system call failed on what the task was given, or on a handle: then another try
 * may help. Whatever else a reader throws comes from the bytes of the file, whichever library it comes from, and
 * another try would throw it again.
 */
export function lastWord(error: unknown, ownPaths: readonly string[]): ChildMessage {
  if (error instanceof FileFault) return { type: 'fault', code: error.code, params: error.params };
  const { code, syscall, path } = (error ?? {}) as { code?: unknown; syscall?: unknown; path?: unknown };
  if (isMemoryFault(error)) return { type: 'fault', code: 'parser_memory', params: {} };
  if (typeof syscall === 'string' && typeof code === 'string' && isOwnCall(code, path, ownPaths)) {
    return { type: 'error', message: error instanceof Error ? error.message : code };
  }
  return { type: 'fault', code: 'bad_file', params: { reason: 'reader_crashed' } };
}

/** Calls on a handle name no path; those that a position or length out of the file made wrong are the file's. */
const FAULTS_OF_ARGUMENTS: ReadonlySet<string> = new Set(['EINVAL', 'EBADF', 'EOVERFLOW', 'ERANGE', 'EFBIG']);

function isOwnCall(code: string, path: unknown, ownPaths: readonly string[]): boolean {
  if (typeof path !== 'string') return !FAULTS_OF_ARGUMENTS.has(code);
  return ownPaths.some((own) => path === own || path.startsWith(own + sep));
}
