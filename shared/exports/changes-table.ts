/**
 * History of orders: what imports filled and changed, how statuses and links moved, what people decided. Newest first.
 */
import { selectRow } from '../db/rows.ts';
import { type ChangeRow, UNDO_OF_LINE } from '../orders/changes.ts';
import { orderConditions, type OrderFilter, whereOf } from '../orders/order-filter.ts';
import { readBatches } from './cursor.ts';
import type { Labels } from './labels.ts';
import { type Cell, number } from './sheet.ts';
import type { TableContext, Tables } from './table-context.ts';

type ExportedChange = Omit<ChangeRow, 'record_id' | 'file_id' | 'changed_by'> & {
  order_number: string | null;
  machine_code: string | null;
};

export async function changesTable(context: TableContext, filter: OrderFilter & { fileId?: string }): Promise<Tables> {
  const { db, trx, labels } = context;
  const { fileId, ...orderFilter } = filter;
  const where = whereOf(await orderConditions(db, orderFilter));
  const bindings = [...where.bindings, ...(fileId === undefined ? [] : [fileId])];
  const from = `order_changes c join orders o on o.id = c.order_id`;
  const condition = `${where.sql} ${fileId === undefined ? '' : 'and c.file_id = ?'}`;
  const counted = await selectRow<{ count: string }>(
    trx,
    `select count(*) as count from ${from} where ${condition}`,
    bindings,
  );
  const columns = [
    labels.column('changedAt', 20),
    labels.column('orderNumber', 40),
    labels.column('machineCode', 15),
    labels.column('source', 26),
    labels.column('column', 24),
    labels.column('oldValue', 24),
    labels.column('newValue', 24),
    labels.column('changeType', 16),
    labels.column('cause', 16),
    labels.column('version', 9),
    labels.column('file', 30),
    labels.column('sheet', 14),
    labels.column('row', 9),
    labels.column('changedBy', 24),
  ];
  const query = {
    sql: `select c.id, c.source, c.field, c.old_value, c.new_value, c.change_type, c.cause, c.version,
      f.name as file_name, c.sheet, c.source_row,
        coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.username, u.email) as changed_by_name,
          c.changed_at, o.order_number, o.machine_code
      from ${from}
      left join uploaded_files f on f.id = c.file_id
      ${UNDO_OF_LINE}
      left join users u on u.id = coalesce(c.changed_by, undo.created_by)
      where ${condition} order by c.id desc`,
    bindings,
  };
  return {
    sheets: [{ name: labels.sheet('changes'), columns, rows: changeRows(context, query) }],
    rowCount: Number(counted?.count ?? 0),
  };
}

async function* changeRows(
  { trx, labels, signal }: TableContext,
  query: { sql: string; bindings: readonly unknown[] },
): AsyncGenerator<Cell[][]> {
  for await (const rows of readBatches<ExportedChange>(trx, query, signal)) {
    yield rows.map((row) => [
      row.changed_at,
      row.order_number,
      row.machine_code,
      row.source === null ? null : labels.value(row.source),
      labels.field(row.source, row.field),
      shown(labels, row, row.old_value),
      shown(labels, row, row.new_value),
      labels.value(row.change_type),
      labels.value(row.cause),
      row.version === null ? null : number(row.version),
      row.file_name,
      row.sheet,
      row.source_row === null ? null : number(row.source_row),
      row.changed_by_name,
    ]);
  }
}

function shown(labels: Labels, row: ExportedChange, value: string | null): string | null {
  if (value === null) return null;
  return row.change_type === 'status' ? labels.status(value) : value;
}
