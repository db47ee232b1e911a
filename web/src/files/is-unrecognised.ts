import type { FileItem } from '../api/types.ts';

/**
 * Looked into, and not known for any report. An archive or a workbook is none itself, what it holds has files of its
 * own; one that was cancelled, taken back or known already may never have been looked into.
 */
export function isUnrecognised({ source, status }: Pick<FileItem, 'source' | 'status'>): boolean {
  return source === null && (status === 'failed' || status === 'needs_mapping');
}
