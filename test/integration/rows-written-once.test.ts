/** An import decides first and writes then: what it brings is written with its order, and an order once. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { acceptFile, mergeStagedReport, stageReport } from '../support/load-report.ts';
import { coverTime, DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { assertStatusesKept } from '../support/recount-sums.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { sold, START } from '../support/reference/world-builders.ts';
import type { WorldFile, WorldRecord } from '../support/reference/world.ts';

/** Few, and so many that their statuses are moved by who decides them. */
const COUNTS = [40, 1_200] as const;
const ALONE = 3;
const FROM_S = 1_760_000_000;
const APART_S = 1_000;

type Written = Record<string, { inserted: number; updated: number }>;

const paymentsOf = (orders: number): WorldFile => ({
  name: 'payme.csv',
  source: 'payme',
  records: Array.from({ length: orders + ALONE }, (_, n): WorldRecord => ({
    source: 'payme',
    key: `payment-${n}`,
    time: FROM_S + n * APART_S + 7,
    amount: 12_000,
    state: 'success',
  })),
});

const receiptsOf = (orders: number): WorldFile => ({
  name: 'fiscal.csv',
  source: 'fiscal_bills',
  records: Array.from({ length: orders + ALONE }, (_, n): WorldRecord => ({
    source: 'fiscal_bills',
    key: `module-1:${1000 + n}`,
    module: 'module-1',
    checkNumber: String(1000 + n),
    time: FROM_S + n * APART_S + 9,
    operation: 'sale',
    cashAmount: 9_000,
    cardAmount: 0,
    amount: 9_000,
  })),
});

/** Sales of one machine with nothing near them: what its cloud tells, and what the server does. */
const salesOf = (orders: number): Record<'machine' | 'server', WorldFile> => {
  const sales = Array.from({ length: orders }, (_, n) =>
    sold(`sale-${n}`, FROM_S - START + n * APART_S + 300, { price: 5_000 }),
  ).flat();
  return {
    machine: of('happy_workers', sales),
    server: of('vendhub', sales),
  };
};

const of = (source: 'happy_workers' | 'vendhub', records: WorldRecord[]): WorldFile => ({
  name: `${source}.csv`,
  source,
  records: records.filter((record) => record.source === source),
});

for (const orders of COUNTS)
  describe(`an import for ${orders} orders that are there`, () => {
    let database: TestDatabase;
    let client: pg.Client;

    before(async () => {
      database = await createTestDatabase();
      client = await openTestClient(database.url);
      await coverTime(client, FROM_S - 86_400, FROM_S + 86_400 * 30);
      for (const [type, price] of [
        ['payme', 12_000],
        ['cash', 9_000],
      ] as const)
        await client.query(
          `insert into orders (order_number, payment_type, price, time, has_hw, has_vh, status)
         select $1 || n, $1, $2, to_timestamp($3::bigint + n * ${APART_S}), true, true, 'gateway_mismatch'
         from generate_series(0, ${orders - 1}) n`,
          [type, price, FROM_S],
        );
    });

    after(async () => {
      await client.end();
      await database.drop();
    });

    /** Rows that one import inserts and updates, as the server counts them. */
    async function writtenBy(file: WorldFile): Promise<Written> {
      const accepted = await acceptFile(client, file.name);
      const staged = await stageReport(client, accepted.fileId, renderReport(file));
      await client.query('begin');
      // those of transactions before may still be among them
      const before = await countRows();
      await mergeStagedReport(client, DEFAULT_MATCHING, accepted, { ...staged, identities: null, receipt: false });
      const after = await countRows();
      await client.query('commit');
      return Object.fromEntries(
        Object.entries(after).map(([name, { inserted, updated }]) => [
          name,
          { inserted: inserted - (before[name]?.inserted ?? 0), updated: updated - (before[name]?.updated ?? 0) },
        ]),
      );
    }

    async function countRows(): Promise<Written> {
      const { rows } = await client.query<{ name: string; inserted: string; updated: string }>(`
      select relname as name, n_tup_ins as inserted, n_tup_upd as updated from pg_stat_xact_user_tables
      where relname in ('orders', 'order_statuses', 'fiscal_receipts', 'gateway_payments')`);
      return Object.fromEntries(
        rows.map((row) => [row.name, { inserted: Number(row.inserted), updated: Number(row.updated) }]),
      );
    }

    const once = { inserted: orders + ALONE, updated: 0 };
    const ofOrders = { inserted: ALONE, updated: orders };
    /** Those of many orders are taken out and put in anew, which is one write of each as well. */
    const statusesOf = (written: Written): number => {
      const { inserted, updated } = written['order_statuses'] ?? { inserted: 0, updated: 0 };
      return inserted + updated;
    };

    it('writes each order that the server tells of, too, and its status, once', async () => {
      const { machine, server } = salesOf(orders);
      assert.equal(statusesOf(await writtenBy(machine)), orders);
      const written = await writtenBy(server);
      assert.deepEqual(written['orders'], { inserted: 0, updated: orders });
      assert.equal(statusesOf(written), orders);
      await assertStatusesKept(client, 'sales');
    });

    it('writes each payment with its order, and the status of each order, once', async () => {
      const written = await writtenBy(paymentsOf(orders));
      assert.deepEqual(written['gateway_payments'], once);
      assert.deepEqual(written['orders'], ofOrders);
      assert.equal(statusesOf(written), orders + ALONE);
      await assertStatuses('payme', 'payme_only');
      await assertStatusesKept(client, 'payments');
    });

    it('writes each receipt with its order, and the status of each order, once', async () => {
      const written = await writtenBy(receiptsOf(orders));
      assert.deepEqual(written['fiscal_receipts'], once);
      assert.deepEqual(written['orders'], ofOrders);
      assert.equal(statusesOf(written), orders + ALONE);
      await assertStatuses('cash', 'fiscal_only');
      await assertStatusesKept(client, 'receipts');
    });

    async function assertStatuses(type: string, alone: string): Promise<void> {
      const { rows } = await client.query<{ status: string; count: number }>(
        `select status, count(*)::int as count from orders
       where order_number like $1 || '%' or status = $2 group by 1 order by 1`,
        [type, alone],
      );
      assert.deepEqual(Object.fromEntries(rows.map(({ status, count }) => [status, count])), {
        fully_matched: orders,
        [alone]: ALONE,
      });
    }
  });
