import assert from 'node:assert/strict';
import pg from 'pg';
import { acceptFile, emptyDatabase, loadReport } from '../support/load-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';

const MATCHING = { hwVendhubWindowS: 60, fiscalWindowS: 60, gatewayWindowS: 60, amountTolerance: '0.01' };
const HEADER =
  'Order number,Goods name,Flavour name,Order resource,Order type,Order status,Machine Code,Address,Order price,Brew status,Creation time,Paying time,Remark';
const NUMBER = 'ff00000304202508040701283266181f0000';
const MACHINE = '3266181f0000';

interface Row {
  number?: string;
  goods?: string;
  taste?: string;
  type?: string;
  status?: string;
  machine?: string;
  address?: string;
  price?: string;
  brew?: string;
  time?: string;
  remark?: string;
}

function report(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    [
      row.number ?? NUMBER,
      row.goods ?? 'Latte',
      row.taste ?? '',
      'Cash payment',
      row.type ?? 'Normal order',
      row.status ?? 'Paid',
      row.machine ?? MACHINE,
      row.address ?? '',
      row.price ?? '10000',
      row.brew ?? 'Delivered',
      row.time ?? '2025-08-04 04:01:30',
      row.time ?? '2025-08-04 04:01:30',
      row.remark ?? '',
    ].join(','),
  );
  return [HEADER, ...lines].join('\n');
}

