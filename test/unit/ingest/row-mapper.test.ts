import assert from 'node:assert/strict';
import type { Cell } from '../../../shared/ingest/readers/reader.ts';
import { hw, hwRow, map, open, uzum, UZUM, uzumRow, warningCodes, type Given } from './mapped-rows.ts';

describe('a row that is accepted', () => {
  it('becomes a staging line with its place, key and canonical values', () => {
    const { rows, counts } = uzum([uzumRow()], { sheet: 'Лист 1', firstRowIndex: 10 });
    assert.deepEqual(counts, { read: 1, staged: 1, rejected: 0, skipped: 0 });
    assert.deepEqual(rows, [
      {
        row_index: '10',
        sheet: 'Лист 1',
        source_row: '2',
        natural_key: '344be1fc-828e-45bd-a149-74f12046acd5',
        coarse: '6',
        service_name: 'Кофейный вендинговый аппарат',
        amount: '20000',
        commission: '400',
        card_type: null,
        card_number: '561400******0000',
        status: 'success',
        merchant_id: '0042',
        transaction_id: '344be1fc-828e-45bd-a149-74f12046acd5',
        transaction_time: '2025-04-27 19:10:40+05',
        shop_id: null,
        order_id: null,
        cashback_amount: null,
        username: null,
        extra: null,
      },
    ]);
  });

  it('names the page that it says it is of instead of the table', () => {
    const { mapper, below } = open({
      source: 'uzum',
      header: UZUM,
      rows: [uzumRow(), uzumRow({ receiptId: 'b' })],
      sheet: 'all',
    });
    mapper.push({ ...below[0]!, sheet: 'p. 7' });
    mapper.push({ ...below[1]!, sheet: 'a\tb' });
    const places = mapper
      .takeRows()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t').slice(0, 4));
    assert.deepEqual(places, [
      ['0', 'p. 7', '2', '344be1fc-828e-45bd-a149-74f12046acd5'],
      ['1', 'a\\tb', '3', 'b'],
    ]);
  });

  it('gives the same as text and as bytes, and each line once', () => {
    const given: Given = { source: 'uzum', header: UZUM, rows: [uzumRow(), uzumRow({ receiptId: 'б-2' })] };
    const [one, two] = [open(given), open(given)];
    for (const { mapper, below } of [one, two]) for (const row of below) mapper.push(row);
    assert.equal(one.mapper.takeRows(), two.mapper.takeRowBytes().toString('utf8'));
    assert.equal(one.mapper.takeRows(), '');
    assert.equal(two.mapper.takeRowBytes().length, 0);
  });

  it('has words, codes, money and times in canonical form', () => {
    const [row] = hw([
      hwRow({
        'Order resource': 'Таможенный платеж',
        'Order type': 'Обычный порядок',
        'Order status': 'Возвращен',
        'Machine Code': ' 3266 181F 0000 ',
        'Order price': '10 000 сум',
        'Brew status': 'Сбой доставки',
        'Creation time': 45_873.167708333334,
        'Delivery time': 'N/A',
      }),
    ]).rows;
    assert.equal(row?.['order_resource'], 'qr');
    assert.equal(row?.['order_type'], 'normal');
    assert.equal(row?.['payment_status'], 'refunded');
    assert.equal(row?.['machine_code'], '3266181f0000');
    assert.equal(row?.['order_price'], '10000');
    assert.equal(row?.['brew_status'], 'delivery_failure');
    assert.equal(row?.['creation_time'], '2025-08-04 04:01:30+05');
    assert.equal(row?.['delivery_time'], null);
  });

  it('keeps ids that look like numbers as their text', () => {
    const [row] = hw([hwRow({ 'Machine Code': '5e71181f0000', 'Order number': '00123' })]).rows;
    assert.equal(row?.['machine_code'], '5e71181f0000');
    assert.equal(row?.['order_number'], '00123');
  });

  it('keeps the raw text of words outside the vocabulary', () => {
    const [row] = hw([hwRow({ 'Order resource': 'Бартер', 'Brew status': 'Половина', 'Order type': 'Оптовый' })]).rows;
    assert.deepEqual(
      [row?.['order_resource'], row?.['brew_status'], row?.['order_type']],
      ['Бартер', 'Половина', 'Оптовый'],
    );
  });

  it('keeps unknown columns as extra data under their headers, repeated ones numbered, nameless ones by place', () => {
    const { rows } = uzum([[...uzumRow(), 'один', 'два', '', 'N/A', 'ещё "три"\n']], {
      header: [...UZUM, 'Заметка', 'Заметка', 'Статус', 'Пусто', ''],
    });
    assert.deepEqual(JSON.parse(rows[0]?.['extra'] ?? ''), {
      Заметка: 'один',
      'Заметка (2)': 'два',
      'column 13': 'ещё "три"',
    });
  });

  it('drops NUL characters everywhere', () => {
    const { rows } = uzum([[...uzumRow({ 'Название сервиса': 'Ко\0фе' }), 'а\0б']], { header: [...UZUM, 'Заметка'] });
    assert.equal(rows[0]?.['service_name'], 'Кофе');
    assert.deepEqual(JSON.parse(rows[0]?.['extra'] ?? ''), { Заметка: 'аб' });
  });

  it('is right for the same text again, for new texts beyond any memory, and for the old one afterwards', () => {
    const names = [...Array.from({ length: 5_000 }, (_, index) => `Латте ${index}`), 'Латте 0', 'Латте 4999'];
    const { rows } = hw(names.map((name) => hwRow({ 'Goods name': name })));
    assert.deepEqual(
      rows.map((row) => row['goods_name']),
      names,
    );
  });
});

