/** Files whose stored bytes are not there: how long they are waited for, and who is told. By the database's clock. */
import type { Db } from '../db/client.ts';
import { addNotice } from '../notices/notices.ts';
import { ClaimEnded } from '../faults.ts';
import type { ClaimedFile } from './claimed-file.ts';

/** A volume that is mounted late or a store that answers wrongly for a while is back by then. */
export const MISSING_FOR_GOOD = '10 minutes';

/**
 * Notes that the bytes were not found, and says whether that was first so long ago that the file ends with it.
 * @throws ClaimEnded when the file is no longer this claim's
 */
export async function isMissingForGood(db: Db, file: ClaimedFile): Promise<boolean> {
  const { rows } = await db.raw<{ rows: { for_good: boolean }[] }>(
    `update uploaded_files set bytes_missing_since = coalesce(bytes_missing_since, clock_timestamp())
     where id = ? and fence = ? and status = 'processing'
     returning bytes_missing_since < clock_timestamp() - interval '${MISSING_FOR_GOOD}' as for_good`,
    [file.id, file.fence],
  );
  const row = rows[0];
  if (row === undefined) throw new ClaimEnded('lost');
  return row.for_good;
}

/** Forgets an absence that is over: a later one counts from its own beginning. */
export async function noteBytesFound(db: Db, file: ClaimedFile): Promise<void> {
  // bytes were only ever missed by an attempt that failed
  if (file.attempts === 0) return;
  await db.raw(
    `update uploaded_files set bytes_missing_since = null where id = ? and fence = ?
     and bytes_missing_since is not null`,
    [file.id, file.fence],
  );
}

/** To the administrators, once for each run of the file. */
export async function tellMissing(db: Db, file: ClaimedFile): Promise<void> {
  await addNotice(db, `stored_file_missing:${file.id}:${file.run}`, 'stored_file_missing', { name: file.name });
}
