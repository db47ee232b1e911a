/**
 * A process has one place for files more than it has for large ones, so that the reports of a day are not behind those
 * of a year. Which is which shows when the last place is free: a large file that comes then is left as it is, and the
 * sweeper brings it again.
 */
import { type Config, fewestConnections } from '../config.ts';
import { selectRow } from '../db/rows.ts';
import { SMALL_FILE_BYTES } from '../reconcile/merge-lock.ts';
import type { WorkOutcome, WorkRun } from '../work/kind.ts';
import type { ProcessDeps } from './process-deps.ts';
import { processFile } from './process-file.ts';

/** A pool of the least size has no connections for one more. */
export function filePlacesOf({ processing, database }: Pick<Config, 'processing' | 'database'>): {
  any: number;
  small: number;
} {
  const { concurrency } = processing;
  return { any: concurrency, small: database.poolMax >= fewestConnections(concurrency + 1) ? 1 : 0 };
}

/** Processes files as they come, of large ones `filePlaces.any` at most. */
export function createFileRunner(deps: ProcessDeps): (id: string, run: WorkRun) => Promise<WorkOutcome> {
  const { db, filePlaces } = deps;
  const atWork = new Set<string>();

  async function hasPlace(id: string): Promise<boolean> {
    const row = await selectRow<{ small: boolean; large: number }>(
      db,
      `select coalesce(bool_or(size_bytes < ?) filter (where id = ?), true) as small,
         (count(*) filter (where size_bytes >= ? and id <> ?))::int as large
       from uploaded_files where id = any (?::uuid[])`,
      [SMALL_FILE_BYTES, id, SMALL_FILE_BYTES, id, [id, ...atWork]],
    );
    return row === null || row.small || row.large < filePlaces.any;
  }

  return async (id, run) => {
    if (atWork.size >= filePlaces.any && !(await hasPlace(id))) return 'retry_later';
    atWork.add(id);
    try {
      return await processFile(deps, id, run);
    } finally {
      atWork.delete(id);
    }
  };
}
