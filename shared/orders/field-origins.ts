/**
 * Where each value of a record comes from. A record names the row that it was made from; a field that an import filled
 * or changed since comes from the row of that import, which stands in the history beside the change.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { ValueOrigin } from './order-schema.ts';
import { camelCase } from './records.ts';

/** By what an import left behind in a record: `order_changes c`. */
const BY_AN_IMPORT = `c.change_type in ('filled', 'changed') and c.file_id is not null`;

interface OriginRow {
  record_id: string;
  field: string;
  file_id: string;
  file_name: string;
  sheet: string | null;
  source_row: string;
}

/**
 * By record id, by the API's name of the field: fields whose value another row gave than the one that made the record.
 */
export async function fieldOriginsOf(
  db: DbOrTransaction,
  source: SourceName,
  recordIds: readonly string[],
): Promise<Map<string, Record<string, ValueOrigin>>> {
  const rows = await selectRows<OriginRow>(
    db,
    `select distinct on (c.record_id, c.field) c.record_id, c.field, c.file_id, f.name as file_name, c.sheet,
      c.source_row
     from order_changes c join uploaded_files f on f.id = c.file_id
     where c.source = ? and c.record_id = any(?::bigint[]) and ${BY_AN_IMPORT}
     order by c.record_id, c.field, c.id desc`,
    [source, [...recordIds]],
  );
  const origins = new Map<string, Record<string, ValueOrigin>>();
  for (const row of rows) {
    const ofRecord = origins.get(row.record_id) ?? {};
    ofRecord[camelCase(row.field)] = {
      fileId: row.file_id,
      fileName: row.file_name,
      sheet: row.sheet,
      row: Number(row.source_row),
    };
    origins.set(row.record_id, ofRecord);
  }
  return origins;
}

/**
 * Rows (file_id, sheet, source_row) that gave the record `r` values after it was made, newest first; bindings: the
 * source, then the canonical name of the field where one is asked for.
 */
export function laterRowsSql(field: string | null): string {
  return `select c.file_id, c.sheet, c.source_row from order_changes c
          where c.source = ? and c.record_id = r.id and ${BY_AN_IMPORT}${field === null ? '' : ' and c.field = ?'}
          order by c.id desc`;
}
