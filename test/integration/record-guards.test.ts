import assert from 'node:assert/strict';
import type { Client } from 'pg';
import { DanglingRecords, expectFiles, expectOrdersOfTouched } from '../../shared/reconcile/dangling.ts';
import { ANYWHERE } from '../../shared/reconcile/id-ranges.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { diagnose, assertOnly, problems } from '../support/diagnose.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { randomWorld } from '../support/reference/random-world.ts';

const RECORDS = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;
const KEPT = { code: '23503' };

/** Records are told apart from their files and orders by guards and not by keys of the schema. */
describe('files and orders that records point to', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await loadWorld(client, randomWorld(7));
  });
  after(async () => {
    await client.end();
    await database.drop();
  });

  const one = async (sql: string): Promise<string> => {
    const { rows } = await client.query<{ id: string }>(sql);
    return String(rows[0]?.id);
  };
  /** Whatever the work does is taken back. */
  async function inTrial(work: () => Promise<void>): Promise<void> {
    await client.query('begin');
    try {
      await work();
    } finally {
      await client.query('rollback');
    }
  }

  for (const table of RECORDS)
    it(`cannot be deleted or renumbered, by whoever tries (${table})`, async () => {
      const order = await one(`select order_id as id from ${table} limit 1`);
      const file = await one(`select file_id as id from ${table} limit 1`);
      assert.notEqual(order, 'undefined', `the world has no row in ${table}`);
      await assert.rejects(client.query('delete from orders where id = $1', [order]), KEPT);
      await assert.rejects(client.query('update orders set id = id + 1000000 where id = $1', [order]), KEPT);
      await assert.rejects(client.query('delete from uploaded_files where id = $1', [file]), KEPT);
      await assert.rejects(
        client.query('update uploaded_files set id = gen_random_uuid() where id = $1', [file]),
        KEPT,
      );
    });

  it('cannot be emptied away below their records, but all together can', async () => {
    await assert.rejects(client.query('truncate orders'), KEPT);
    await assert.rejects(client.query('truncate uploaded_files cascade'), KEPT);
    await inTrial(() => emptyDatabase(client));
  });

  it('go where nothing points to them, an order with the issues it had', async () => {
    await inTrial(async () => {
      const order = await one(
        `insert into orders (order_number, payment_type, price, time) values ('ffguard', 'cash', 1, now())
          returning id`,
      );
      await client.query(`insert into order_issues (order_id, code) values ($1, 'price_mismatch')`, [order]);
      assert.equal((await client.query('delete from orders where id = $1', [order])).rowCount, 1);
      assert.equal((await client.query('select 1 from order_issues where order_id = $1', [order])).rowCount, 0);
    });
  });

  it('are missed by the import that would leave its own records without them', async () => {
    for (const table of RECORDS)
      await inTrial(async () => {
        await createWorkTables(client);
        await client.query('set local session_replication_role = replica');
        const { rows } = await client.query<{ id: string; order_id: string }>(
          `select id, order_id from ${table} limit 1`,
        );
        await client.query('insert into work_touched_orders (order_id) select id from orders');
        await client.query('insert into work_touched_receipts select id from fiscal_receipts');
        await client.query('insert into work_touched_payments select id from gateway_payments');
        await expectOrdersOfTouched(client, { orders: ANYWHERE });
        await client.query('delete from orders where id = $1', [rows[0]?.order_id]);
        await assert.rejects(expectOrdersOfTouched(client, { orders: ANYWHERE }), DanglingRecords);
      });
    await expectFiles(client, `select file_id from happy_workers_orders`);
    await assert.rejects(expectFiles(client, `select gen_random_uuid() as file_id`), DanglingRecords);
  });

  it('are missed by the doctor where somebody went around the guards', async () => {
    assert.deepEqual(problems(await diagnose({ DATABASE_URL: database.url }, ['postgres'])), []);
    await client.query(`
      create table kept as select * from orders where id = (select order_id from vendhub_sales limit 1);
      set session_replication_role = replica;
      delete from orders o using kept k where k.id = o.id;
      reset session_replication_role`);
    const finding = assertOnly(
      await diagnose({ DATABASE_URL: database.url }, ['postgres']),
      'postgres.dangling_records',
    );
    assert.match(finding.evidence, /vendhub_sales\.order_id=\d/);
    await client.query(`
      set session_replication_role = replica;
      insert into orders select * from kept;
      reset session_replication_role;
      drop table kept`);
    assert.deepEqual(problems(await diagnose({ DATABASE_URL: database.url }, ['postgres'])), []);
  });
});
