import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MOST_LISTED } from '../../shared/orders/machines.ts';
import { csvBytes, rowsOfVendhub } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const ROWS = MOST_LISTED + 500;
const PRICE = 15_000;

/** Any byte of a report is its sender's: a name in each row may be another. */
describe('a report in which each row names a machine and goods of its own', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' });
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      number: `N${i}`,
      machine: i < 2 ? 'a7ca181f0000' : `b${String(i).padStart(11, '0')}`,
      goods: i === 0 ? 'Латте' : `Товар ${i}`,
      price: PRICE,
    }));
    // what the operator has had before comes first
    for (const [name, known] of [
      ['before.csv', rows.slice(0, 1)],
      ['sales.csv', rows],
    ] as const) {
      const { body } = await api.client.upload([{ name, content: csvBytes(rowsOfVendhub(known)) }]);
      const { files } = await api.client.waitForSession(body.session.id, { timeoutMs: 120_000 });
      assert.deepEqual([files[0]?.status, files[0]?.rows.read], ['completed', known.length], name);
    }
    // what a hundred such reports leave behind
    await api.opened.resources.db.raw(
      `insert into goods select 'Товар ' || i || repeat('жё', 50) from generate_series(1, 400000) i;
       insert into machines (machine_code, category)
       select 'c' || lpad(i::text, 11, '0'), 'Адрес ' || i || repeat('жё', 50) from generate_series(1, 400000) i`,
    );
  });
  after(async () => {
    await api?.close();
    await database?.drop();
  });

  async function answer<Body>(path: string): Promise<{ body: Body; stoodStillMs: number }> {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const { status, body } = await api.client.get<Body>(path);
    delay.disable();
    assert.equal(status, 200, JSON.stringify(body));
    return { body, stoodStillMs: delay.max / 1e6 };
  }

  it('does not make everybody wait for each search of goods and machines, and what is known long is found', async () => {
    for (const path of ['/orders?q=латте', '/orders?machine=Юнус', '/orders?q=Товар', '/orders/totals?machine=Адрес']) {
      const { body, stoodStillMs } = await answer<{ items?: unknown[] }>(path);
      assert.ok(stoodStillMs < 300, `${path}: the service stood still for ${Math.round(stoodStillMs)} ms`);
      if (path.endsWith('латте')) assert.equal(body.items?.length, 1);
    }
  });

  it('makes no list of machines endless, and leaves every sum whole', async () => {
    const { items } = (await answer<{ items: { orders: number }[] }>('/orders/machines')).body;
    assert.deepEqual([items.length, items[0]?.orders], [MOST_LISTED, 2]);
    const summary = await answer<{ total: { count: number }; byMachine: { count: number; machineCode: string }[] }>(
      '/reconciliation/summary',
    );
    assert.equal(summary.body.total.count, ROWS);
    assert.equal(summary.body.byMachine.length, MOST_LISTED);
    assert.equal(summary.body.byMachine.find(({ machineCode }) => machineCode === 'a7ca181f0000')?.count, 2);
    type Months = { items: { total: { count: number; sum: string } }[]; totals: { count: number; sum: string }[] };
    const { body } = await answer<Months>('/analytics/machine-months');
    assert.deepEqual([body.items.length, body.items[0]?.total.count], [MOST_LISTED, 2]);
    const totals = body.totals.reduce((sum, month) => sum + month.count, 0);
    assert.equal(totals, ROWS);
    assert.equal(
      body.totals.reduce((sum, month) => sum + Number(month.sum), 0),
      ROWS * PRICE,
    );
  });
});
