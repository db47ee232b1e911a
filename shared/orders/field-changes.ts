/**
 * What imports filled or changed in the records of orders, for the marks on the cells of lists (rules.md section 7).
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { FieldChange } from './order-schema.ts';
import type { Condition } from './search.ts';

/** Imports by one file, or by the files of one upload; both absent = all there were. */
export interface ImportFilter {
  /** id of a file */
  file?: string;
  /** id of an upload */
  session?: string;
}

interface FieldChangeRow {
  order_id: string;
  source: SourceName;
  field: string;
  change_type: 'filled' | 'changed';
  old_value: string | null;
  new_value: string | null;
  version: number | null;
  file_id: string | null;
  changed_at: Date;
}

/** `order_changes c` made by these imports. */
export function importConditions({ file, session }: ImportFilter): Condition[] {
  return [
    ...(file === undefined ? [] : [{ sql: 'c.file_id = ?::uuid', bindings: [file] }]),
    ...(session === undefined
      ? []
      : [
          { sql: 'c.file_id in (select f.id from uploaded_files f where f.session_id = ?::uuid)', bindings: [session] },
        ]),
  ];
}

/** Field changes by order id, each field of each record once with its last change; one query for all orders. */
export async function fieldChangesOf(
  db: DbOrTransaction,
  orderIds: readonly string[],
  imports: ImportFilter,
): Promise<Map<string, FieldChange[]>> {
  const changes = new Map<string, FieldChange[]>();
  if (orderIds.length === 0) return changes;
  const conditions = importConditions(imports);
  const rows = await selectRows<FieldChangeRow>(
    db,
    `select distinct on (c.order_id, c.source, c.record_id, c.field)
       c.order_id, c.source, c.field, c.change_type, c.old_value, c.new_value, c.version, c.file_id, c.changed_at
     from order_changes c
     where c.order_id = any(?::bigint[])
       and ${["c.change_type in ('filled', 'changed')", ...conditions.map(({ sql }) => sql)].join(' and ')}
     order by c.order_id, c.source, c.record_id, c.field, c.id desc`,
    [[...orderIds], ...conditions.flatMap(({ bindings }) => bindings)],
  );
  for (const row of rows) {
    const change: FieldChange = {
      source: row.source,
      field: row.field,
      changeType: row.change_type,
      oldValue: row.old_value,
      newValue: row.new_value,
      version: row.version,
      fileId: row.file_id,
      changedAt: tashkentIso(row.changed_at),
    };
    const known = changes.get(row.order_id);
    if (known === undefined) changes.set(row.order_id, [change]);
    else known.push(change);
  }
  return changes;
}
