import assert from 'node:assert/strict';
import type pg from 'pg';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { coverTime, loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { hw, MACHINE, payment, receipt, sold, START, vh, worldOf } from '../support/reference/world-builders.ts';

interface LegBody {
  recordId: string;
  key: string;
  fileId: string;
  row: number;
  sheet: string | null;
  more?: LegBody[];
}
interface OrderBody {
  id: string;
  orderNumber: string | null;
  status: string;
  time: string;
  price: string;
  legs: Record<string, LegBody | null>;
}
interface Page {
  items: OrderBody[];
  nextCursor: string | null;
}

const OTHER_MACHINE = 'b8db292f0000';
const HOUR = 3_600;

describe('the list of orders', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;
  let api: InProcessApi;
  let files: Record<string, string>;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    await coverTime(client, START - 86_400, START + 86_400);
    files = await loadWorld(
      client,
      worldOf([
        ...sold('CASH', 0),
        receipt({ time: START + 5 }),
        ...sold('PAYME', HOUR, { type: 'payme', price: 12_000 }),
        payment('payme', { key: 'aa00', time: START + HOUR + 3, amount: 12_000 }),
        ...sold('NORECEIPT', 2 * HOUR),
        hw({
          orderNumber: 'HWONLY',
          creationTime: START + 3 * HOUR,
          payingTime: START + 3 * HOUR,
          deliveryTime: START + 3 * HOUR + 40,
          price: 15_000,
          goodsName: 'Какао',
        }),
        vh({ orderNumber: 'VHONLY', eventTime: START + 4 * HOUR, machineCode: OTHER_MACHINE, price: 8_500 }),
        payment('click', { key: '4444', time: START + 5 * HOUR, amount: 7_000 }),
        hw({
          orderNumber: 'TWICE',
          creationTime: START + 6 * HOUR,
          payingTime: START + 6 * HOUR,
          deliveryTime: START + 6 * HOUR + 40,
          price: 9_000,
        }),
        hw({
          orderNumber: 'TWICE',
          machineCode: OTHER_MACHINE,
          creationTime: START + 6 * HOUR + 10,
          payingTime: null,
          deliveryTime: null,
          price: 9_000,
        }),
      ]),
    );
    await client.query(`update machines set address = 'Навои, 5' where machine_code = $1`, [MACHINE]);
    await client.query(
      `insert into machines (machine_code, category) values ($1, 'Кафе «Чинор»') on conflict (machine_code) do update
        set category = excluded.category, address = null`,
      [OTHER_MACHINE],
    );
    await client.query(
      `update gateway_payments set card_number = '986000******7788', rrn = '512345678901' where natural_key = 'aa00'`,
    );
    await client.query(`update gateway_payments set phone_number = '+998 90 123-45-67' where natural_key = '4444'`);
    await client.query(`update gateway_payments set client_info = '99890***3344' where natural_key = 'aa00'`);
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await client?.end();
    await database?.drop();
  });

  const list = async (query: string): Promise<OrderBody[]> => {
    const answer = await api.client.get<Page>(`/orders${query}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.items;
  };
  const names = async (query: string): Promise<string[]> =>
    (await list(query)).map(
      (order) => order.orderNumber ?? Object.values(order.legs).find((leg) => leg !== null)?.key ?? '',
    );

  it('shows orders and orphans newest first, as the contract words them', async () => {
    assert.deepEqual(await names(''), ['TWICE', '4444', 'VHONLY', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH']);
    const [cash] = await list('?q=CASH');
    assert.ok(cash);
    const { id, legs, ...rest } = cash;
    assert.match(id, /^\d+$/);
    assert.deepEqual(rest, {
      orderNumber: 'CASH',
      machineCode: MACHINE,
      machineName: 'Навои, 5',
      status: 'fully_matched',
      pending: false,
      settled: false,
      issues: [],
      paymentType: 'cash',
      price: '10000',
      time: '2025-06-10T12:00:00.000+05:00',
      goodsName: 'Латте',
      version: 1,
      lastChange: 'new',
      sale: null,
      decision: null,
      changes: [],
      difference: null,
      why: null,
      found: ['order_number'],
    });
    assert.deepEqual(Object.keys(legs), ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum']);
    assert.deepEqual(
      Object.values(legs).map((leg) => leg?.key ?? null),
      ['CASH', '1001', 'M:100', null, null, null],
    );
    assert.equal(legs['fiscal_bills']?.fileId, files['fiscal_bills']);
    assert.ok((legs['fiscal_bills']?.row ?? 0) > 0);
    const [orphan] = await list('?status=click_only');
    assert.deepEqual([orphan?.orderNumber, orphan?.price, orphan?.legs['click']?.key], [null, '7000', '4444']);
  });

  it('hangs further records of a number on the first and names the machine where they disagree', async () => {
    const [twice] = await list('?q=TWICE');
    assert.equal(twice?.status, 'number_conflict');
    const leg = twice.legs['happy_workers'];
    assert.equal(leg?.key, `TWICE:${MACHINE}`);
    assert.deepEqual(
      leg.more?.map((record) => record.key),
      [`TWICE:${OTHER_MACHINE}`],
    );
  });

  const EVERYTHING = ['TWICE', '4444', 'VHONLY', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH'];
  const filters: [query: string, expected: string[]][] = [
    ['?status=fully_matched,fiscal_mismatch', ['NORECEIPT', 'PAYME', 'CASH']],
    ['?status=void', []],
    ['?issue=hw_only', ['TWICE']],
    ['?paymentType=payme,click', ['4444', 'PAYME']],
    ['?source=vendhub', ['VHONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?source=fiscal_bills,payme', ['PAYME', 'CASH']],
    ['?source=happy_workers&status=hw_only', ['HWONLY']],
    [`?machine=${OTHER_MACHINE}`, ['VHONLY']],
    [`?machine=${encodeURIComponent('навои, 5')}`, ['TWICE', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    [`?machine=${encodeURIComponent('чинор')}`, ['VHONLY']],
    [`?machine=${OTHER_MACHINE},nowhere`, ['VHONLY']],
    ['?machine=nowhere', []],
    ['?amountFrom=9000&amountTo=12000', ['TWICE', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?from=2025-06-10&to=2025-06-10', ['TWICE', '4444', 'VHONLY', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?from=2025-06-11', []],
    ['?from=2025-06-10T13:00:00%2B05:00&to=2025-06-10T14:00:00%2B05:00', ['PAYME']],
    ['?q=PAY', ['PAYME']],
    ['?q=M:100', ['CASH']],
    ['?q=100', ['CASH']],
    ['?q=aa00', ['PAYME']],
    ['?q=4444', ['4444']],
    [`?q=${encodeURIComponent('КАКАО')}`, ['HWONLY']],
    [`?q=${encodeURIComponent('Чинор')}`, ['VHONLY']],
    ['?q=b8db', ['VHONLY']],
    [`?q=${encodeURIComponent('нет такого')}`, []],
    ['?changeType=new&status=hw_only', ['TWICE', 'HWONLY'].slice(1)],
    ['?changeType=updated,filled,changed', []],
    [`?q=${encodeURIComponent('15 000')}`, ['HWONLY']],
    ['?q=15000', ['HWONLY']],
    [`?q=${encodeURIComponent("8500 so'm")}`, ['VHONLY']],
    ['?q=15:08', ['HWONLY']],
    ['?q=15:11', []],
    [`?q=${encodeURIComponent('10.06 14:52')}`, ['HWONLY']],
    [`?q=${encodeURIComponent('10.06.2025 13:05')}`, ['PAYME']],
    [`?q=${encodeURIComponent('10.06')}`, ['TWICE', '4444', 'VHONLY', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?q=11.06', []],
    ['?q=7788', ['PAYME']],
    [`?q=${encodeURIComponent('986000******7788')}`, ['PAYME']],
    [`?q=${encodeURIComponent('860000******7788')}`, []],
    ['?q=512345678901', ['PAYME']],
    [`?q=${encodeURIComponent('90 123-45-67')}`, ['4444']],
    ['?q=4567', ['4444']],
    ['?q=3344', ['PAYME']],
    [`?q=${encodeURIComponent('+998 90 765 33 44')}`, ['PAYME']],
    ['?q=13344', []],
    ['?reason=no_receipt', ['TWICE', 'VHONLY', 'HWONLY', 'NORECEIPT']],
    ['?reason=no_receipt&status=fiscal_mismatch', ['NORECEIPT']],
    ['?reason=receipt_differs', []],
    ['?reason=no_payment,payment_differs', []],
    ['?pending=true', []],
    ['?settled=true', []],
    ['?settled=false&pending=false&status=hw_only', ['HWONLY']],
    ['?source=fiscal_bills', ['CASH']],
    ['?source=payme', ['PAYME']],
    ['?source=payme&pending=false', ['PAYME']],
    ['?source=happy_workers', ['TWICE', 'HWONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?source=vendhub,uzum,payme', ['VHONLY', 'NORECEIPT', 'PAYME', 'CASH']],
    ['?pending=false', EVERYTHING],
    ['?settled=false', EVERYTHING],
    ['?settled=false&pending=false', EVERYTHING],
    ['?settled=false&pending=true', []],
    [`?machine=${OTHER_MACHINE}&pending=false`, ['VHONLY']],
    [`?machine=${MACHINE},${OTHER_MACHINE}&status=vendhub_only,hw_only`, ['VHONLY', 'HWONLY']],
    [
      `?machine=${MACHINE},${OTHER_MACHINE}&source=payme,fiscal_bills,vendhub`,
      ['VHONLY', 'NORECEIPT', 'PAYME', 'CASH'],
    ],
    ['?machine=,', []],
    ['?amountFrom=8500&amountTo=8500', ['VHONLY']],
    ['?amountFrom=8500&amountTo=15000&status=hw_only,vendhub_only', ['VHONLY', 'HWONLY']],
    ['?amountFrom=99999999', []],
    ['?reason=no_receipt,receipt_differs&status=fiscal_mismatch', ['NORECEIPT']],
    ['?q=aa00&source=payme,fiscal_bills&amountFrom=1', ['PAYME']],
  ];
  for (const [query, expected] of filters) {
    it(`filters by ${decodeURIComponent(query)}, and totals count the same`, async () => {
      assert.deepEqual(await names(query), expected);
      const { body } = await api.client.get<{ count: number; sum: string }>(`/orders/totals${query}`);
      const sum = (await list(query)).reduce((total, order) => total + Number(order.price), 0);
      assert.deepEqual([body.count, Number(body.sum)], [expected.length, sum]);
    });
  }

  it('says by what each result was found, why it is as it is, and by how much', async () => {
    type Told = OrderBody & {
      found: string[];
      difference: string | null;
      why: { code: string; message: string } | null;
    };
    const told = async (q: string) => (await list(`?q=${encodeURIComponent(q)}`)) as Told[];
    const [card] = await told('7788');
    assert.deepEqual(card?.found, ['card']);
    const [number] = await told('NORECEIPT');
    assert.deepEqual(
      [number?.found, number?.difference, number?.why?.code],
      [['order_number'], '-10000', 'no_receipt'],
    );
    assert.equal(number?.why?.message, 'Нет чека на 10\u00a0000');
    const [both] = await told('4444');
    assert.deepEqual([both?.found, both?.difference, both?.why?.code], [['payment_id'], '7000', 'payment_alone']);
    const uzbek = await api.client.get<{ items: Told[] }>('/orders?q=NORECEIPT', {
      headers: { 'accept-language': 'uz-UZ,uz;q=0.9,ru;q=0.8' },
    });
    assert.equal(uzbek.body.items[0]?.why?.message, '10\u00a0000 uchun chek yoʻq');
  });

  it('sorts by every column, both ways, and walks the pages of each without losing or repeating one', async () => {
    assert.deepEqual(await names('?sort=price'), ['4444', 'VHONLY', 'TWICE', 'CASH', 'NORECEIPT', 'PAYME', 'HWONLY']);
    assert.deepEqual((await names('?sort=-difference')).slice(0, 5), [
      '4444',
      'VHONLY',
      'TWICE',
      'NORECEIPT',
      'HWONLY',
    ]);
    assert.deepEqual((await names('?sort=place')).slice(0, 1), ['VHONLY'], 'by the name, not by the code');
    assert.deepEqual((await names('?sort=-order')).at(-1), '4444', 'what has no number comes last');
    for (const column of [
      'time',
      'order',
      'place',
      'goods',
      'price',
      'payment',
      'legs',
      'status',
      'issues',
      'difference',
      'why',
    ]) {
      for (const sort of [column, `-${column}`]) {
        const whole = await names(`?sort=${sort}`);
        assert.equal(whole.length, 7, sort);
        const seen: string[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const { body }: { body: Page } = await api.client.get(
            `/orders?limit=2&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`,
          );
          seen.push(...body.items.map((order) => order.orderNumber ?? order.legs['click']?.key ?? ''));
          cursor = body.nextCursor;
        }
        assert.deepEqual(seen, whole, sort);
      }
    }
    assert.equal((await api.client.get('/orders?sort=colour')).status, 400);
  });

  it('offers the machines with their names and counts, of the filter where there is one', async () => {
    const machines = async (query: string) =>
      (
        await api.client.get<{ items: { machineCode: string; machineName: string; orders: number }[] }>(
          `/orders/machines${query}`,
        )
      ).body.items;
    assert.deepEqual(await machines(''), [
      { machineCode: MACHINE, machineName: 'Навои, 5', orders: 5 },
      { machineCode: OTHER_MACHINE, machineName: 'Кафе «Чинор»', orders: 1 },
    ]);
    assert.deepEqual(
      (await machines('?status=vendhub_only')).map(({ orders }) => orders),
      [1],
    );
  });

  it('walks all pages without losing or repeating one, also under a filter of several statuses', async () => {
    for (const filter of ['', '&status=fully_matched,hw_only,fiscal_mismatch', '&q=b']) {
      const whole = await names(`?limit=1000${filter}`);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: { body: Page } = await api.client.get(
          `/orders?limit=2${filter}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        assert.ok(body.items.length <= 2);
        seen.push(...body.items.map((order) => order.orderNumber ?? order.legs['click']?.key ?? ''));
        cursor = body.nextCursor;
      }
      assert.deepEqual(seen, whole);
    }
  });

  it('refuses what it does not know', async () => {
    for (const query of [
      '?page=2',
      '?status=lost',
      '?issue=none',
      '?paymentType=cheque',
      '?source=bank',
      '?limit=0',
      '?limit=1001',
      '?from=yesterday',
      '?amountFrom=-1',
      '?amountFrom=1e5',
      '?pending=maybe',
      '?changeType=gone',
      '?cursor=abc',
      '?q=%00',
      '?q=',
    ]) {
      const answer = await api.client.get<{ error: { code: string } }>(`/orders${query}`);
      assert.deepEqual([answer.status, answer.body.error.code], [400, 'validation_failed'], query);
    }
    assert.equal((await api.client.get('/orders/totals?limit=5')).status, 400);
  });

  it('finds changed and filled orders by what later files did to them', async () => {
    await loadWorld(client, {
      ...worldOf(
        [
          hw({
            orderNumber: 'HWONLY',
            creationTime: START + 3 * HOUR,
            payingTime: START + 3 * HOUR,
            deliveryTime: START + 3 * HOUR + 41,
            price: 15_000,
            goodsName: 'Какао',
          }),
        ],
        { notLoaded: ['vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'] },
      ),
    });
    await api.opened.resources.cache.dropTags(['records']);
    assert.deepEqual(await names('?changeType=changed'), ['HWONLY']);
    assert.deepEqual(await names('?changeType=updated'), ['HWONLY']);
    assert.deepEqual(await names('?changeType=filled'), []);
    assert.ok(!(await names('?changeType=new')).includes('HWONLY'));
  });
});
