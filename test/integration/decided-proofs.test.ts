/** What proves nothing proves nothing by hand either: it stands beside the proof that the order has (rules.md 5.1). */
import assert from 'node:assert/strict';
import type pg from 'pg';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { coverTime, loadWorld, openTestClient } from '../support/load-world.ts';
import type { OrderBody } from '../support/order-bodies.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { payment, receipt, refund, sold, START, worldOf } from '../support/reference/world-builders.ts';
import type { WorldRecord } from '../support/reference/world.ts';

describe('a proof that is linked by hand', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await client?.end();
    await database?.drop();
  });

  async function world(...records: WorldRecord[]): Promise<void> {
    await emptyDatabase(client);
    await coverTime(client, START - 86_400, START + 86_400);
    await loadWorld(client, worldOf(records));
    await api.opened.resources.cache.dropTags(['records']);
  }
  const all = async (): Promise<OrderBody[]> => {
    const { body } = await api.client.get<{ items: OrderBody[] }>('/orders?limit=1000');
    return body.items;
  };
  const numbered = (orders: readonly OrderBody[]): OrderBody =>
    orders.find(({ orderNumber }) => orderNumber === 'A') ?? assert.fail('no order A');
  /** @param source whose only own row is linked to the order A */
  async function link(source: 'fiscal_bills' | 'uzum' | 'payme'): Promise<void> {
    const orders = await all();
    const alone = orders.filter((one) => one.orderNumber === null && one.legs[source] !== null);
    assert.equal(alone.length, 1);
    const { status, body } = await api.client.post(`/orders/${numbered(orders).id}/decisions`, {
      kind: 'link',
      resolution: 'other',
      note: 'Проверено по журналу автомата',
      recordId: alone[0]?.legs[source]?.recordId,
    });
    assert.equal(status, 201, JSON.stringify(body));
  }
  async function told(): Promise<unknown[]> {
    const { status, issues, legs } = numbered(await all());
    const keys = (['fiscal_bills', 'payme', 'uzum'] as const).flatMap((source) => {
      const leg = legs[source] as { key: string; more?: { key: string }[] } | null;
      return leg === null ? [] : [leg.key, ...(leg.more ?? []).map(({ key }) => key)];
    });
    return [status, issues, keys.toSorted()];
  }

  it('leaves a refunded order its sale where it is a return', async () => {
    await world(
      ...sold('A', 0, { paymentStatus: 'refunded' }),
      receipt(),
      refund({ key: 'N:900', module: 'N', checkNumber: '900' }),
    );
    assert.deepEqual(await told(), ['fully_matched', ['excess_receipt'], ['M:100']]);
    await link('fiscal_bills');
    assert.deepEqual(await told(), ['fully_matched', [], ['M:100', 'N:900']]);
  });

  it('leaves an order its payment where it is one that was cancelled', async () => {
    await world(...sold('A', 0, { type: 'payme' }), payment('payme'), payment('uzum', { state: 'cancelled' }));
    assert.deepEqual(await told(), ['fully_matched', [], ['payme-1']]);
    await link('uzum');
    assert.deepEqual(await told(), ['fully_matched', [], ['payme-1', 'uzum-1']]);
  });

  it('of another amount has no duplicate in one of the price', async () => {
    await world(
      ...sold('A', 0, { type: 'payme' }),
      payment('payme', { time: START - 10 }),
      payment('payme', { key: 'payme-2', time: START + 10 }),
      payment('uzum', { amount: 9_000 }),
    );
    assert.deepEqual(await told(), ['ambiguous_match', [], []]);
    await link('uzum');
    assert.deepEqual(await told(), ['gateway_mismatch', ['gateway_wrong'], ['uzum-1']]);
  });

  /** Of every order and orphan, by number or key of its proof: issues, and the keys of the receipts it holds. */
  async function receiptsTold(): Promise<Record<string, unknown>> {
    const told = (await all()).map(({ orderNumber, issues, legs }) => {
      const leg = legs.fiscal_bills as { key: string; more?: { key: string }[] } | null;
      const keys = leg === null ? [] : [leg.key, ...(leg.more ?? []).map(({ key }) => key)];
      return [orderNumber ?? keys[0], [...issues, ...(orderNumber === null ? [] : keys)]] as const;
    });
    return Object.fromEntries(told);
  }
  const dear = (number: string, afterS: number): WorldRecord =>
    receipt({
      key: `M:${number}`,
      checkNumber: number,
      time: START + afterS,
      amount: 12_000,
      cashAmount: 12_000,
    });
  /** Links the receipt M:101 to the order A. @returns where the decision is withdrawn */
  async function linkDear(): Promise<string> {
    const orders = await all();
    const holder = orders.find(({ legs }) => legs.fiscal_bills?.key === 'M:101') ?? assert.fail('no receipt 101');
    const path = `/orders/${numbered(orders).id}/decisions`;
    const { status, body } = await api.client.post<{ id: string }>(path, {
      kind: 'link',
      resolution: 'other',
      note: 'Проверено по журналу автомата',
      recordId: holder.legs.fiscal_bills?.recordId,
    });
    assert.equal(status, 201, JSON.stringify(body));
    return `${path}/${body.id}`;
  }

  it('of another amount has its duplicates among those of its own amount', async () => {
    await world(...sold('A', 0), dear('101', 0), dear('102', 20), dear('103', 70));
    const path = await linkDear();
    const alone = { 'M:102': [], 'M:103': [] };
    assert.deepEqual(await receiptsTold(), { ...alone, A: ['duplicate_receipt', 'fiscal_amount_diff', 'M:101'] });
    assert.equal((await api.client.request('DELETE', path)).status, 204);
    assert.deepEqual(await receiptsTold(), { ...alone, A: [], 'M:101': [] });
  });

  it('of another amount has them also where they come later', async () => {
    await world(...sold('A', 0), dear('101', 0));
    await linkDear();
    assert.deepEqual((await receiptsTold())['A'], ['fiscal_amount_diff', 'M:101']);
    await loadWorld(client, worldOf([dear('102', 20)]));
    await api.opened.resources.cache.dropTags(['records']);
    assert.deepEqual((await receiptsTold())['A'], ['duplicate_receipt', 'fiscal_amount_diff', 'M:101']);
  });

  it('of another amount keeps them from another order as long as the link acts', async () => {
    const other = sold('B', 10, { type: 'payme', price: 12_000 });
    const linked = { A: ['duplicate_receipt', 'fiscal_amount_diff', 'M:101'], B: [], 'M:102': [] };
    const freed = { A: [], B: ['excess_receipt', 'M:102'] };
    await world(...sold('A', 0), ...other, dear('101', -3_600), dear('102', 20));
    const path = await linkDear();
    assert.deepEqual(await receiptsTold(), linked);
    assert.equal((await api.client.request('DELETE', path)).status, 204);
    assert.deepEqual(await receiptsTold(), { ...freed, 'M:101': [] });

    await linkDear();
    assert.deepEqual(await receiptsTold(), linked);
    // the decision is stale: the receipt is of another amount now
    await loadWorld(
      client,
      worldOf([receipt({ key: 'M:101', checkNumber: '101', time: START - 3_600, amount: 7_000, cashAmount: 7_000 })]),
    );
    assert.deepEqual(await receiptsTold(), { ...freed, 'M:101': [] });
  });

  it('of another amount keeps them where the order moves', async () => {
    const [machine, server] = sold('A', 0) as [WorldRecord, WorldRecord];
    const [, lone] = sold('B', 20, { type: 'payme', price: 12_000 }) as [WorldRecord, WorldRecord];
    await world(server, lone, dear('101', -3_600), dear('102', -90));
    await linkDear();
    assert.deepEqual(await receiptsTold(), {
      A: ['duplicate_receipt', 'fiscal_amount_diff', 'fiscal_mismatch', 'M:101'],
      B: ['gateway_mismatch'],
      'M:102': [],
    });
    // with its row of the machine the order's window no longer reaches so far back
    await loadWorld(client, worldOf([machine]));
    assert.deepEqual(await receiptsTold(), {
      A: ['fiscal_amount_diff', 'M:101'],
      B: ['excess_receipt', 'gateway_mismatch', 'M:102'],
    });
  });
});
