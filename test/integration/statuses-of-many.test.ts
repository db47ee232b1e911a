import assert from 'node:assert/strict';
import type pg from 'pg';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** More than are looked up one by one, and few. */
const COUNTS = [25_000, 30] as const;
const CORRECTED = 1_000;
/** one of so many is corrected */
const EACH = 200;

describe('the list of statuses', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
  });

  after(async () => {
    await client.end();
    await database.drop();
  });

  async function differences(): Promise<number> {
    const { rows } = await client.query<{ count: string }>(`
      select count(*) as count
      from (select status, time, id, pending from orders) o
      full join order_statuses s on s.order_id = o.id
      where (o.status, o.time, o.pending) is distinct from (s.status, s.time, s.pending)`);
    return Number(rows[0]?.count);
  }

  for (const count of COUNTS)
    it(`follows orders that come, change and go ${count} at once`, async () => {
      await client.query(
        `insert into orders (order_number, payment_type, price, time, status, pending)
         select 'n-' || n, 'cash', 1000, '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 minute', 'hw_only', true
         from generate_series(1, $1::int) n`,
        [count],
      );
      assert.equal(await differences(), 0);
      // a status, a time and what is pending, each of a third; the last third keeps its status
      await client.query(`
        update orders set
          status = case id % 3 when 0 then 'matched' else status end,
          time = case id % 3 when 1 then time + interval '1 second' else time end,
          pending = case id % 3 when 2 then false else pending end`);
      assert.equal(await differences(), 0);
      await client.query(`update orders set version = version + 1`);
      assert.equal(await differences(), 0);
      await client.query(`delete from orders where id % 2 = 0`);
      assert.equal(await differences(), 0);
      await client.query(`delete from orders`);
      assert.deepEqual((await client.query(`select * from order_statuses`)).rows, []);
    });

  it('is not what a thousand corrected orders wait for, each compared with each', async () => {
    await client.query(
      `insert into orders (order_number, payment_type, price, time, status, pending)
       select 'c-' || n, 'cash', 1000, '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 minute', 'hw_only', true
       from generate_series(1, $1::int) n`,
      [CORRECTED * EACH],
    );
    await client.query('vacuum analyze');
    const watch = await watchComparisons(client);
    for (const change of [`version = version + 1`, `status = 'matched'`])
      await client.query(`update orders set ${change} where id % ${EACH} = 0`);
    assert.ok(watch.plans() > 0, 'no plan was given');
    assert.ok(watch.most() < CORRECTED * 10, `${watch.most()} pairs were compared in vain`);
    assert.equal(await differences(), 0);
  });
});

/** Pairs of rows that a join of any statement, those of triggers too, looked at and passed over. */
async function watchComparisons(client: pg.Client): Promise<{ plans(): number; most(): number }> {
  const passedOver: number[] = [];
  let plans = 0;
  client.on('notice', ({ message = '' }) => {
    if (!message.includes('plan:')) return;
    plans += 1;
    for (const [, count] of message.matchAll(/Rows Removed by Join Filter: (\d+)/g)) passedOver.push(Number(count));
  });
  await client.query(`load 'auto_explain'`);
  const settings = ['log_min_duration = 0', `log_level = 'notice'`, 'log_nested_statements = on', 'log_analyze = on'];
  for (const setting of settings) await client.query(`set auto_explain.${setting}`);
  return { plans: () => plans, most: () => Math.max(0, ...passedOver) };
}
