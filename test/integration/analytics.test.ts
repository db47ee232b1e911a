import assert from 'node:assert/strict';
import { ANALYTICS_NAMES } from '../../shared/analytics/answers.ts';
import { ORDER_STATUSES } from '../../shared/rules/codes.ts';
import { createSchedules } from '../../shared/schedules/table.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface Tally {
  count: number;
  sum: string;
}
type Figures = Record<string, never> & {
  from: string | null;
  to: string | null;
  cached: boolean;
  items: Record<string, unknown>[];
  total: Tally;
};

/** What is sold at the machines, told once; the reports and what is expected are both made from it. */
interface Sale {
  number: string;
  at: string;
  machine: string;
  goods: string;
  price: string;
  type: 'cash' | 'payme' | 'click' | 'vip' | 'testShipment' | 'credit';
  status?: 'Paid' | 'Refunded' | 'Unpaid';
  brew?: string;
}

const A = 'a7ca181f0000';
const B = '3266181f0000';
const SALES: Sale[] = [
  { number: 'n01', at: '2025-07-31 23:59:30', machine: A, goods: 'Latte', price: '20000', type: 'payme' },
  { number: 'n02', at: '2025-08-01 00:00:30', machine: A, goods: 'Latte', price: '20000', type: 'payme' },
  { number: 'n03', at: '2025-08-01 09:10:00', machine: A, goods: 'Espresso', price: '10000', type: 'cash' },
  { number: 'n04', at: '2025-08-01 09:50:00', machine: B, goods: 'Espresso', price: '10000.50', type: 'cash' },
  // nobody pays for it, whatever the machine says
  { number: 'n05', at: '2025-08-02 10:00:00', machine: B, goods: 'Tea', price: '7000', type: 'vip', status: 'Unpaid' },
  { number: 'n06', at: '2025-08-02 11:00:00', machine: B, goods: 'Tea', price: '7000', type: 'testShipment' },
  {
    number: 'n07',
    at: '2025-08-03 12:00:00',
    machine: B,
    goods: 'Tea',
    price: '8000',
    type: 'click',
    status: 'Refunded',
  },
  { number: 'n08', at: '2025-08-03 13:00:00', machine: B, goods: 'Tea', price: '9000', type: 'cash', status: 'Unpaid' },
  { number: 'n09', at: '2025-08-04 14:00:00', machine: B, goods: 'Latte', price: '20000', type: 'click' },
  {
    number: 'n10',
    at: '2025-08-04 15:00:00',
    machine: A,
    goods: 'Latte',
    price: '20000',
    type: 'payme',
    brew: 'Delivery failure',
  },
  { number: 'n11', at: '2025-08-05 16:00:00', machine: A, goods: 'Cocoa', price: '15000', type: 'credit' },
];

const RESOURCE = {
  cash: 'Cash payment',
  payme: 'Custom payment',
  click: 'Custom payment',
  vip: 'VIP',
  testShipment: 'testShipment',
  credit: 'Pay card',
};

const hwReport = (sales: readonly Sale[]) =>
  [
    'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Address,Order price,Brew status,Creation time,Paying time',
    ...sales.map((s) =>
      [
        s.number,
        s.goods,
        RESOURCE[s.type],
        'Normal order',
        s.status ?? 'Paid',
        s.machine,
        s.machine === A ? 'Chilonzor 7' : 'Yunusobod 4',
        s.price,
      ]
        .concat(s.brew ?? 'Delivered', s.at, s.at)
        .join(','),
    ),
  ].join('\n');

const vendhubReport = (sales: readonly Sale[]) =>
  [
    'ID,Order number,Time,Goods name,Order price,Payment type,Machine category,Machine Code,ИКПУ,Штрихкод,Маркировка',
    ...sales.map((s, at) =>
      [
        at + 1,
        s.number,
        s.at,
        s.goods,
        s.price,
        s.type === 'credit' ? 'Карта' : s.type,
        'place',
        s.machine,
        '02202004001000000',
        '',
        '',
      ].join(','),
    ),
  ].join('\n');

/** Payme reports n01 and n10 fully and n02 as 19 500: 40 000 of August's 40 000 would be right. */
const PAYME = [
  '№,СОСТОЯНИЕ ОПЛАТЫ,ВРЕМЯ ОПЛАТЫ,СУММА БЕЗ КОМИССИИ,ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА),RRN',
  '1,ОПЛАЧЕНО,31-07-2025 23:59:30,20000,688bb9d20000000000000001,1',
  '2,ОПЛАЧЕНО,01-08-2025 00:00:30,19500,688bba0e0000000000000002,2',
  '3,ОПЛАЧЕНО,04-08-2025 15:00:00,20000,68907fb00000000000000003,3',
  '4,ОТМЕНЕНО,04-08-2025 16:00:00,99000,68908dc00000000000000004,4',
].join('\n');

