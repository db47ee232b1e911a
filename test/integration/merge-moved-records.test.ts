import assert from 'node:assert/strict';
import pg from 'pg';
import { RecordsWouldBeReplaced } from '../../shared/ingest/merge-identities.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { reconcileTouched, touchPeriod } from '../../shared/reconcile/engine.ts';
import { acceptFile, emptyDatabase, loadReport } from '../support/load-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const MATCHING = { hwVendhubWindowS: 60, fiscalWindowS: 60, gatewayWindowS: 60, amountTolerance: '0.01' };
const MACHINE = 'c81d181f0000';
const A = `ff0000530120250325125955${MACHINE}`;
const B = `ff0000530220250325130455${MACHINE}`;

const hwReport = (rows: readonly [number: string, time: string, type?: string][]): string =>
  [
    'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Order price,Brew status,Creation time,Paying time,Delivery time',
    ...rows.map(
      ([number, time, type]) =>
        `${number},Latte,${type ?? 'Cash payment'},Normal order,Paid,${MACHINE},15000,Delivered,${time}:00,${time}:00,${time}:40`,
    ),
  ].join('\n');
const vhReport = (rows: readonly [id: number, number: string, time: string, type?: string][]): string =>
  [
    'ID;Order number;Goods ID;Time;Goods name;Order price;ИКПУ;Штрихкод;Маркировка;Order resource;Payment type;Machine Code',
    ...rows.map(
      ([id, number, time, type]) =>
        `${id};${number};380;${time}:40;Latte;15000;02202004001000000;1;1;cash;${type ?? 'Наличные'};${MACHINE}`,
    ),
  ].join('\n');
const receipts = (rows: readonly [check: number, time: string][]): string =>
  [
    'Дата и время;Операция;Номер чека;Кассир;Торговый пункт;Фискальный модуль;Наличные;Карта;Сумма операции',
    ...rows.map(([check, time]) => `${time}:20;Продажа;${check};К;Сервер;LG000000000001;15000;0;15000`),
  ].join('\n');

