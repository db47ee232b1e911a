/**
 * What the database knows of the reports, without the ids that it gave: two worlds are equal when their pictures are.
 */
import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { keptFields, sources } from '../../shared/ingest/sources/index.ts';

const numberOf = `coalesce(o.order_number,
  o.proof_source || ':' || coalesce((select natural_key from fiscal_receipts
    where o.proof_source = 'fiscal_bills' and id = o.proof_id),
  (select natural_key from gateway_payments where o.proof_source <> 'fiscal_bills' and id = o.proof_id)))`;

/** Every table of records and conclusions, each as its rows in order. Files are told by their names. */
export async function pictureOf(client: Client): Promise<Record<string, string[]>> {
  const picture: Record<string, string[]> = {};
  const take = async (name: string, sql: string): Promise<void> => {
    const { rows } = await client.query<{ line: string }>(
      `select row_to_json(x)::text as line from (${sql}) x order by 1`,
    );
    picture[name] = rows.map((row) => row.line);
  };
  for (const source of Object.values(sources)) {
    const isProof = source.table === 'fiscal_receipts' || source.table === 'gateway_payments';
    const columns = keptFields(source).map(({ column }) => `r.${column}`);
    await take(
      source.name,
      `select r.natural_key, ${columns.join(', ')}, r.extra, f.name as file, r.sheet,
        r.source_row ${isProof ? ', r.link_rule, r.ambiguous' : ''},
         ${numberOf} as of_order
       from ${source.table} r join uploaded_files f on f.id = r.file_id join orders o on o.id = r.order_id
       ${source.table === 'gateway_payments' ? `where r.gateway = '${source.name}'` : ''}`,
    );
  }
  await take(
    'orders',
    `select ${numberOf} as number, o.machine_code, o.goods_name, o.payment_type, o.price, o.time, o.has_hw, o.has_vh,
      o.unpaid, o.refunded, o.base_from,
       o.base_to, o.price_delta, o.time_delta_s, o.machine_conflict, o.type_conflict, o.type_unknown, o.brew_failed,
         o.code_disagrees, o.times_disagree,
       o.ambiguous, (select array_agg(f order by f) from unnest(o.flags) f) as flags, o.status, o.issues, o.pending,
         o.settled
     from orders o`,
  );
  await take(
    'order_issues',
    `select ${numberOf} as number, i.code from order_issues i join orders o on o.id = i.order_id`,
  );
  await take('source_coverage', 'select source, covered_from, covered_to from source_coverage');
  await take('source_days', 'select source, day, records from source_days');
  await take('machines', 'select machine_code, address, address_at, category, category_at from machines');
  await take('goods', 'select name from goods');
  return picture;
}

/** Says the lines that differ, not both worlds. */
export function assertSamePicture(
  actual: Record<string, string[]>,
  wanted: Record<string, string[]>,
  message: string,
): void {
  for (const [table, rows] of Object.entries(wanted)) {
    const found = actual[table] ?? [];
    const tooMany = found.filter((row) => !rows.includes(row));
    const missing = rows.filter((row) => !found.includes(row));
    assert.deepEqual({ tooMany, missing }, { tooMany: [], missing: [] }, `${message}: ${table}`);
    assert.equal(found.length, rows.length, `${message}: ${table}`);
  }
}
