import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { reconcileTouched } from '../../shared/reconcile/engine.ts';
import { coverTime, DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const FROM_S = 1_760_000_000;
const PRICE = 15_000;
const PAYMENTS = 4_000;
/** Rows of orders that may be read for each payment: its own and a few steps on the way, never those of the others. */
const MOST_READ = 40;

describe('a crowd of payments of one amount and second that no order claims', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await coverTime(client, FROM_S - 3_600, FROM_S + 3_600);
    await client.query(
      `with own as (
         select n, nextval('orders_id_seq') as id from generate_series(1, $1::int) n
       ), paid as (
         insert into gateway_payments (gateway, natural_key, order_id, orphan_order_id, file_id, source_row, seq,
           transaction_time, transaction_id, payment_status, amount)
         select 'click', 'p-' || n, id, id, $2, n, 1, to_timestamp($3::numeric), 'p-' || n, 'success', $4::numeric
         from own
         returning id, order_id
       )
       insert into orders (id, proof_source, proof_id, payment_type, price, time)
       select order_id, 'click', id, 'click', $4::numeric, to_timestamp($3::numeric) from paid`,
      [PAYMENTS, randomUUID(), FROM_S, PRICE],
    );
    // sold for cash all year; the first at that very time, so that it lies in the window of each
    await client.query(
      `insert into orders (order_number, payment_type, price, time, has_hw, has_vh)
       select 'sold-' || n, 'cash', $1, to_timestamp($2::numeric) + n * interval '1 hour', true, true
       from generate_series(0, 8000) n`,
      [PRICE, FROM_S],
    );
    await client.query(`analyze orders; analyze gateway_payments`);
  });

  after(async () => {
    await client.end();
    await database.drop();
  });

  it('is evaluated without each of them reading the rows of all others', async () => {
    await client.query('begin');
    try {
      // an answer that is remembered for the next of the same second hides it; with other statistics it is not
      await client.query('set local enable_memoize = off');
      await createWorkTables(client);
      // one more report of a few of them
      await client.query(`insert into work_touched_payments (id) select id from gateway_payments order by id limit 20`);
      await reconcileTouched({ client, matching: DEFAULT_MATCHING, cause: { kind: 'recompute' } });
      const { rows } = await client.query<{ read: string }>(
        `select idx_tup_fetch + seq_tup_read as read from pg_stat_xact_user_tables where relname = 'orders'`,
      );
      const read = Number(rows[0]?.read);
      assert.ok(read <= PAYMENTS * MOST_READ, `${read} rows of orders were read for ${PAYMENTS} payments`);
    } finally {
      await client.query('rollback');
    }
  });
});
