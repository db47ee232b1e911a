/** What operators chose for header sets, remembered (domain.md section 3 step 4). */
import type { Db, DbOrTransaction } from '../db/client.ts';
import type { MappingOverrides } from './child/protocol.ts';

/** The remembered choice for this header set, or null; notes that it was used. */
export async function findMapping(db: Db, signature: string): Promise<MappingOverrides | null> {
  const { rows } = await db.raw<{ rows: { overrides: MappingOverrides }[] }>(
    `update header_mappings set last_used_at = now() where signature = ? returning overrides`,
    [signature],
  );
  return rows[0]?.overrides ?? null;
}

export interface RememberedMapping {
  signature: string;
  overrides: MappingOverrides & { source: NonNullable<MappingOverrides['source']> };
  headers: readonly string[];
  userId: string;
}

/** Remembers a choice for every later file with the same header set; the newest choice counts. */
export async function rememberMapping(db: DbOrTransaction, mapping: RememberedMapping): Promise<void> {
  await db.raw(
    `insert into header_mappings (signature, source, headers, overrides, created_by) values (?, ?, ?, ?, ?)
     on conflict (signature) do update set source = excluded.source, headers = excluded.headers, overrides = excluded.overrides,
       created_by = excluded.created_by, created_at = now()`,
    [mapping.signature, mapping.overrides.source, [...mapping.headers], JSON.stringify(mapping.overrides), mapping.userId],
  );
}
