import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

interface OrderBody {
  id: string;
  orderNumber: string | null;
  status: string;
  legs: Record<string, { key: string; recordId: string } | null>;
}

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const REPORTS = ['happy_workers.csv', 'vendhub.xlsx', 'fiscal_bills.csv', 'payme.xlsx', 'click.csv', 'uzum.xlsx'];

/** Api and worker as processes of their own, with Redis between them. */
describe('a reconciled month over HTTP', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    client = await adminClient(api.url);
    const answer = await client.upload(REPORTS.map((name) => ({ path: examples + name })));
    assert.ok(answer.status === 202 || answer.status === 200);
    const session = await client.waitForSession(answer.body.session.id);
    assert.equal(session.status, 'completed', JSON.stringify(session.files));
  });
  after(async () => {
    await worker?.stop();
    await api?.stop();
    await redis?.stop();
    await database?.drop();
  });

  async function everyOrder(): Promise<OrderBody[]> {
    const orders: OrderBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: OrderBody[]; nextCursor: string | null } } = await client.get(
        `/orders?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      orders.push(...body.items);
      cursor = body.nextCursor;
    }
    return orders;
  }

  it('lists every order and orphan of the month under its status', async () => {
    const truth = JSON.parse(await readFile(`${examples}truth.json`, 'utf8')) as {
      orders: Record<string, { status: string }>;
      orphans: Record<string, string>;
    };
    const orders = await everyOrder();
    const listed = Object.fromEntries(
      orders.filter((one) => one.orderNumber !== null).map((one) => [one.orderNumber, one.status]),
    );
    const expected = Object.fromEntries(Object.entries(truth.orders).map(([number, { status }]) => [number, status]));
    assert.deepEqual(listed, expected);
    const orphans = Object.fromEntries(
      orders
        .filter((one) => one.orderNumber === null && one.status.endsWith('_only'))
        .map((one) => {
          const [source, leg] = Object.entries(one.legs).find(([, found]) => found !== null) ?? [];
          return [`${source === 'fiscal_bills' ? 'fiscal' : source}:${leg?.key}`, one.status];
        }),
    );
    assert.deepEqual(orphans, truth.orphans);
    const totals = await client.get<{ count: number }>('/orders/totals');
    assert.equal(totals.body.count, orders.length);
  });

  it('explains each status of the month', async () => {
    const seen = new Map((await everyOrder()).map((one) => [one.status, one.id]));
    assert.ok(seen.size > 8);
    for (const [status, id] of seen) {
      const { status: code, body } = await client.get<{ status: string; why: { rule: string; message: string } }>(
        `/orders/${id}`,
      );
      assert.deepEqual([code, body.status], [200, status]);
      assert.match(body.why.rule, /^\d+a?$/);
    }
  });

  it('re-runs the month in the worker and changes nothing', async () => {
    const queued = await client.post<{ id: string }>('/reconciliation/runs', {});
    assert.equal(queued.status, 202);
    const run = await eventually(
      async () => {
        const { body } = await client.get<{ status: string; ordersEvaluated: number; ordersChanged: number }>(
          `/reconciliation/runs/${queued.body.id}`,
        );
        assert.equal(body.status, 'completed');
        return body;
      },
      { timeoutMs: 60_000 },
    );
    assert.equal(run.ordersChanged, 0);
    assert.equal(run.ordersEvaluated, (await everyOrder()).length);
    assert.match(worker.output(), /reconciliation run ended/);
  });

  it('shows a decision in every figure at once', async () => {
    const settled = async () =>
      (await client.get<{ settled: { count: number } }>('/reconciliation/summary')).body.settled.count;
    const { body } = await client.get<{ items: OrderBody[] }>(
      '/orders?status=fiscal_mismatch,gateway_mismatch&limit=1',
    );
    const id = body.items[0]?.id;
    assert.equal(await settled(), 0);
    const decided = await client.post<{ id: string }>(`/orders/${id}/decisions`, {
      kind: 'accept',
      resolution: 'system_error',
      note: 'Касса не работала весь день',
    });
    assert.equal(decided.status, 201);
    assert.equal(await settled(), 1);
    assert.equal((await client.request('DELETE', `/orders/${id}/decisions/${decided.body.id}`)).status, 204);
    assert.equal(await settled(), 0);
  });
});