describe('what an import does to records that are known already', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('set jit = off');
  });
  after(async () => {
    await client.end();
    await database.drop();
  });
  beforeEach(() => emptyDatabase(client));

  /** Accepts the files in this order and finishes them in that one. */
  const load = async (files: readonly (readonly Row[])[], finishing = files.map((_, index) => index)) => {
    const accepted = [];
    for (const [index] of files.entries()) accepted.push(await acceptFile(client, `file-${index}.csv`));
    const outcomes = [];
    for (const index of finishing)
      outcomes.push(
        await loadReport(client, MATCHING, accepted[index] as (typeof accepted)[number], report(files[index] as Row[])),
      );
    return outcomes;
  };
  const record = async (number = NUMBER) => {
    const { rows } = await client.query(
      `select order_price::text as price, goods_name as goods, taste_name as taste, payment_status as status, address,
        remark from happy_workers_orders where order_number = $1`,
      [number],
    );
    return rows[0] as Record<string, string | null>;
  };
  const order = async (number = NUMBER) => {
    const { rows } = await client.query(
      `select id, version, status, price::text as price, issues, last_change from orders where order_number = $1`,
      [number],
    );
    return rows[0] as {
      id: string;
      version: number;
      status: string;
      price: string;
      issues: string[];
      last_change: string;
    };
  };
  const history = async () => {
    const { rows } = await client.query(
      `select field, old_value, new_value, change_type, version from order_changes
        where change_type in ('filled', 'changed') order by field, id`,
    );
    return rows.map((row: Record<string, unknown>) => [
      row['field'],
      row['old_value'],
      row['new_value'],
      row['change_type'],
      row['version'],
    ]);
  };

  it('counts new, updated and unchanged rows, and filled and changed fields, with old and new value', async () => {
    const [first, second, third] = await load([
      [{}, { number: 'ud1740000000000123456' }],
      [{ price: '12000', taste: 'Vanilla' }, { number: 'ud1740000000000123456' }],
      [{ price: '12000', taste: 'Vanilla' }],
    ]);
    assert.deepEqual(first?.counts, { new: 2, updated: 0, unchanged: 0, rejected: 0, filled: 0, changed: 0 });
    assert.deepEqual(second?.counts, { new: 0, updated: 1, unchanged: 1, rejected: 0, filled: 1, changed: 1 });
    assert.deepEqual(third?.counts, { new: 0, updated: 0, unchanged: 1, rejected: 0, filled: 0, changed: 0 });
    assert.deepEqual(await history(), [
      ['order_price', '10000', '12000', 'changed', 2],
      ['taste_name', null, 'Vanilla', 'filled', 2],
    ]);
    const changed = await order();
    assert.deepEqual([changed.version, changed.price, changed.last_change], [2, '12000.00', 'updated']);
    assert.equal((await order('ud1740000000000123456')).version, 1);
  });

  it('never turns a value into null because a later file lacks it', async () => {
    const [, second] = await load([[{ taste: 'Vanilla', remark: 'kept' }], [{}]]);
    assert.equal(second?.counts.unchanged, 1);
    const row = await record();
    assert.deepEqual([row['taste'], row['remark']], ['Vanilla', 'kept']);
  });

  it('moves states only forward, whatever the order', async () => {
    for (const finishing of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      await emptyDatabase(client);
      await load([[{ status: 'Refunded' }], [{ status: 'Paid' }], [{ status: 'Unpaid' }]], finishing);
      assert.equal((await record())['status'], 'refunded', `finished in order ${finishing.join()}`);
    }
  });

  it('lets the file accepted later win, in whatever order they finish', async () => {
    const files: Row[][] = [
      [{ price: '10000', taste: 'Vanilla', address: 'A' }],
      [{ price: '11000', address: 'B', remark: 'from the second' }],
      [{ price: '12000', taste: 'Mint' }],
      [{ price: '12000' }],
    ];
    const all = permutations([0, 1, 2, 3]);
    const orders = isLong ? all : all.filter((_, index) => index % 3 === 0);
    const seen = new Set<string>();
    for (const finishing of orders) {
      await emptyDatabase(client);
      await load(files, finishing);
      seen.add(JSON.stringify(await record()));
    }
    assert.deepEqual(
      [...seen],
      [
        JSON.stringify({
          price: '12000.00',
          goods: 'Latte',
          taste: 'Mint',
          status: 'paid',
          address: 'B',
          remark: 'from the second',
        }),
      ],
    );
  });

  it('remembers that a later file confirmed a value before an earlier one contradicts it', async () => {
    // accepted 1, 2, 3; 1 and 3 agree; 2 finishes last and must not win over 3
    await load([[{ price: '10000' }], [{ price: '11000' }], [{ price: '10000' }]], [0, 2, 1]);
    assert.equal((await record())['price'], '10000.00');
  });

  it('takes the later of two rows of one key in a file, and calls a repeated row unchanged', async () => {
    const [outcome] = await load([
      [{ price: '10000' }, { price: '10000' }, { price: '11000' }, { price: '11000', taste: 'Mint' }],
    ]);
    assert.deepEqual(outcome?.counts, { new: 1, updated: 2, unchanged: 1, rejected: 0, filled: 1, changed: 1 });
    const row = await record();
    assert.deepEqual([row['price'], row['taste']], ['11000.00', 'Mint']);
    assert.equal((await order()).version, 1);
  });

  it('ends with the last row where a file changes a known value and takes it back', async () => {
    await load([[{ price: '10000' }], [{ price: '11000' }, { price: '10000' }]]);
    assert.equal((await record())['price'], '10000.00');
  });

  it('keeps rows of one number from two machines and calls the order a number conflict', async () => {
    await load([[{}], [{ machine: 'a7ca181f0000' }]]);
    const { rows } = await client.query(`select machine_code from happy_workers_orders order by 1`);
    assert.deepEqual(
      rows.map((row: { machine_code: string }) => row.machine_code),
      [MACHINE, 'a7ca181f0000'],
    );
    const conflict = await order();
    assert.deepEqual([conflict.status, conflict.issues], ['number_conflict', ['code_disagrees_with_number']]);
  });

  it('counts the cups of a cart apart and sums their prices', async () => {
    const cart = { number: 'cart12345678901', type: 'Shopping cart order' };
    const [outcome] = await load([[cart, cart, { ...cart, goods: 'Tea', price: '7000' }]]);
    assert.equal(outcome?.counts.new, 3);
    assert.equal((await order('cart12345678901')).price, '27000.00');
  });

  it('knows a cart by its number alone, in whatever letters it is written', async () => {
    const cart = { number: 'CART12345678901', type: 'Normal order' };
    await load([[cart, { ...cart, goods: 'Tea', price: '7000' }]]);
    assert.equal((await order('CART12345678901')).price, '17000.00');
  });

  it('tells a cart, and an order of an earlier file, among many orders of one row, from those', async () => {
    const singles = Array.from({ length: 40 }, (_, index) => ({
      number: `9000${index}`,
      price: String(8_000 + index),
      time: `2025-08-04 05:${10 + index}:00`,
    }));
    const cart = { number: 'cart12345678901', type: 'Shopping cart order' };
    const other = { number: '90003', machine: '4266181f0000', price: '8003' };
    const [, outcome] = await load([[other], [...singles.slice(0, 20), cart, cart, ...singles.slice(20)]]);
    assert.equal(outcome?.counts.new, 42);
    const { rows } = await client.query<{ order_number: string; price: string; status: string; records: number }>(`
      select o.order_number, o.price, o.status, count(r.id)::int as records
      from orders o
      join happy_workers_orders r on r.order_id = o.id and r.order_number = o.order_number
      group by o.id
      order by o.time, o.order_number`);
    assert.deepEqual(
      rows.map((row) => `${row.order_number} ${row.price} ${row.records} ${row.status}`),
      [
        '90003 8003.00 2 number_conflict',
        'cart12345678901 20000.00 2 hw_only',
        ...singles
          .filter(({ number }) => number !== '90003')
          .map(({ number, price }) => `${number} ${price}.00 1 hw_only`),
      ],
    );
  });

  it('rejects what goes beyond a hundred versions of one key, and loads the rest', async () => {
    const rows = Array.from({ length: 105 }, (_, index) => ({ price: String(10_000 + index * 500) }));
    const [outcome] = await load([rows]);
    assert.deepEqual([outcome?.counts.new, outcome?.counts.updated, outcome?.counts.rejected], [1, 99, 5]);
    assert.equal((await record())['price'], String(10_000 + 99 * 500) + '.00');
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
