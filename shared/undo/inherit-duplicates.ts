/**
 * The same bytes came twice and the second was passed over: without the first it is the one that counts. Files that
 * were only looked at never count.
 */
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { refreshSession } from '../ingest/session-state.ts';

/** Under the merge lock, with the row of the file locked. @returns whether there was one: it holds the same keys now */
export async function inheritDuplicates(trx: Knex.Transaction, fileId: string): Promise<boolean> {
  const heir = await heirOf(trx, fileId);
  if (heir === null) return false;
  await execute(
    trx,
    `update uploaded_files h set status = f.status, format = f.format, source = f.source,
      source_confidence = f.source_confidence,
       recognition = f.recognition, warnings = f.warnings, overrides = f.overrides, rows_read = f.rows_read,
         rows_new = f.rows_new,
       rows_updated = f.rows_updated, fields_filled = f.fields_filled, fields_changed = f.fields_changed,
         rows_unchanged = f.rows_unchanged,
       rows_rejected = f.rows_rejected, rows_skipped = f.rows_skipped, orders_changed = f.orders_changed,
         open_errors = f.rows_rejected,
       period_from = f.period_from, period_to = f.period_to, corrects = f.corrects, duplicate_of = null
     from uploaded_files f where h.id = ? and f.id = ?`,
    [heir.id, fileId],
  );
  await passOn(trx, fileId, heir.id);
  await execute(
    trx,
    `insert into row_errors (file_id, row_index, sheet, source_row, column_name, field, code, severity, params, value)
     select ?, row_index, sheet, source_row, column_name, field, code, severity, params, value from row_errors
     where file_id = ?`,
    [heir.id, fileId],
  );
  await execute(
    trx,
    `insert into file_effects (file_id, source, keys, covered, names, goods)
     select ?, source, keys, covered, names, goods from file_effects where file_id = ?`,
    [heir.id, fileId],
  );
  await refreshSession(trx, heir.session_id);
  return true;
}

/**
 * Whatever holds the file (an archive, a workbook, or one in the other) and came twice: the second was not unpacked. It
 * gets members of its own, each a duplicate of the one in the first, so that any of them can count in its place.
 */
export async function unfoldDuplicates(trx: Knex.Transaction, fileId: string): Promise<void> {
  const holders = await selectRows<{ id: string }>(
    trx,
    `with recursive up as (
       select id, parent_id, 0 as height from uploaded_files where id = ?
       union all
       select p.id, p.parent_id, u.height + 1 from uploaded_files p join up u on p.id = u.parent_id
     )
     select id
     from up
     where exists (select 1 from uploaded_files m where m.parent_id = up.id)
     order by height desc`,
    [fileId],
  );
  for (const { id } of holders) await unfold(trx, id);
}

async function unfold(trx: Knex.Transaction, containerId: string): Promise<void> {
  // from here on nobody ends as a duplicate of it (finish-file.ts)
  await selectRow(trx, 'select 1 from uploaded_files where id = ? for no key update', [containerId]);
  const heir = await heirOf(trx, containerId);
  if (heir === null) return;
  const members = await selectRows<{ id: string }>(
    trx,
    `select id from uploaded_files where parent_id = ? and status in ('completed', 'completed_with_errors', 'duplicate')
      order by seq`,
    [containerId],
  );
  for (const { id } of members)
    await execute(
      trx,
      `insert into uploaded_files (id, session_id, parent_id, member_path, name, size_bytes, sha256, storage_key,
        overrides, created_by,
         status, phase, duplicate_of, completed_at)
       select ?, h.session_id, h.id, m.member_path, m.name, m.size_bytes, m.sha256, m.storage_key, m.overrides,
         h.created_by,
         'duplicate', 'done', coalesce(m.duplicate_of, m.id), clock_timestamp()
       from uploaded_files m, uploaded_files h where m.id = ? and h.id = ?`,
      [randomUUID(), id, heir.id],
    );
  await execute(
    trx,
    `update uploaded_files h set status = 'completed', format = f.format, duplicate_of = null from uploaded_files f
      where h.id = ? and f.id = ?`,
    [heir.id, containerId],
  );
  await passOn(trx, containerId, heir.id);
  await refreshSession(trx, heir.session_id);
}

/** With its row locked: it may be taken back itself at this moment, and is nobody's heir then. */
function heirOf(trx: Knex.Transaction, fileId: string): Promise<{ id: string; session_id: string } | null> {
  return selectRow(
    trx,
    `select id, session_id from uploaded_files where duplicate_of = ? and status = 'duplicate' and not preview
      order by seq limit 1 for no key update`,
    [fileId],
  );
}

/** Whoever was a duplicate of the one is now one of the other. */
async function passOn(trx: Knex.Transaction, from: string, to: string): Promise<void> {
  await execute(trx, 'update uploaded_files set duplicate_of = ? where duplicate_of = ? and id <> ?', [to, from, to]);
}
