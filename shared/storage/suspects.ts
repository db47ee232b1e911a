/**
 * Which stored bytes are garbage. Bytes come before the row that points to them, and how long that may take no clock
 * can say: a slow line, a long archive, a process that was paused. So nothing goes by the age of a key. A sweep notes
 * bytes without a row as suspects; an hour later by the database's clock it condemns those still without one; and
 * whoever writes a row takes its keys off the list in the same transaction. Both lock the suspect's row, so either the
 * row is there and the bytes stay, or the bytes go and the row is refused.
 */
import type { Db, DbOrTransaction } from '../db/client.ts';
import { unavailable } from '../errors.ts';

/** Between two looks at bytes without a row. */
const SUSPECT_FOR = '1 hour';
/** How long it is remembered that bytes were condemned: longer than any process sleeps in the middle of an upload. */
const REMEMBERED_FOR = '30 days';

/** What a row points to: uploaded_files, as long as its bytes are kept (shared/retention), and exports. */
const HAS_ROW = `exists (select 1 from uploaded_files f
  where f.storage_key = k.storage_key and f.bytes_expired_at is null)
  or exists (select 1 from exports e where e.storage_key = k.storage_key)`;

/** Of these keys the ones that may be removed now; for FileStore.sweep. */
export async function garbageAmong(db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> {
  await db.raw(
    `insert into storage_suspects (storage_key)
     select k.storage_key
     from unnest(?::text[]) as k (storage_key)
     where not (${HAS_ROW})
     order by 1
     on conflict do nothing`,
    [[...keys]],
  );
  const { rows } = await db.raw<{ rows: { storage_key: string }[] }>(
    `update storage_suspects k set condemned_at = coalesce(condemned_at, clock_timestamp())
     where k.storage_key = any(?) and k.seen_at < clock_timestamp() - interval '${SUSPECT_FOR}' and not (${HAS_ROW})
     returning k.storage_key`,
    [[...keys]],
  );
  return new Set(rows.map((row) => row.storage_key));
}

/** Drops suspects nobody needs any more: bytes that got their row, and those long gone. */
export async function forgetSuspects(db: Db): Promise<void> {
  await db.raw(
    `delete from storage_suspects k
     where k.seen_at < clock_timestamp() - interval '${REMEMBERED_FOR}' or k.condemned_at is null and (${HAS_ROW})`,
  );
}

/**
 * Belongs into every transaction that writes rows pointing to stored bytes.
 * @throws AppError service_unavailable when a sweep has condemned some of them: the bytes must be stored again, under a
 * new key
 */
export async function takeOffSuspicion(trx: DbOrTransaction, keys: readonly string[]): Promise<void> {
  const { rows } = await trx.raw<{ rows: { condemned_at: Date | null }[] }>(
    'delete from storage_suspects where storage_key = any(?) returning condemned_at',
    [[...keys]],
  );
  if (rows.some((row) => row.condemned_at !== null))
    throw unavailable(new Error('the stored bytes were removed before their row came'));
}
