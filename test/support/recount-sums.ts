/** Holds the sums that imports keep to a recount of everything, and those of periods to a recount of each. */
import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import type { MatchingConfig } from '../../shared/config.ts';
import { CELL_COLUMNS, cellsSql, type Dimension } from '../../shared/sums/cells.ts';
import type { Range } from '../../shared/sums/ranges.ts';
import { sumsSql } from '../../shared/sums/read-sums.ts';

const SORTED = `select dimension, key, sum(count)::text as count, trim_scale(sum(sum))::text as sum,
  sum(problems)::text as problems,
  sum(pending_count)::text as pending_count, trim_scale(sum(pending_sum))::text as pending_sum, min(first) as first,
    max(last) as last`;

export const ALL_DIMENSIONS: readonly Dimension[] = [
  'total',
  'status',
  'settled',
  'machine',
  'type',
  'happy_workers',
  'vendhub',
  'vendhub_bucket',
  'vendhub_at_2x',
  'issue',
  'proof',
  'proof_bucket',
  'proof_at_2x',
  'kind',
  'sold_machine',
  'sold_goods',
  'sold_hour',
  'gateway_orders',
  'receipts',
  'payments',
];

async function rowsOf(client: Client, cells: string, byDay: boolean): Promise<unknown[]> {
  const { rows } = await client.query(
    `${SORTED} ${byDay ? ', day::text' : ''} from (${cells}) cells group by dimension, key ${byDay ? ', day' : ''}
      having sum(count) > 0
     order by dimension, key ${byDay ? ', day' : ''}`,
  );
  return rows as unknown[];
}

/** What lists of one status walk holds each order once, as it is. */
export async function assertStatusesKept(client: Client, told: string): Promise<void> {
  const { rows } = await client.query(`
    select o.id, s.order_id, o.status, s.status as kept
    from orders o
    full join order_statuses s on s.order_id = o.id and s.status = o.status and s.time = o.time
      and s.pending = o.pending
    where o.id is null or s.order_id is null`);
  assert.deepEqual(rows, [], `statuses of ${told}`);
}

/** What the table holds is what a recount gives, and no day is left to be counted. */
export async function assertSumsKept(client: Client, matching: MatchingConfig, told: string): Promise<void> {
  const recount = await rowsOf(client, cellsSql({ ranges: [{ from: null, to: null }], matching }), true);
  assert.deepEqual(await rowsOf(client, `select ${CELL_COLUMNS} from order_sums`, true), recount, told);
  const { rows } = await client.query('select * from order_sums_stale');
  assert.deepEqual(rows, [], `${told}: every day is counted`);
  await assertStatusesKept(client, told);
}

/** What readers get for a period is what a recount of exactly that period gives, whatever is stale. */
export async function assertSumsOf(
  client: Client,
  matching: MatchingConfig,
  period: Range,
  told: string,
): Promise<void> {
  const db = asReader(client);
  const read = await sumsSql(db, { period, matching, dimensions: ALL_DIMENSIONS });
  assert.deepEqual(
    await rowsOf(client, read, false),
    await rowsOf(client, cellsSql({ ranges: [period], matching }), false),
    told,
  );
}

function asReader(client: Client): Knex {
  return { raw: (sql: string) => client.query(sql) } as unknown as Knex;
}
