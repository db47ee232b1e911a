import type { Session } from '../api/types.ts';

/**
 * Done, says the server also of an upload that was only looked at, or that was taken back: nothing of it counts. And
 * with errors of one of which a file waits for an answer.
 */
export function stateOf({ status, files }: Pick<Session, 'status' | 'files'>): string {
  const isOver = status !== 'queued' && status !== 'processing';
  if (isOver && files.some((file) => file.status === 'needs_mapping')) return 'needs_mapping';
  const [first] = files;
  const same = first !== undefined && files.every((file) => file.status === first.status);
  return same && (first.status === 'previewed' || first.status === 'undone') ? first.status : status;
}
