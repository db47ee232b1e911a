/**
 * Times and amounts that one file writes coarsely and another to the second and the tiyin (rules.md 4.1): whoever
 * finishes first, what stands is what the files make in their order of acceptance.
 */
import assert from 'node:assert/strict';
import pg from 'pg';
import { DEFAULT_MATCHING } from '../support/load-world.ts';
import { acceptFile, emptyDatabase, loadReport } from '../support/load-report.ts';
import { clickCsv, fiscalCsv, hwCsv, vhCsv, withoutColumn } from '../support/odd-reports/lines.ts';
import { isLong } from '../support/long.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { assertSamePicture, pictureOf } from '../support/world-picture.ts';

/** How a report writes its cells. */
interface Writing {
  time(exact: string): string;
  amount(exact: string): string;
}

const EXACT: Writing = { time: (exact) => exact, amount: (exact) => exact };
const MINUTE: Writing = { time: (exact) => exact.slice(0, -3), amount: (exact) => exact.slice(0, -1) };
const DAY: Writing = { time: (exact) => exact.slice(0, 10), amount: (exact) => exact.replace(/[.].*/, '') };
const WITHOUT_CENTS: Writing = { time: EXACT.time, amount: DAY.amount };

const paymeCsv = ({ time, amount }: Writing): string =>
  [
    'НАЗВАНИЕ ПОСТАВЩИКА;СОСТОЯНИЕ ОПЛАТЫ;ВРЕМЯ ОПЛАТЫ;ВРЕМЯ ОТМЕНЫ;СУММА БЕЗ КОМИССИИ;' +
      'ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА)',
    `HUB;ОТМЕНЕНО;${time('01-06-2025 09:30:08')};${time('01-06-2025 09:41:17')};${amount('12000.23')};683bd6da0001`,
  ].join('\n');

const uzumCsv = ({ time, amount }: Writing): string =>
  [
    'Название сервиса;Сумма;Комиссия;receiptId;Статус;Дата и время',
    `HUB;${amount('12000.23')};${amount('120.21')};U-1;Оплачено;${time('2025-06-01 09:30:08')}`,
  ].join('\n');

const LONG_WRITINGS = [
  [EXACT, MINUTE],
  [MINUTE, EXACT, DAY],
  [EXACT, MINUTE, DAY],
  [EXACT, DAY, MINUTE],
  [DAY, EXACT, MINUTE],
  [MINUTE, EXACT, WITHOUT_CENTS],
];

/** One report of each source, with two rows where its keys hold a time. */
const REPORTS: Record<string, (written: Writing) => string> = {
  happy_workers: ({ time, amount }) =>
    hwCsv([
      {
        'Цена заказа': amount('15000.24'),
        'Время создания': time('2025-01-07 10:00:31'),
        'Время оплаты': time('2025-01-07 10:00:42'),
        'Срок поставки': time('2025-01-07 10:01:13'),
      },
    ]),
  vendhub: ({ time, amount }) => vhCsv([{ 'Цена заказа': amount('15000.24'), Время: time('2025-01-07 10:00:40') }]),
  'vendhub without ids': ({ time, amount }) =>
    withoutColumn(
      vhCsv([
        { 'Цена заказа': amount('15000.24'), Время: time('2025-01-07 10:00:40') },
        { 'Цена заказа': amount('12000.31'), Время: time('2025-01-07 10:01:40') },
      ]),
      'ID',
    ),
  fiscal_bills: ({ time, amount }) =>
    fiscalCsv([
      {
        'Дата и время': time('2025-02-10 10:00:20'),
        Наличные: amount('15000.24'),
        'Сумма операции': amount('15000.24'),
      },
    ]),
  'fiscal_bills without ids': ({ time }) =>
    withoutColumn(
      fiscalCsv([{ 'Дата и время': time('2025-02-10 10:00:20') }, { 'Дата и время': time('2025-02-10 10:01:20') }]),
      'Фискальный модуль',
    ),
  payme: paymeCsv,
  click: ({ time, amount }) => clickCsv([{ Дата: time('2025-01-06 10:00:07'), Сумма: amount('15000.24') }]),
  uzum: uzumCsv,
};

