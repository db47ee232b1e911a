import assert from 'node:assert/strict';
import pg from 'pg';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, rowsOfVendhub } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MANY_ROWS = 21_000;
const THROUGH_MS = 5_000;
const AT = Date.UTC(2025, 5, 10, 7) / 1000;

describe('a large report that is being merged', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let other: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0', WORKER_CONCURRENCY: '1' });
    other = new pg.Client({ connectionString: database.url });
    await other.connect();
  });
  after(async () => {
    await other?.end();
    await api?.close();
    await database?.drop();
  });

  const upload = async (name: string, rows: Parameters<typeof csvBytes>[0]): Promise<string> => {
    const { body } = await api.client.upload([{ name, content: csvBytes(rows).toString() }]);
    return body.session.id;
  };
  const ended = async (sessionId: string): Promise<void> => {
    const session = await api.client.waitForSession(sessionId, { timeoutMs: 60_000 });
    assert.equal(session.status, 'completed', JSON.stringify(session));
  };

  it('lets a decision and a small report through within five seconds, on the last place too, and is loaded once', async () => {
    const orders = Array.from({ length: 5 }, (_, i) => ({ number: `N${i}`, createdAt: AT + i * 600 }));
    await ended(await upload('machines.csv', rowsOfHappyWorkers(orders)));
    const { body } = await api.client.get<{ items: { id: string }[] }>('/orders?limit=1');
    const sales = Array.from({ length: MANY_ROWS }, (_, i) => ({ number: `N${i}`, at: AT + i * 60 }));

    // the merge of the large one stands still where nothing else has to pass
    await other.query('begin');
    await other.query('lock table vendhub_sales in share mode');
    const large = await upload('sales.csv', rowsOfVendhub(sales));
    await eventually(
      async () => {
        const { rows } = await other.query(
          `select 1 from pg_locks m join pg_locks t on t.pid = m.pid and t.relation = 'vendhub_sales'::regclass
           where m.objid = ${MERGE_LOCK_KEY} and m.granted and not t.granted`,
        );
        assert.equal(rows.length, 1, 'the large report is not being merged');
      },
      { timeoutMs: 60_000 },
    );

    // one place is not for large ones
    const second = await upload('more-sales.csv', rowsOfVendhub(sales.map((sale) => ({ ...sale, price: 16_000 }))));

    const askedAt = performance.now();
    const small = upload('payments.csv', rowsOfPayments('click', [{}, {}]));
    const decided = await api.client.post(`/orders/${body.items[0]?.id}/decisions`, {
      kind: 'accept',
      resolution: 'valid',
      note: 'Проверено по журналу автомата',
    });
    assert.equal(decided.status, 201, JSON.stringify(decided.body));
    await ended(await small);
    const throughMs = performance.now() - askedAt;
    const { rows: waiting } = await other.query(`select status from uploaded_files where name = 'more-sales.csv'`);
    await other.query('rollback');

    assert.ok(throughMs < THROUGH_MS, `${throughMs} ms`);
    assert.equal(waiting[0]?.status, 'queued');
    await ended(large);
    await ended(second);
    const { rows } = await other.query(
      `select (select count(*)::int from vendhub_sales) as sales, (select count(*)::int from orders) as orders,
         (select status from uploaded_files where name = 'sales.csv') as status,
         (select rows_new::int from uploaded_files where name = 'sales.csv') as new`,
    );
    assert.deepEqual(rows[0], {
      sales: MANY_ROWS,
      orders: MANY_ROWS + 2,
      status: 'completed',
      new: MANY_ROWS,
    });
  });
});
