import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { coverTime, loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { hw, START, vh, worldOf } from '../support/reference/world-builders.ts';
import type { WorldRecord } from '../support/reference/world.ts';

interface FieldChange {
  source: string;
  field: string;
  changeType: string;
  oldValue: string | null;
  newValue: string | null;
  version: number | null;
  fileId: string;
  changedAt: string;
}
interface Listed {
  orderNumber: string | null;
  version: number;
  changes: FieldChange[];
}

const HOUR = 3_600;
const OTHERS = ['fiscal_bills', 'payme', 'click', 'uzum'] as const;

/** A sale at the n-th hour, at the machine and on the server. */
function sale(orderNumber: string, hour: number, machine: Parameters<typeof hw>[0] = {}): WorldRecord[] {
  const at = START + hour * HOUR;
  return [
    hw({ orderNumber, creationTime: at, payingTime: at, deliveryTime: at + 40, ...machine }),
    vh({ orderNumber, eventTime: at + 40, price: machine.price ?? 10_000 }),
  ];
}

describe('what imports changed, told with the list of orders', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;
  let api: InProcessApi;
  let second: Record<string, string>;
  let third: Record<string, string>;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await coverTime(client, START - 86_400, START + 86_400);
    const load = (records: readonly WorldRecord[], notLoaded: readonly ('vendhub' | (typeof OTHERS)[number])[]) =>
      loadWorld(client, worldOf([...records], { notLoaded: [...notLoaded] }));
    await load(
      [...sale('SAME', 0), ...sale('PRICE', 1), ...sale('LATER', 2, { payingTime: null, deliveryTime: null })],
      OTHERS,
    );
    // PRICE costs more, and what LATER lacked is there
    second = await load(
      [...sale('PRICE', 1, { price: 12_000 }).slice(0, 1), ...sale('LATER', 2).slice(0, 1)],
      ['vendhub', ...OTHERS],
    );
    // PRICE once more, and the server hears of it
    third = await load([...sale('SAME', 0), ...sale('PRICE', 1, { price: 13_000 }), ...sale('LATER', 2)], OTHERS);
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await client?.end();
    await database?.drop();
  });

  const list = async (query = ''): Promise<Map<string | null, Listed>> => {
    const answer = await api.client.get<{ items: Listed[] }>(`/orders${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return new Map(answer.body.items.map((order) => [order.orderNumber, order]));
  };
  const told = (order: Listed | undefined): string[] =>
    (order?.changes ?? [])
      .map(
        ({ source, field, changeType, oldValue, newValue }) =>
          `${source} ${field} ${changeType} ${oldValue} -> ${newValue}`,
      )
      .toSorted();

  it('gives each field with its last change, and nothing for an order that stayed as it was', async () => {
    const orders = await list();
    assert.deepEqual(told(orders.get('SAME')), []);
    assert.deepEqual(told(orders.get('PRICE')), [
      'happy_workers order_price changed 12000 -> 13000',
      'vendhub order_price changed 10000 -> 13000',
    ]);
    assert.deepEqual(
      orders.get('LATER')?.changes.map(({ field, changeType, oldValue }) => [field, changeType, oldValue]),
      ['brewing_time', 'delivery_time', 'paying_time'].map((field) => [field, 'filled', null]),
    );
    const change = orders.get('PRICE')?.changes.find(({ source }) => source === 'vendhub');
    assert.equal(change?.fileId, third['vendhub']);
    assert.equal(change?.version, orders.get('PRICE')?.version);
    assert.match(change?.changedAt ?? '', /\+05:00$/);
  });

  it('narrows list, totals and changes to one file or one upload', async () => {
    const orders = await list(`?file=${second['happy_workers']}`);
    assert.deepEqual([...orders.keys()], ['LATER', 'PRICE']);
    assert.deepEqual(told(orders.get('PRICE')), ['happy_workers order_price changed 10000 -> 12000']);
    const { body } = await api.client.get<{ count: number }>(`/orders/totals?file=${second['happy_workers']}`);
    assert.equal(body.count, 2);
    const { rows } = await client.query<{ session_id: string }>('select session_id from uploaded_files where id = $1', [
      third['vendhub'],
    ]);
    const session = rows[0]?.session_id ?? '';
    assert.deepEqual([...(await list(`?session=${session}`)).keys()], ['PRICE']);
    assert.deepEqual([...(await list(`?session=${session}&changeType=filled`)).keys()], []);
    assert.deepEqual([...(await list(`?file=${randomUUID()}`)).keys()], []);
    assert.equal((await api.client.get('/orders?file=17')).status, 400);
  });

  it('asks for the changes of a whole page at once', async () => {
    const asked: string[] = [];
    const note = ({ sql }: { sql: string }) => void asked.push(sql);
    api.opened.resources.reads.on('query', note);
    try {
      const answer = await api.client.get<{ items: Listed[]; nextCursor: string }>('/orders?limit=2');
      assert.equal(answer.body.items.length, 2);
      assert.equal(asked.filter((sql) => sql.includes('order_changes')).length, 1);
      const next = await api.client.get<{ items: Listed[] }>(`/orders?limit=2&cursor=${answer.body.nextCursor}`);
      assert.deepEqual(
        next.body.items.map(({ orderNumber, changes }) => [orderNumber, changes.length]),
        [['SAME', 0]],
      );
    } finally {
      api.opened.resources.reads.removeListener('query', note);
    }
  });
});
