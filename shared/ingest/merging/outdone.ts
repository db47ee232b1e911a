/**
 * Files that were accepted later and finished first, of whose values some turn out to say less than those of this one:
 * they are told what they would have been told in the order of acceptance (rules.md 4.1, coarser values).
 */
import type { Client } from 'pg';
import type { Source } from '../sources/source.ts';
import type { MergeTerms } from './terms.ts';
import { supplierOf } from './change-sql.ts';

const NAMED_ROWS = 20;
/** of rows of which nothing is left but the value that they confirmed */
const UNKNOWN_ROWS = '…';

/** SQL: whose value the row outdoes, as its order of acceptance; null: nobody's. $1 is that of the row's file. */
export function outdoneBy({ incoming }: MergeTerms, wholer: ReadonlyMap<string, string>): string {
  const fields = [...wholer].map(([column, isWholer]) => {
    const supplier = supplierOf(column);
    const outdoes = `${incoming(column)} is distinct from r.${column} and ${isWholer} and $1::bigint < ${supplier}`;
    return `case when ${outdoes} then ${supplier} end`;
  });
  return `coalesce(${fields.join(', ')})`;
}

/** After the rows are merged, under the merge lock. */
export async function warnOutdone(client: Client, source: Source): Promise<void> {
  const { rows } = await client.query<{ file_id: string; count: number; rows: string | null }>(
    `with found as (
       select distinct f.id as file_id, o.order_id, o.record_id, coalesce(
         case when r.file_id = f.id then r.source_row end,
         (select min(c.source_row) from order_changes c
          where c.order_id = r.order_id and c.source = $1 and c.record_id = r.id and c.file_id = f.id)) as source_row
       from work_outdone o
       join uploaded_files f on f.seq = o.seq
       join ${source.table} r on r.order_id = o.order_id and r.id = o.record_id
     )
     select file_id, count(*)::int as count,
       array_to_string((array_agg(source_row order by source_row) filter (where source_row is not null))
         [1:${NAMED_ROWS}], ', ') as rows
     from found
     group by file_id`,
    [source.name],
  );
  for (const { file_id: fileId, count, rows: named } of rows)
    await client.query(
      `update uploaded_files f set warnings =
         (select coalesce(jsonb_agg(w.value order by w.place)
            filter (where w.value ->> 'code' <> 'coarser_values'), '[]')
          from jsonb_array_elements(f.warnings) with ordinality w (value, place))
         || jsonb_build_object('code', 'coarser_values', 'params', (
           select jsonb_build_object('count', $2::int + coalesce(sum((w.value #>> '{params,count}')::int), 0),
             'rows', coalesce(
               nullif(concat_ws(', ', nullif(max(w.value #>> '{params,rows}'), '${UNKNOWN_ROWS}'), $3::text), ''),
               '${UNKNOWN_ROWS}'))
           from jsonb_array_elements(f.warnings) w (value) where w.value ->> 'code' = 'coarser_values'))
       where f.id = $1`,
      [fileId, count, named],
    );
}
