/** The history of an order: fields of its records that were filled or changed, its statuses, links and decisions. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { ChangeView } from './order-schema.ts';
import { recordIdOf } from './records.ts';

export interface ChangeRow {
  id: string;
  source: SourceName | null;
  record_id: string | null;
  field: string;
  old_value: string | null;
  new_value: string | null;
  change_type: ChangeView['changeType'];
  cause: ChangeView['cause'];
  version: number | null;
  file_id: string | null;
  file_name: string | null;
  sheet: string | null;
  source_row: string | null;
  changed_by: string | null;
  changed_by_name: string | null;
  changed_at: Date;
  decision_id: string | null;
  decision_kind: NonNullable<ChangeView['decision']>['kind'];
  resolution: NonNullable<ChangeView['decision']>['resolution'];
  note: string;
  withdrawn: boolean;
  undo_reason: string | null;
}

/**
 * The decision that a line is about. The line and what it tells of are written in one transaction, so both carry its
 * time; a decision that was taken back keeps its note.
 */
const DECISION = `left join lateral (
    select d.id, d.kind, d.resolution, d.note, d.undone_at is not distinct from c.changed_at as withdrawn
    from manual_decisions d
    where c.change_type = 'decision'
      and (d.order_id = c.order_id or d.proof_source = c.source and d.proof_id = c.record_id)
      and (d.created_at = c.changed_at and d.created_by = c.changed_by and c.new_value is not null
        or d.undone_at = c.changed_at and d.undone_by = c.changed_by and c.new_value is null)
    order by d.id desc limit 1
  ) decision on true`;

/**
 * Why and by whom the file was taken back, of lines that tell of it: the last asking before the line was written. The
 * lines themselves name nobody (reconcile/context.ts).
 */
export const UNDO_OF_LINE = `left join lateral (
    select n.reason, n.created_by from undos n
    where c.cause = 'undo' and n.file_ids @> array[c.file_id] and not n.dry_run and n.created_at <= c.changed_at
    order by n.created_at desc limit 1
  ) undo on true`;

/** Newest first; one row more than asked for when there are more. */
export function listChanges(
  db: DbOrTransaction,
  orderId: string,
  page: { before?: string; limit: number },
): Promise<ChangeRow[]> {
  return selectRows<ChangeRow>(
    db,
    `select c.id, c.source, c.record_id, c.field, c.old_value, c.new_value, c.change_type, c.cause, c.version,
      c.file_id, f.name as file_name, c.sheet,
       c.source_row, u.id as changed_by,
         coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username, u.email) as changed_by_name,
           c.changed_at,
       decision.id as decision_id, decision.kind as decision_kind, decision.resolution, decision.note,
         decision.withdrawn,
       undo.reason as undo_reason
     from order_changes c ${DECISION} ${UNDO_OF_LINE} left join uploaded_files f on f.id = c.file_id
     left join users u on u.id = coalesce(c.changed_by, undo.created_by)
     where c.order_id = ? ${page.before === undefined ? '' : 'and c.id < ?'} order by c.id desc limit ?`,
    [orderId, ...(page.before === undefined ? [] : [page.before]), page.limit + 1],
  );
}

export function changeView(row: ChangeRow): ChangeView {
  return {
    id: row.id,
    source: row.source,
    recordId:
      row.source === null || row.record_id === null ? null : recordIdOf({ source: row.source, id: row.record_id }),
    field: row.field,
    oldValue: row.old_value,
    newValue: row.new_value,
    changeType: row.change_type,
    cause: row.cause,
    version: row.version,
    fileId: row.file_id,
    fileName: row.file_name,
    sheet: row.sheet,
    row: row.source_row === null ? null : Number(row.source_row),
    changedBy: row.changed_by,
    changedByName: row.changed_by_name,
    changedAt: tashkentIso(row.changed_at),
    undoReason: row.undo_reason,
    decision:
      row.decision_id === null
        ? null
        : {
            id: row.decision_id,
            kind: row.decision_kind,
            resolution: row.resolution,
            note: row.note,
            withdrawn: row.withdrawn,
          },
  };
}
