import assert from 'node:assert/strict';
import type pg from 'pg';
import { acceptFile, mergeStagedReport, stageReport } from '../support/load-report.ts';
import { DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { hw, vh } from '../support/reference/world-builders.ts';
import type { WorldFile } from '../support/reference/world.ts';

/** Each of one report beside each of the other would be a thousand million. */
const ROWS = 30_000;

describe('a number that stands in thirty thousand rows of both reports', function () {
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

  async function load(file: WorldFile): Promise<void> {
    const accepted = await acceptFile(client, file.name);
    const staged = await stageReport(client, accepted.fileId, renderReport(file));
    await client.query('begin');
    await mergeStagedReport(client, DEFAULT_MATCHING, accepted, { ...staged, identities: null, receipt: false });
    await client.query('commit');
  }

  it('is one order with the sums of both, and keeps nobody waiting', async () => {
    const numbers = Array.from({ length: ROWS }, (_, n) => n);
    await load({
      name: 'happy_workers.csv',
      source: 'happy_workers',
      records: numbers.map((n) => hw({ orderNumber: '0', orderType: 'cart', goodsName: `Латте ${n}`, price: 1_000 })),
    });
    await load({
      name: 'vendhub.csv',
      source: 'vendhub',
      records: numbers.map((n) => vh({ key: String(n + 1), orderNumber: '0', goodsName: `Латте ${n}`, price: 1_001 })),
    });
    const { rows } = await client.query('select order_number, price, price_delta, has_hw, has_vh from orders');
    assert.deepEqual(rows, [
      { order_number: '0', price: '30000000.00', price_delta: '30000.00', has_hw: true, has_vh: true },
    ]);
  });
});
