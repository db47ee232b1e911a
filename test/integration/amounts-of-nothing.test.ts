/** An amount of 0 matches nothing (rules.md 5.1), also where a correction makes it one. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { acceptFile, emptyDatabase, loadReport } from '../support/load-report.ts';
import { coverTime, DEFAULT_MATCHING, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { renderReport } from '../support/reference/render-reports.ts';
import { hw, payment, receipt, START, vh } from '../support/reference/world-builders.ts';
import type { WorldRecord } from '../support/reference/world.ts';

describe('an amount that a later report corrects to nothing', function () {
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
  beforeEach(async () => {
    await emptyDatabase(client);
    await coverTime(client, START - 86_400, START + 86_400);
  });

  async function load(...records: [WorldRecord, ...WorldRecord[]]): Promise<void> {
    const { source } = records[0];
    // the report's own id is a number
    const rendered = records.map((one) => (one.source === 'vendhub' ? { ...one, key: '1001' } : one));
    const text = renderReport({ name: `${source}.csv`, source, records: rendered });
    await loadReport(client, DEFAULT_MATCHING, await acceptFile(client, `${source}.csv`), text);
  }
  async function told(): Promise<string[]> {
    const { rows } = await client.query<{ line: string }>(`
      select concat_ws(' ', coalesce(o.order_number, 'own row of a proof'), o.status,
        nullif(array_to_string(o.issues, ' '), ''),
        (select 'with receipt ' || natural_key from fiscal_receipts where order_id = o.id and link_rule is not null),
        (select 'with payment ' || natural_key from gateway_payments where order_id = o.id and link_rule is not null)
      ) as line
      from orders o order by 1`);
    return rows.map(({ line }) => line);
  }
  const nothing = { cashAmount: 0, cardAmount: 0, amount: 0 };

  it('takes the receipt from the order', async () => {
    await load(hw());
    await load(vh());
    await load(receipt());
    assert.deepEqual(await told(), ['A fully_matched with receipt M:100']);
    await load(receipt(nothing));
    assert.deepEqual(await told(), ['A fiscal_mismatch fiscal_amount_diff', 'own row of a proof fiscal_only']);
  });

  it('takes the payment from the order', async () => {
    await load(hw({ orderResource: 'qr' }));
    await load(vh({ paymentType: 'payme' }));
    await load(payment('payme'));
    assert.deepEqual(await told(), ['A fully_matched with payment payme-1']);
    await load(payment('payme', { amount: 0 }));
    assert.deepEqual(await told(), ['A gateway_mismatch', 'own row of a proof payme_only']);
  });

  it('leaves an order of that price nothing to choose between', async () => {
    await load(hw());
    await load(vh());
    await load(receipt({ time: START - 10 }), receipt({ key: 'M:101', checkNumber: '101', time: START + 10 }));
    assert.deepEqual(await told(), ['A ambiguous_match', ...Array(2).fill('own row of a proof ambiguous_match')]);
    await load(hw({ price: 0 }));
    await load(vh({ price: 0 }));
    assert.deepEqual(await told(), ['A fiscal_mismatch', ...Array(2).fill('own row of a proof fiscal_only')]);
  });

  it('leaves an order of that price no duplicates', async () => {
    await load(hw());
    await load(vh());
    await load(receipt(), receipt({ key: 'M:101', checkNumber: '101', time: START + 10 }));
    assert.deepEqual(await told(), [
      'A fully_matched duplicate_receipt with receipt M:100',
      'own row of a proof fiscal_only',
    ]);
    await load(hw({ price: 0 }));
    await load(vh({ price: 0 }));
    assert.deepEqual(await told(), ['A fiscal_mismatch', ...Array(2).fill('own row of a proof fiscal_only')]);
  });
});