describe('a record that a later file gives another order number', function () {
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

  const load = async (...texts: string[]) => {
    const outcomes = [];
    for (const text of texts)
      outcomes.push(await loadReport(client, MATCHING, await acceptFile(client, 'report.csv'), text));
    return outcomes;
  };
  const orders = async () => {
    const { rows } = await client.query(`
      select o.order_number, o.status, o.issues,
        (select count(*)::int from vendhub_sales v where v.order_id = o.id) as sales,
        (select count(*)::int from fiscal_receipts r where r.order_id = o.id and r.link_rule is not null) as receipts
      from orders o where o.order_number is not null order by o.order_number`);
    return Object.fromEntries(rows.map((row) => [row.order_number, [row.status, row.sales, row.receipts]]));
  };
  const history = async (number: string) => {
    const { rows } = await client.query(
      `select c.field, c.change_type, c.old_value, c.new_value from order_changes c join orders o on o.id = c.order_id
       where o.order_number = $1 order by c.id`,
      [number],
    );
    return rows.map((row: Record<string, string | null>) => Object.values(row).join('|'));
  };
  const whole = async (): Promise<void> => {
    const { rows } = await client.query(`
      select 1 from vendhub_sales v join orders o on o.id = v.order_id where o.order_number <> v.order_number
      union all select 1 from orders o where o.order_number is not null
        and not exists (select 1 from vendhub_sales v where v.order_id = o.id)
          and not exists (select 1 from happy_workers_orders h where h.order_id = o.id)
      union all select 1 from order_changes c left join orders o on o.id = c.order_id where o.id is null`);
    assert.deepEqual(rows, [], 'every record hangs on the order of its number, and every order has a record');
  };
  const rerun = async (): Promise<number> => {
    await client.query('begin');
    await createWorkTables(client);
    await touchPeriod(client, { from: null, to: null });
    const { ordersChanged } = await reconcileTouched({ client, matching: MATCHING, cause: { kind: 'recompute' } });
    await client.query('commit');
    return ordersChanged;
  };

  it('moves to the order of that number, and both orders say so', async () => {
    await load(
      hwReport([
        [A, '2025-03-25 10:00'],
        [B, '2025-03-25 10:05'],
      ]),
      vhReport([[83001, A, '2025-03-25 10:00']]),
    );
    assert.equal((await orders())[A]?.[1], 1);
    const [second] = await load(vhReport([[83001, B, '2025-03-25 10:05']]));
    assert.equal(second?.counts.updated, 1);
    assert.deepEqual(await orders(), { [A]: ['hw_only', 0, 0], [B]: ['matched', 1, 0] });
    assert.ok((await history(A)).includes('leg|unlink|83001|'));
    const told = await history(B);
    assert.ok(told.includes('leg|link||83001'));
    assert.ok(told.includes(`order_number|changed|${A}|${B}`));
    await whole();
    assert.equal(await rerun(), 0);
  });

  it('takes its order along when nothing else hangs on it: receipts and history go on with the new number', async () => {
    await load(vhReport([[1, A, '2025-03-25 10:00']]), receipts([[5, '2025-03-25 10:00']]));
    assert.deepEqual((await orders())[A], ['vendhub_only', 1, 1]);
    await load(vhReport([[1, B, '2025-03-25 10:00']]));
    assert.deepEqual(await orders(), { [B]: ['vendhub_only', 1, 1] });
    await whole();
    assert.equal(await rerun(), 0);
  });

  it('leaves a receipt that was its order’s to the neighbour that can have it', async () => {
    await load(
      hwReport([[B, '2025-03-25 12:00']]),
      vhReport([
        [1, A, '2025-03-25 10:00'],
        [2, `${A}x`, '2025-03-25 10:01'],
      ]),
      receipts([[5, '2025-03-25 10:00']]),
    );
    assert.deepEqual([(await orders())[A]?.[2], (await orders())[`${A}x`]?.[2]], [1, 0]);
    await load(vhReport([[1, B, '2025-03-25 12:00']]));
    assert.deepEqual(await orders(), { [`${A}x`]: ['vendhub_only', 1, 1], [B]: ['matched', 1, 0] });
    await whole();
    assert.equal(await rerun(), 0);
  });

  it('changes places with another, and ends the same in one file as in two', async () => {
    await load(
      vhReport([
        [1, A, '2025-03-25 10:00'],
        [2, B, '2025-03-25 10:05'],
      ]),
    );
    await load(
      vhReport([
        [1, B, '2025-03-25 10:05'],
        [2, A, '2025-03-25 10:00'],
      ]),
    );
    assert.deepEqual(Object.keys(await orders()), [A, B]);
    await whole();
    await emptyDatabase(client);
    await load(
      hwReport([
        [A, '2025-03-25 10:00'],
        [B, '2025-03-25 10:05'],
      ]),
    );
    await load(
      vhReport([
        [1, A, '2025-03-25 10:00'],
        [1, B, '2025-03-25 10:05'],
      ]),
    );
    assert.deepEqual(await orders(), { [A]: ['hw_only', 0, 0], [B]: ['matched', 1, 0] });
    await whole();
  });

  it('is mended by a re-run of everything where an older version left it on its old order', async () => {
    await load(
      hwReport([
        [A, '2025-03-25 10:00'],
        [B, '2025-03-25 10:05'],
      ]),
      vhReport([[83001, A, '2025-03-25 10:00']]),
    );
    await client.query(`update vendhub_sales set order_number = $1, event_time = '2025-03-25 10:05:40+05'`, [B]);
    await rerun();
    assert.deepEqual(await orders(), { [A]: ['hw_only', 0, 0], [B]: ['matched', 1, 0] });
    await whole();
    assert.equal(await rerun(), 0);
  });

  describe('ids that started again at the same number', () => {
    const month = (number: string, days: number): [number, string, string][] =>
      Array.from({ length: 40 }, (_, index) => [
        index + 1,
        `ff${number}${String(index).padStart(4, '0')}`,
        `2025-0${days}-10 10:${String(index).padStart(2, '0')}`,
      ]);
    const sales = async (): Promise<number> =>
      Number((await client.query(`select count(*) from vendhub_sales`)).rows[0]?.count);

    it('stop the file and ask, with how many and a few of them', async () => {
      await load(vhReport(month('6', 6)));
      await assert.rejects(load(vhReport(month('7', 7))), (error) => {
        assert.ok(error instanceof RecordsWouldBeReplaced);
        assert.deepEqual([error.params['count'], error.params['rows']], [40, 40]);
        assert.match(
          String(error.params['samples']),
          /^1: ff60000 10\.06\.2025 10:00 → ff70000 10\.07\.2025 10:00; 2: /,
        );
        return true;
      });
      await client.query('rollback');
      assert.equal(await sales(), 40);
    });

    it('become records of their own when the operator says so, and later files of that month mean those', async () => {
      await load(vhReport(month('6', 6)));
      const july = await acceptFile(client, 'july.csv');
      const first = await loadReport(client, MATCHING, july, vhReport(month('7', 7)), 'new');
      assert.deepEqual([first.counts.new, await sales()], [40, 80]);
      const [again] = await load(vhReport(month('7', 7)));
      assert.deepEqual([again?.counts.unchanged, await sales()], [40, 80]);
      await whole();
    });

    it('replace the others when the operator says so', async () => {
      await load(vhReport(month('6', 6)));
      const outcome = await loadReport(
        client,
        MATCHING,
        await acceptFile(client, 'july.csv'),
        vhReport(month('7', 7)),
        'replace',
      );
      assert.deepEqual([outcome.counts.updated, await sales(), Object.keys(await orders()).length], [40, 40, 40]);
      await whole();
      assert.equal(await rerun(), 0);
    });

    it('are found too where the file was accepted before the one that is loaded', async () => {
      const july = await acceptFile(client, 'july.csv');
      const june = await acceptFile(client, 'june.csv');
      await loadReport(client, MATCHING, june, vhReport(month('6', 6)));
      await assert.rejects(loadReport(client, MATCHING, july, vhReport(month('7', 7))), RecordsWouldBeReplaced);
      await client.query('rollback');
    });

    it('are no question for a few corrected numbers among many rows', async () => {
      const rows = month('6', 6);
      await load(vhReport(rows));
      const [outcome] = await load(
        vhReport(rows.map(([id, number, time], at) => [id, at < 3 ? `${number}c` : number, time])),
      );
      assert.equal(outcome?.counts.updated, 3);
    });
  });
});
