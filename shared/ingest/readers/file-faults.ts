import { FileFault } from './reader.ts';

/** Why a file is `bad_file`; each has its own sentence in shared/texts/file-errors.ts. */
export const BAD_FILE_REASONS = [
  'not_text',
  'truncated',
  'damaged',
  'record_too_long',
  'cell_too_long',
  'too_many_columns',
  'too_many_rows',
  'too_many_sheets',
  'too_many_strings',
  'too_deep',
  'compression',
  'doctype',
  'no_sheets',
  'no_such_sheet',
  'no_tables',
  'no_text',
  'doc_rows',
  'too_many_errors',
  'unknown_encoding',
  'output_limit',
  'unstable',
  'reader_crashed',
] as const;
export type BadFileReason = (typeof BAD_FILE_REASONS)[number];

/** Which cap a container ran into (`archive_limit`). */
export const CONTAINER_LIMITS = ['inflated', 'ratio', 'members', 'member_size', 'overlap', 'total_ratio'] as const;
export type ContainerLimit = (typeof CONTAINER_LIMITS)[number];

export function badFile(reason: BadFileReason, params: Record<string, string | number> = {}): FileFault {
  return new FileFault('bad_file', { reason, ...params });
}

const MIB = 1024 * 1024;

/** `max` in bytes for the limits of size, which people are told in MB. */
export function archiveLimit(limit: ContainerLimit, max: number): FileFault {
  const isSize = limit === 'inflated' || limit === 'member_size';
  return new FileFault('archive_limit', { limit, max: isSize ? Math.round(max / MIB) : max });
}

/** How Node and zlib say that there was no memory to be had; V8 itself says it by RangeError only. */
const NO_MEMORY: ReadonlySet<unknown> = new Set([
  'ERR_MEMORY_ALLOCATION_FAILED',
  'ERR_STRING_TOO_LONG',
  'ERR_ZLIB_INITIALIZATION_FAILED',
  'Z_MEM_ERROR',
]);

/** What a place or a length that a file names wrong leads to: RangeErrors as well, and nothing of memory. */
const WRONG_PLACE: ReadonlySet<unknown> = new Set(['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS']);

/**
 * Nothing is wrong with the bytes: there was no memory to read them. Where it ran out is chance, so every reader must
 * let this pass.
 */
export function isMemoryFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (error instanceof RangeError && !WRONG_PLACE.has(code)) || NO_MEMORY.has(code);
}