describe('values that one file writes more coarsely than another', function () {
  this.timeout(120_000);
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

  /** Accepts the reports in this order and finishes them in that one. */
  async function load(texts: readonly string[], finishing: readonly number[]): Promise<Record<string, string[]>> {
    await emptyDatabase(client);
    const accepted = [];
    for (const [index] of texts.entries()) accepted.push(await acceptFile(client, `file-${index}.csv`));
    for (const index of finishing)
      await loadReport(client, DEFAULT_MATCHING, accepted[index] as (typeof accepted)[number], texts[index] as string);
    return pictureWithoutTimeKeys();
  }

  /** The key of a record that lacks an id holds the time of whoever brought it first. */
  async function pictureWithoutTimeKeys(): Promise<Record<string, string[]>> {
    const picture = await pictureOf(client);
    const plain = (line: string): string =>
      line.replaceAll(/("(?:natural_key|of_order|number)":"[^"]*):\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\+05/g, '$1');
    return Object.fromEntries(Object.entries(picture).map(([table, lines]) => [table, lines.map(plain).toSorted()]));
  }

  for (const [name, report] of Object.entries(REPORTS))
    it(`end the same in every order of finishing: ${name}`, async () => {
      for (const writings of [[EXACT, DAY], ...(isLong ? LONG_WRITINGS : [[MINUTE, EXACT, DAY]])]) {
        const texts = writings.map(report);
        const [accepted = [], ...others] = permutations(texts.map((_, index) => index));
        const wanted = await load(texts, accepted);
        for (const finishing of others)
          assertSamePicture(await load(texts, finishing), wanted, `${texts.join('\n')}\nfinished ${finishing.join()}`);
      }
    });

  const payments = async (): Promise<unknown[]> => {
    const { rows } = await client.query<{ amount: string; time: string }>(
      `select amount::text, to_char(transaction_time at time zone 'Asia/Tashkent', 'HH24:MI:SS') as time
       from gateway_payments order by transaction_id`,
    );
    return rows.map(({ amount, time }) => [amount, time]);
  };
  const written = (Дата: string, Сумма: string): string => clickCsv([{ Дата, Сумма }]);

  it('keeps what a later file says to the second and the tiyin, though it be a round value', async () => {
    const texts = [written('2025-01-06 10:00:07', '15000.24'), written('2025-01-06 10:00:00', '15000.00')];
    for (const finishing of [
      [0, 1],
      [1, 0],
    ]) {
      await load(texts, finishing);
      assert.deepEqual(await payments(), [['15000.00', '10:00:00']], finishing.join());
    }
  });

  it('keeps what a later file says coarsely where it is another value', async () => {
    const texts = [written('2025-01-06 10:00:07', '15000.24'), written('2025-01-06 10:05', '14000')];
    for (const finishing of [
      [0, 1],
      [1, 0],
    ]) {
      await load(texts, finishing);
      assert.deepEqual(await payments(), [['14000.00', '10:05:00']], finishing.join());
    }
  });

  it('keeps the operation of a receipt that another report leaves open, in every order of either', async () => {
    const report = (Операция: string): string => fiscalCsv([{ 'Номер чека': '7', Операция }]);
    const silent = [report(''), report('-'), withoutColumn(report('Продажа'), 'Операция')];
    for (const [word, operation] of [
      ['Продажа', 'sale'],
      ['Возврат', 'return'],
      ['Внесение', 'other'],
    ] as const) {
      for (const nothing of silent) {
        for (const texts of [
          [report(word), nothing],
          [nothing, report(word)],
        ]) {
          for (const finishing of [
            [0, 1],
            [1, 0],
          ]) {
            await load(texts, finishing);
            const { rows } = await client.query(`select operation_type from fiscal_receipts`);
            assert.deepEqual(rows, [{ operation_type: operation }], `${texts.join('\n')}\n${finishing.join()}`);
          }
        }
      }
    }
  });

  it('makes no two receipts of a minute one, whatever the later file leaves of their times', async () => {
    const report = ({ time }: Writing): string =>
      withoutColumn(
        fiscalCsv([
          { 'Номер чека': '7', 'Дата и время': time('2025-02-10 10:00:20') },
          { 'Номер чека': '7', 'Дата и время': time('2025-02-10 10:00:50') },
        ]),
        'Фискальный модуль',
      );
    const texts = [report(EXACT), report(MINUTE)];
    const wanted = await load(texts, [0, 1]);
    assert.equal(wanted['fiscal_bills']?.length, 2);
    assertSamePicture(await load(texts, [1, 0]), wanted, 'the coarse one first');
  });

  it('makes no two sales of a minute one because the first fell on its first second', async () => {
    const report = (time: string): string =>
      withoutColumn(vhCsv([{ 'Номер заказа': 'cart7', Время: `2025-02-10 ${time}`, 'Цена заказа': '15000' }]), 'ID');
    for (const finishing of [
      [0, 1],
      [1, 0],
    ]) {
      await load([report('10:00:00'), report('10:00:40')], finishing);
      const { rows } = await client.query<{ price: string; sales: string }>(
        `select o.price::text, (select count(*) from vendhub_sales v where v.order_id = o.id)::text as sales
         from orders o where order_number = 'cart7'`,
      );
      assert.deepEqual(rows, [{ price: '30000.00', sales: '2' }], finishing.join());
    }
  });

  it('says on the later file which of its rows said less, though it finished first', async () => {
    const report = (written: Writing): string =>
      clickCsv([{ Дата: written.time('2025-01-06 10:00:07') }, { Дата: written.time('2025-01-06 10:01:00') }]);
    await load([report(EXACT), report(MINUTE)], [1, 0]);
    const { rows } = await client.query<{ warnings: unknown }>(
      `select warnings from uploaded_files where name = 'file-1.csv'`,
    );
    assert.deepEqual(rows[0]?.warnings, [{ code: 'coarser_values', params: { count: 1, rows: '2' } }]);
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
