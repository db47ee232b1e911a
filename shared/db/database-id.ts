import type { DbOrTransaction } from './client.ts';
import { selectRow } from './rows.ts';

/**
 * Tells databases apart that share a Redis, where people are numbered from 1 in each; the same on a replica and after a
 * promotion.
 */
export async function readDatabaseId(db: DbOrTransaction): Promise<string> {
  const row = await selectRow<{ id: string }>(
    db,
    `select (select oid from pg_database where datname = current_database())::text || '-' ||
            coalesce((select floor(extract(epoch from min(migration_time)) * 1000)::text from migrations), '0') as id`,
  );
  return row?.id ?? '0';
}
