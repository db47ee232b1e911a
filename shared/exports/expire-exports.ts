/** Exports live a day: then their bytes go; the rows that say what was exported go later (shared/retention). */
import type { Db } from '../db/client.ts';
import { execute, selectRows } from '../db/rows.ts';
import type { FileStore } from '../storage/file-store.ts';

const BATCH = 100;

/** Returns how many files went. The bytes go first: a row that still names them is looked at again. */
export async function expireExports({ db, store }: { db: Db; store: FileStore }): Promise<number> {
  const rows = await selectRows<{ id: string; storage_key: string }>(
    db,
    `select id, storage_key from exports
      where status = 'completed' and storage_key is not null and expires_at < clock_timestamp() limit ${BATCH}`,
  );
  for (const row of rows) {
    await store.remove(row.storage_key);
    await execute(db, 'update exports set storage_key = null where id = ? and storage_key = ?', [
      row.id,
      row.storage_key,
    ]);
  }
  return rows.length;
}
