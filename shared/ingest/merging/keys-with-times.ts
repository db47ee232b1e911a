/**
 * Keys that hold a time, where a report lacks the id of its records (rules.md 2.2 and 2.3): the same record written to
 * the minute or the day by one file and to the second by another has two of them. Rows take the key of the record they
 * mean, or a file that a spreadsheet saved again would bring everything twice (rules.md 4.1, coarser values).
 */
import type { Client } from 'pg';
import type { Warning } from '../readers/reader.ts';
import { keptFields } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import type { Staging } from '../staging.ts';
import { isDayOf, isLessOfTime, isWrittenCoarsely } from './coarse-values.ts';
import { columnOf } from './terms.ts';

/** The id that makes such a key needless, and what else the key is made of: what every row has by `=`, to be hashed. */
const KEYS: Partial<Record<Source['table'], { id: string; same: string; records: string }>> = {
  vendhub_sales: {
    id: 'report_id',
    same: 'r.order_number = s.order_number and r.goods_id is not distinct from s.goods_id',
    // by the index of numbers: sales have none
    records: 'orders o on o.order_number = s.order_number join vendhub_sales r on r.order_id = o.id',
  },
  fiscal_receipts: {
    id: 'fiscal_module',
    same: 'r.fiscal_check_number = s.fiscal_check_number and r.amount = s.amount',
    records: 'fiscal_receipts r on r.fiscal_check_number = s.fiscal_check_number',
  },
};

/** Rows that are looked up one by one; for more it is asked first whether there is anything to be found. */
const FEW_ROWS = 20_000;
const NAMED_ROWS = 20;

/** Before keys are compared; changes staged rows only. */
export async function takeKnownKeys(client: Client, source: Source, staging: Staging): Promise<void> {
  const key = KEYS[source.table];
  if (key === undefined) return;
  const found = await client.query(`select 1 from ${staging.rows} where ${key.id} is null limit 1`);
  if (found.rowCount === 0) return;
  const time = columnOf(source, source.timeField);
  const bit = keptFields(source).findIndex((field) => field.column === time);
  const minute = (value: string): string => `date_trunc('minute', ${value})`;
  const rowIsCoarse = isWrittenCoarsely('s', bit);
  const recordIsCoarse = isWrittenCoarsely('r', bit);
  // of several rows that say more than a record only the nearest is it: the others are records that one left out
  await client.query(`
    update ${staging.rows} s set natural_key = k.natural_key
    from (
      select n.row_index, n.natural_key, n.says_more,
        row_number() over (partition by n.natural_key, n.says_more order by n.distance, n.row_index) as place
      from (
        select distinct on (s.row_index) s.row_index, r.natural_key, abs(extract(epoch from r.${time} - s.${time}))
          as distance, r.${time} <> s.${time} and not (${rowIsCoarse} and ${isLessOfTime(`s.${time}`, `r.${time}`)})
          as says_more
        from ${staging.rows} s
        join ${source.table} r on r.${key.id} is null and ${key.same}
          and (r.${time} = s.${time}
            or ${minute(`r.${time}`)} = ${minute(`s.${time}`)}
              and (${rowIsCoarse} or ${recordIsCoarse} and r.${time} = ${minute(`r.${time}`)})
            or ${rowIsCoarse} and ${isDayOf(`s.${time}`, `r.${time}`)}
            or ${recordIsCoarse} and ${isDayOf(`r.${time}`, `s.${time}`)})
        where s.${key.id} is null
          and not exists (select 1 from ${source.table} e where e.natural_key = s.natural_key)
          and not exists (select 1 from ${staging.rows} o where o.natural_key = r.natural_key)
        order by s.row_index, distance, r.natural_key
      ) n
    ) k
    where k.row_index = s.row_index and (not k.says_more or k.place = 1)`);
}

/**
 * Rows that mean a record which another file brought under the other kind of key: with the id where it had none, or the
 * other way round. They are two records (rules.md 4.1), and the file says so. Before its rows are merged.
 */
export async function warnOfOtherKeys(
  client: Client,
  { source, staging, staged }: { source: Source; staging: Staging; staged: number },
): Promise<Warning | null> {
  const key = KEYS[source.table];
  if (key === undefined) return null;
  if (staged > FEW_ROWS) {
    const { rows } = await client.query<{ isMixed: boolean }>(
      `select exists (select 1 from ${source.table} where ${key.id} is null)
         or exists (select 1 from ${staging.rows} where ${key.id} is null) as "isMixed"`,
    );
    if (rows[0]?.isMixed !== true) return null;
  }
  const time = columnOf(source, source.timeField);
  const { rows } = await client.query<{ count: string; rows: string | null }>(
    `with found as (
       select distinct s.row_index, s.source_row
       from ${staging.rows} s
       join ${key.records} and (r.${key.id} is null) <> (s.${key.id} is null)
         and ${key.same} and date_trunc('minute', r.${time}) = date_trunc('minute', s.${time})
     )
     select count(*) as count,
       array_to_string((array_agg(source_row order by row_index))[1:${NAMED_ROWS}], ', ') as rows
     from found`,
  );
  const count = Number(rows[0]?.count ?? 0);
  return count === 0 ? null : { code: 'records_twice', params: { count, rows: rows[0]?.rows ?? '' } };
}