describe('VendHub rows', () => {
  const header = [
    'ID',
    'Номер заказа',
    'ID товара',
    'Время',
    'Цена заказа',
    'Код ИКПУ',
    'Штрих код',
    'Тип платежа',
    'Ресурс заказа',
    'Машинный код',
  ];
  const row = (ikpu: Cell, payment: Cell = 'Payme'): Cell[] => [
    8774,
    'ff01',
    '380',
    '45838.99988425926',
    '15000.00',
    ikpu,
    'Нет данных',
    payment,
    'userDefined',
    'a7ca181f0000',
  ];
  const vendhub = (rows: Cell[][]) => map({ source: 'vendhub', header, rows });

  it('have the ИКПУ of 16 digits padded, the raw one kept', () => {
    for (const ikpu of ['2202004001000000', 2_202_004_001_000_000]) {
      const [mapped] = vendhub([row(ikpu)]).rows;
      assert.equal(mapped?.['ikpu'], '02202004001000000');
      assert.deepEqual(JSON.parse(mapped?.['extra'] ?? ''), { 'Код ИКПУ': '2202004001000000' });
    }
    const [whole] = vendhub([row('02202004001000000')]).rows;
    assert.equal(whole?.['ikpu'], '02202004001000000');
    assert.equal(whole?.['extra'], null);
  });

  it('have canonical types, exact prices, real nulls and times to the second', () => {
    const [mapped] = vendhub([row(null)]).rows;
    assert.equal(mapped?.['natural_key'], '8774');
    assert.equal(mapped?.['payment_type'], 'payme');
    assert.equal(mapped?.['order_resource'], 'qr');
    assert.equal(mapped?.['order_price'], '15000');
    assert.equal(mapped?.['barcode'], null);
    assert.equal(mapped?.['event_time'], '2025-06-30 23:59:50+05');
  });

  it('keep an unknown payment type as its raw text', () => {
    assert.equal(vendhub([row(null, 'Бартер')]).rows[0]?.['payment_type'], 'Бартер');
  });
});

describe('rows that are no data', () => {
  it('blank and total rows are skipped and counted', () => {
    const { counts, rows } = uzum([
      uzumRow(),
      [],
      [null, '', '  '],
      ['Итого', '20000'],
      ['ИТОГО:', '20000'],
      [null, 'Всего :', 5],
      ['total', null],
    ]);
    assert.deepEqual(counts, { read: 7, staged: 1, rejected: 0, skipped: 6 });
    assert.equal(rows[0]?.['row_index'], '0');
  });

  it('a name that only begins like a total is data', () => {
    const { counts } = uzum([
      uzumRow({ 'Название сервиса': 'Итого-кофе' }),
      uzumRow({ 'Название сервиса': 'Total recall' }),
    ]);
    assert.equal(counts.staged, 2);
  });
});

