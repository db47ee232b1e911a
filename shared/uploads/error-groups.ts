/**
 * Faults of a file's rows by what is wrong with them: what refused rows before what only emptied cells, most frequent
 * first.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { rowErrorTexts } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderHint, renderText } from '../texts/text.ts';
import type { ErrorGroupView } from './file-schema.ts';
import type { CodeParams } from './files-repository.ts';

const SAMPLES = 3;
/** Codes times columns: a report has neither so many. */
const MOST_GROUPS = 1_000;

interface GroupRow {
  code: string;
  column_name: string | null;
  field: string | null;
  severity: 'error' | 'warning';
  count: string;
  open: string;
  samples: { row: number; sheet: string | null; value: string | null; params: CodeParams }[];
}

export async function errorGroups(db: DbOrTransaction, fileId: string, lang: Lang): Promise<ErrorGroupView[]> {
  const { rows } = await db.raw<{ rows: GroupRow[] }>(
    `select code, column_name, field, severity, count(*) as count, count(*) filter (where resolved_at is null) as open,
       jsonb_agg(jsonb_build_object('row', source_row, 'sheet', sheet, 'value', value, 'params', params)
         order by row_index, id)
         filter (where position <= ${SAMPLES}) as samples
     from (
       select e.*, row_number() over (partition by code, column_name, field, severity
         order by row_index, id) as position from row_errors e where file_id = ?
     ) numbered
     group by code, column_name, field, severity order by severity, count desc, min(row_index), code,
       column_name, field
     limit ${MOST_GROUPS}`,
    [fileId],
  );
  return rows.map((group) => {
    const params = group.samples[0]?.params ?? {};
    return {
      code: group.code,
      column: group.column_name,
      field: group.field,
      severity: group.severity,
      count: Number(group.count),
      open: Number(group.open),
      message: renderText(rowErrorTexts, group.code, params, lang),
      hint: renderHint(rowErrorTexts, group.code, params, lang),
      samples: group.samples.map(({ row, sheet, value }) => ({ row, sheet, value })),
    };
  });
}
