import type { FileItem } from '../api/types.ts';

/** What the bytes themselves are: read again they are the same. */
const OF_THE_BYTES = [
  'empty_file',
  'bad_file',
  'unsupported_format',
  'encrypted',
  'archive_nested',
  'archive_path',
  'archive_link',
  'archive_duplicate',
];

/** Whether a new run may end otherwise than the last one; only then it is offered. */
export function canBeRetried({ status, error }: Pick<FileItem, 'status' | 'error'>): boolean {
  if (status === 'cancelled') return true;
  return status === 'failed' && !OF_THE_BYTES.includes(error?.code.split('.')[0] ?? '');
}
