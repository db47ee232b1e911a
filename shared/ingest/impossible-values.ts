/**
 * Values that no record can hold: the statements of merge and reconciliation, the indexes and the page all fail on
 * them. Reading refuses them already; here they are refused whatever way a row came, so that one row never fails a
 * file. Looked for in the scan that counts the rows.
 */
import type { Client } from 'pg';
import { keptFields } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import type { Staging } from './staging.ts';

/** Bytes of a text that stands in an index: an entry of a btree holds 2 704. */
const MOST_INDEXED_BYTES = 1_000;
/** From here on sums in tiyin are no longer exact; a hundred rows of it still fit an amount column. */
const MOST_MONEY = '999999999999.99';
const INDEXED = new Set([
  'order_number',
  'machine_code',
  'goods_name',
  'fiscal_check_number',
  'fiscal_module',
  'transaction_id',
]);

interface Impossible {
  column: string;
  field: string | null;
  code: 'required_missing' | 'value_too_long' | 'value_out_of_range';
  condition: string;
}

function impossibleOf(source: Source): Impossible[] {
  const found: Impossible[] = [
    {
      column: 'natural_key',
      field: null,
      code: 'value_too_long',
      condition: `octet_length(natural_key) > ${MOST_INDEXED_BYTES}`,
    },
  ];
  for (const { name, column, type, need } of keptFields(source)) {
    if (need === 'R') found.push({ column, field: name, code: 'required_missing', condition: `${column} is null` });
    if (type === 'timestamp' || type === 'date') {
      const condition = `${column} not between '0001-01-02' and '9999-12-30'`;
      found.push({ column, field: name, code: 'value_out_of_range', condition });
    } else if (type === 'money') {
      const condition = `${column} not between -${MOST_MONEY} and ${MOST_MONEY}`;
      found.push({ column, field: name, code: 'value_out_of_range', condition });
    } else if (INDEXED.has(column)) {
      found.push({
        column,
        field: name,
        code: 'value_too_long',
        condition: `octet_length(${column}) > ${MOST_INDEXED_BYTES}`,
      });
    }
  }
  return found;
}

/** A row of values: whether it applies, what is refused and why, and the value that was there. */
const applying = ({ column, field, code, condition }: Impossible): string =>
  `(${condition}, ${field === null ? 'null' : `'${field}'`}, '${code}', ${column}::text)`;

/** Counts the rows of the staging and moves those with an impossible value to its rejects. */
export async function rejectImpossible(
  client: Client,
  source: Source,
  staging: Staging,
): Promise<{ staged: number; rejected: number }> {
  const impossible = impossibleOf(source);
  const any = impossible.map(({ condition }) => condition).join(' or ');
  const { rows } = await client.query<{ staged: string; rejected: string }>(
    `select count(*) as staged, count(*) filter (where ${any}) as rejected from ${staging.rows}`,
  );
  const staged = Number(rows[0]?.staged ?? 0);
  const rejected = Number(rows[0]?.rejected ?? 0);
  if (rejected === 0) return { staged, rejected };
  await client.query(`
    with gone as (
      delete from ${staging.rows} where ${any} returning *
    )
    insert into ${staging.rejects} (row_index, sheet, source_row, column_name, field, code, params, value)
    select g.row_index, g.sheet, g.source_row, null, v.field, v.code, '{}', left(v.value, 200)
    from gone g
    cross join lateral (
      select x.field, x.code, x.value from (values
        ${impossible.map(applying).join(',\n        ')}
      ) x (applies, field, code, value)
      where x.applies limit 1
    ) v`);
  return { staged, rejected };
}
