/** Rejected rows of one file in its order, with the reason and what to do about it. */
import { selectRow } from '../db/rows.ts';
import { rowErrorTexts } from '../texts/tables.ts';
import { renderHint, renderText, type TextParams } from '../texts/text.ts';
import { readBatches } from './cursor.ts';
import { type Cell, number } from './sheet.ts';
import type { TableContext, Tables } from './table-context.ts';

interface ErrorRow {
  sheet: string | null;
  source_row: string;
  column_name: string | null;
  field: string | null;
  code: string;
  severity: string;
  params: TextParams;
  value: string | null;
}

export async function errorsTable(context: TableContext, { fileId }: { fileId: string }): Promise<Tables> {
  const { trx, labels } = context;
  const counted = await selectRow<{ count: string }>(
    trx,
    'select count(*) as count from row_errors where file_id = ?',
    [fileId],
  );
  const columns = [
    labels.column('row', 9),
    labels.column('sheet', 16),
    labels.column('column', 26),
    labels.column('value', 30),
    labels.column('reason', 48),
    labels.column('hint', 60),
    labels.column('field', 20),
    labels.column('code', 22),
    labels.column('severity', 12),
  ];
  return {
    sheets: [{ name: labels.sheet('errors'), columns, rows: errorRows(context, fileId) }],
    rowCount: Number(counted?.count ?? 0),
  };
}

async function* errorRows({ trx, labels, signal }: TableContext, fileId: string): AsyncGenerator<Cell[][]> {
  const query = {
    sql: `select sheet, source_row, column_name, field, code, severity, params, value from row_errors
       where file_id = ? order by row_index, id`,
    bindings: [fileId],
  };
  for await (const rows of readBatches<ErrorRow>(trx, query, signal)) {
    yield rows.map((row) => [
      number(row.source_row),
      row.sheet,
      row.column_name,
      row.value,
      renderText(rowErrorTexts, row.code, row.params, labels.lang),
      renderHint(rowErrorTexts, row.code, row.params, labels.lang),
      row.field,
      row.code,
      row.severity,
    ]);
  }
}