const RECEIPTS = [
  'Дата и время,Операция,Номер чека,Фискальный модуль,Кассир,Наличные,Карта,Сумма операции',
  '2025-08-01 09:10:10,Продажа,1,LG420230630210,VendHub,10000,0,10000',
  '2025-08-03 13:00:10,Возврат,2,LG420230630210,VendHub,3000,0,3000',
].join('\n');

describe('analytics', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  async function ask<T = Figures>(path: string): Promise<T> {
    const answer = await api.client.get<T>(`/analytics/${path}`);
    assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async function load(files: Record<string, string>): Promise<void> {
    const sent = await api.client.upload(Object.entries(files).map(([name, content]) => ({ name, content })));
    const session = await api.client.waitForSession(sent.body.session.id);
    assert.deepEqual(
      session.files.map((file) => [file.name, file.status]),
      Object.keys(files).map((name) => [name, 'completed']),
    );
  }

  it('an empty database has figures, too: nothing, and says so', async () => {
    const summary = await ask<Record<string, unknown>>('summary');
    assert.deepEqual([summary['from'], summary['to'], summary['machines']], [null, null, 0]);
    assert.deepEqual(summary['revenue'], { count: 0, sum: '0', average: null });
    assert.deepEqual((await ask('time-series')).items, []);
    assert.equal((await ask('hour-weekday')).items.length, 7 * 24);
    for (const name of ['payment-types', 'machines', 'products', 'gateway-totals', 'machine-months'])
      assert.deepEqual((await ask(name)).items, [], name);
  });

  it('an answer comes from the cache until an import lands', async () => {
    const first = await ask('payment-types?from=2025-08-01');
    assert.equal(first.cached, false);
    assert.equal((await ask('payment-types?from=2025-08-01')).cached, true);
    await load({
      'hw.csv': hwReport(SALES),
      'vendhub.csv': vendhubReport(SALES),
      'payme.csv': PAYME,
      'fiscal.csv': RECEIPTS,
    });
    const after = await ask('payment-types?from=2025-08-01');
    assert.equal(after.cached, false);
    assert.notDeepEqual(after.items, first.items);
  });

  it('the first to look in the morning finds every answer at hand', async () => {
    const { resources } = api.opened;
    const warmUp = createSchedules(resources).find(({ name }) => name === 'analytics-warm-up');
    assert.ok(warmUp);
    // as the page asks: of machines all
    const asked = (name: string) => (name === 'machines' ? 'machines?limit=1000' : name);
    // an import drops what is kept a second time, a second later: a warm-up before that is swept away
    await eventually(async () => {
      await resources.cache.clear();
      await warmUp.run(new Date(), new AbortController().signal);
      for (const name of ANALYTICS_NAMES) assert.equal((await ask(asked(name))).cached, true, name);
    });
  });

  it('has the orders of what is unpaid, refunded or to be given back listed, as many as it counts', async () => {
    type Found = { items: { orderNumber: string }[] };
    const listed = async (query: string): Promise<string[]> =>
      (await api.client.get<Found>(`/orders?${query}`)).body.items.map(({ orderNumber }) => orderNumber);
    assert.deepEqual(await listed('sale=unpaid'), ['n08']);
    assert.deepEqual(await listed('sale=refunded&from=2025-08-03&to=2025-08-03'), ['n07']);
    assert.deepEqual(await listed('sale=unpaid,refunded&sort=price'), ['n07', 'n08']);
    assert.deepEqual(await listed('sale=unpaid&from=2025-08-04'), []);
    assert.deepEqual(await listed('sale=refund_due'), ['n10']);
    const { items } = (await api.client.get<{ items: { orderNumber: string; sale: string | null }[] }>('/orders')).body;
    const said = items.flatMap(({ orderNumber, sale }) => (sale === null ? [] : [`${orderNumber} ${sale}`]));
    assert.deepEqual(said, ['n08 unpaid', 'n07 refunded'], 'each row says it of itself');
    assert.deepEqual(await listed('sale=refund_due,unpaid&sort=price'), ['n08', 'n10']);
    assert.deepEqual((await api.client.get<Tally>('/orders/totals?sale=refund_due')).body, { count: 1, sum: '20000' });
    assert.deepEqual((await api.client.get<Tally>('/orders/totals?sale=unpaid,refunded')).body, {
      count: 2,
      sum: '17000',
    });
    const statuses = ORDER_STATUSES.join(',');
    assert.deepEqual(await listed(`sale=unpaid,refunded&status=${statuses}`), ['n08', 'n07'], 'among statuses too');
  });

  it('revenue leaves out refunded, unpaid, test and VIP, and counts them apart', async () => {
    const summary = await ask<Record<string, unknown>>('summary?from=2025-08-01&to=2025-08-31');
    assert.deepEqual(summary['revenue'], { count: 6, sum: '95000.5', average: '15833.42' });
    assert.deepEqual(summary['refunded'], { count: 1, sum: '8000' });
    assert.deepEqual(summary['unpaid'], { count: 1, sum: '9000' });
    assert.deepEqual(summary['test'], { count: 1, sum: '7000' });
    assert.deepEqual(summary['vip'], { count: 1, sum: '7000' });
    assert.deepEqual(summary['refundDue'], { count: 1, sum: '20000' });
    assert.equal(summary['machines'], 2);
    assert.deepEqual(summary['fiscal'], {
      sales: { count: 3, sum: '35000.5' },
      receipts: { count: 1, sum: '10000' },
      returns: { count: 1, sum: '3000' },
      difference: '-28000.5',
    });
    assert.equal(summary['from'], '2025-08-01T00:00:00.000+05:00');
    assert.equal(summary['to'], '2025-09-01T00:00:00.000+05:00');
  });

  it('payment types, machines and products add up to the same revenue', async () => {
    const types = await ask('payment-types?from=2025-08-01&to=2025-08-31');
    const shares = Object.fromEntries(
      types.items.map((item) => [item['paymentType'], [item['count'], item['sum'], item['share']]]),
    );
    assert.deepEqual(shares, {
      payme: [2, '40000', '42.11'],
      click: [1, '20000', '21.05'],
      cash: [2, '20000.5', '21.05'],
      card: [1, '15000', '15.79'],
    });
    assert.deepEqual(types.total, { count: 6, sum: '95000.5' });
    const machines = await ask<Figures & { rest: unknown }>('machines?from=2025-08-01&to=2025-08-31&limit=1');
    assert.deepEqual(machines.items, [
      { machineCode: A, machineName: 'Chilonzor 7', count: 4, sum: '65000', average: '16250', share: '68.42' },
    ]);
    assert.deepEqual(machines.rest, { items: 1, count: 2, sum: '30000.5' });
    assert.deepEqual(machines.total, types.total);
    const products = await ask('products?from=2025-08-01&to=2025-08-31');
    assert.deepEqual(
      products.items.map((item) => [item['goodsName'], item['sum']]),
      [
        ['Latte', '60000'],
        ['Espresso', '20000.5'],
        ['Cocoa', '15000'],
      ],
    );
  });

  it('every machine is in the table of months, a month without its sales too, and the months add up', async () => {
    const answer = await ask<{ months: string[]; items: unknown[]; totals: unknown[] }>('machine-months');
    const none = { count: 0, sum: '0' };
    assert.deepEqual(answer.months, ['2025-07', '2025-08']);
    assert.deepEqual(answer.items, [
      {
        machineCode: A,
        machineName: 'Chilonzor 7',
        months: [
          { count: 1, sum: '20000' },
          { count: 4, sum: '65000' },
        ],
        total: { count: 5, sum: '85000' },
      },
      {
        machineCode: B,
        machineName: 'Yunusobod 4',
        months: [none, { count: 2, sum: '30000.5' }],
        total: { count: 2, sum: '30000.5' },
      },
    ]);
    assert.deepEqual(answer.totals, [
      { count: 1, sum: '20000' },
      { count: 6, sum: '95000.5' },
    ]);
  });

  it('a day ends at midnight of Tashkent, and days without a sale are shown', async () => {
    const days = await ask<Figures & { complete: boolean }>('time-series?from=2025-07-31&to=2025-08-05');
    assert.equal(days.complete, true);
    assert.deepEqual(
      days.items.map((item) => [item['from'], item['count'], item['sum']]),
      [
        ['2025-07-31T00:00:00.000+05:00', 1, '20000'],
        ['2025-08-01T00:00:00.000+05:00', 3, '40000.5'],
        ['2025-08-02T00:00:00.000+05:00', 0, '0'],
        ['2025-08-03T00:00:00.000+05:00', 0, '0'],
        ['2025-08-04T00:00:00.000+05:00', 2, '40000'],
        ['2025-08-05T00:00:00.000+05:00', 1, '15000'],
      ],
    );
    const months = await ask('time-series?group=month');
    assert.deepEqual(
      months.items.map((item) => [item['from'], item['sum']]),
      [
        ['2025-07-01T00:00:00.000+05:00', '20000'],
        ['2025-08-01T00:00:00.000+05:00', '95000.5'],
      ],
    );
    assert.equal(months.from, '2025-07-31T00:00:00.000+05:00', 'an open end is where the orders begin');
    const weeks = await ask('time-series?group=week&from=2025-07-31&to=2025-08-05');
    assert.deepEqual(
      weeks.items.map((item) => [item['from'], item['count']]),
      [
        ['2025-07-28T00:00:00.000+05:00', 4],
        ['2025-08-04T00:00:00.000+05:00', 3],
      ],
    );
    const hours = await ask('time-series?group=hour&from=2025-08-01&to=2025-08-01');
    assert.equal(hours.items.length, 24);
    assert.deepEqual(hours.items[9], { from: '2025-08-01T09:00:00.000+05:00', count: 2, sum: '20000.5' });
  });

  it('hours of the week: Monday first, 7 x 24', async () => {
    const { items, total } = await ask('hour-weekday');
    assert.equal(items.length, 7 * 24);
    assert.deepEqual(
      [items[0]?.['weekday'], items[0]?.['hour'], items[167]?.['weekday'], items[167]?.['hour']],
      [1, 0, 7, 23],
    );
    const sold = items
      .filter((item) => item['count'] !== 0)
      .map((item) => `${String(item['weekday'])} ${String(item['hour'])} ${String(item['sum'])}`);
    assert.deepEqual(sold, ['1 14 20000', '1 15 20000', '2 16 15000', '4 23 20000', '5 0 20000', '5 9 20000.5']);
    assert.deepEqual(total, { count: 7, sum: '115000.5' });
  });

  it('gateways against orders by month, with the level, what is loaded and the expected commission', async () => {
    const { items } = await ask('gateway-totals');
    const told = items.map((item) => [
      item['month'],
      item['gateway'],
      (item['orders'] as Tally).sum,
      (item['payments'] as Tally).sum,
      item['difference'],
      item['differencePercent'],
      item['level'],
      item['loaded'],
    ]);
    assert.deepEqual(told, [
      ['2025-08', 'payme', '40000', '39500', '-500', '-1.25', 'look', 'full'],
      ['2025-08', 'click', '20000', '0', '-20000', '-100', 'critical', 'none'],
      ['2025-08', 'all', '60000', '39500', '-20500', '-34.17', 'critical', 'partial'],
      ['2025-07', 'payme', '20000', '20000', '0', '0', 'ok', 'full'],
      ['2025-07', 'all', '20000', '20000', '0', '0', 'ok', 'partial'],
    ]);
    assert.deepEqual([items[0]?.['expectedCommission'], items[0]?.['expectedPayout']], ['790', '38710']);
  });

  it('a decision drops what was cached', async () => {
    // what the last import drops is dropped once more a second later
    await eventually(async () => assert.equal((await ask('summary')).cached, true));
    const orders = await api.client.get<{ items: { id: string }[] }>(
      '/orders?status=gateway_mismatch,fiscal_mismatch,hw_only&limit=1',
    );
    const decided = await api.client.post(`/orders/${orders.body.items[0]?.id}/decisions`, {
      kind: 'accept',
      resolution: 'other',
      note: 'Settled with the shop by phone',
    });
    assert.equal(decided.status, 201, JSON.stringify(decided.body));
    assert.equal((await ask('summary')).cached, false);
  });

  it('what is not a parameter, a group or a count is refused, and viewers may look', async () => {
    for (const path of [
      'summary?foo=1',
      'time-series?group=year',
      'machines?limit=0',
      'summary?limit=5',
      'summary?from=yesterday',
    ]) {
      assert.equal((await api.client.get(`/analytics/${path}`)).status, 400, path);
    }
    const viewer = await (await makePerson(api.opened.resources.db, { role: 'viewer' })).signIn(api.url);
    const answer = await fetch(`${api.url}/api/v1/analytics/summary?group=month`, {
      headers: { authorization: `Bearer ${viewer.token}` },
    });
    assert.equal(answer.status, 200);
  });
});