describe('rows that are refused', () => {
  it('write one line a fault, with row, column, field, code and value, and count once', () => {
    const { rejects, counts, rows } = uzum([
      uzumRow({ Сумма: 'дорого', Комиссия: '1,5,5', 'Дата и время': '31.02.2025' }),
    ]);
    assert.deepEqual(counts, { read: 1, staged: 0, rejected: 1, skipped: 0 });
    assert.deepEqual(rows, []);
    const place = { row_index: '0', sheet: null, source_row: '2', params: '{}' };
    assert.deepEqual(rejects, [
      {
        ...place,
        column_name: 'Сумма',
        field: 'amount',
        code: 'number_unreadable',
        severity: 'error',
        value: 'дорого',
      },
      {
        ...place,
        column_name: 'Комиссия',
        field: 'commission',
        code: 'number_unreadable',
        severity: 'warning',
        value: '1,5,5',
      },
      {
        ...place,
        column_name: 'Дата и время',
        field: 'transaction_time',
        code: 'time_unreadable',
        severity: 'error',
        value: '31.02.2025',
      },
    ]);
  });

  const one: [string, Cell[], string, string | null][] = [
    ['a needed value is missing', uzumRow({ receiptId: null }), 'required_missing', 'transaction_id'],
    ['a needed value says that it is none', uzumRow({ receiptId: 'N/A' }), 'required_missing', 'transaction_id'],
    ['an amount has three decimals', uzumRow({ Сумма: '1500.125' }), 'money_precision', 'amount'],
    ['an amount is beyond measure', uzumRow({ Сумма: '99999999999999' }), 'number_too_large', 'amount'],
    ['an id runs over pages', uzumRow({ receiptId: 'x'.repeat(501) }), 'text_too_long', 'transaction_id'],
    ['there are more cells than headers', [...uzumRow(), null, 'лишнее'], 'row_too_wide', null],
  ];
  for (const [what, row, code, field] of one) {
    it(`${what}: ${code}`, () => {
      const { rejects, counts } = uzum([row]);
      assert.deepEqual(
        rejects.map((reject) => [reject['code'], reject['field']]),
        [[code, field]],
      );
      assert.equal(counts.rejected, 1);
    });
  }

  it('more cells than headers are no fault while they are empty', () => {
    assert.equal(uzum([[...uzumRow(), null, '', ' ']]).counts.staged, 1);
  });

  it('the same bad text is refused each time it comes', () => {
    const { counts, rejects } = uzum([uzumRow({ Сумма: 'дорого' }), uzumRow({ Сумма: 'дорого' })]);
    assert.equal(counts.rejected, 2);
    assert.deepEqual(
      rejects.map((reject) => reject['row_index']),
      ['0', '1'],
    );
  });

  it('a key that is too long although its parts are not', () => {
    const { rejects } = hw([
      hwRow({
        'Order number': `cart${'0'.repeat(300)}`,
        'Goods name': 'L'.repeat(300),
        'Order type': 'Shopping cart order',
      }),
    ]);
    assert.deepEqual(
      rejects.map(({ code }) => code),
      ['key_too_long'],
    );
  });

  it('an order without its state is refused, with an unknown one kept as unknown', () => {
    assert.equal(hw([hwRow({ 'Order status': '' })]).rejects[0]?.['code'], 'required_missing');
    const { rows, warnings } = hw([hwRow({ 'Order status': 'Half paid' })]);
    assert.equal(rows[0]?.['payment_status'], 'unknown');
    assert.deepEqual(warnings, [
      {
        code: 'unknown_status_values',
        params: { field: 'payment_status', column: 'Order status', count: 1, values: 'Half paid' },
      },
    ]);
  });
});

describe('receipts', () => {
  const header = [
    '№',
    'Дата и время',
    'Операция',
    'Номер чека',
    'Фискальный модуль',
    'Наличные',
    'Карта',
    'Сумма операции',
  ];
  const receipt = (cash: Cell, card: Cell, amount: Cell, operation: Cell = 'Продажа'): Cell[] => [
    'не число',
    '2025-06-16 07:06:42',
    operation,
    885,
    'LG1',
    cash,
    card,
    amount,
  ];
  const fiscal = (rows: Cell[][]) => map({ source: 'fiscal_bills', header, rows });

  it('must add up', () => {
    const { counts, rejects } = fiscal([
      receipt('10000', '5000', '15000'),
      receipt('10000.10', '0.20', '10000.30'),
      receipt('10000', '0', '15000'),
    ]);
    assert.equal(counts.staged, 2);
    assert.equal(rejects.length, 1);
    assert.equal(rejects[0]?.['code'], 'amount_mismatch');
    assert.equal(rejects[0]?.['column_name'], 'Сумма операции');
    assert.deepEqual(JSON.parse(rejects[0]?.['params'] ?? ''), { amount: '15000', cash: '10000', card: '0' });
  });

  it('a missing part counts as nothing, two missing parts are not judged', () => {
    const { counts } = fiscal([
      receipt('15000', null, '15000'),
      receipt(null, '15000', '15000'),
      receipt(null, null, '15000'),
      receipt(null, '1', '15000'),
    ]);
    assert.deepEqual([counts.staged, counts.rejected], [3, 1]);
  });

  it('are sales, returns or neither; the row number of the export is not even read', () => {
    const { rows, warnings } = fiscal([
      receipt(1, 0, 1),
      receipt(1, 0, 1, 'Возврат'),
      receipt(1, 0, 1, 'Аванс'),
      receipt(1, 0, 1, null),
    ]);
    assert.deepEqual(
      rows.map((row) => row['operation_type']),
      ['sale', 'return', 'other', 'other'],
    );
    assert.deepEqual(warnings[0]?.params, {
      field: 'operation_type',
      column: 'Операция',
      count: 2,
      values: 'Аванс, —',
    });
    assert.equal(rows[0]?.['natural_key'], 'LG1:885');
  });

  it('are all sales in a file without the column, and the file says so', () => {
    const without = header.filter((name) => name !== 'Операция');
    const result = map({
      source: 'fiscal_bills',
      header: without,
      rows: [receipt(1, 0, 1).filter((_, index) => index !== 2)],
    });
    assert.equal(result.rows[0]?.['operation_type'], 'sale');
    assert.deepEqual(warningCodes(result), ['no_operation_column']);
  });
});
