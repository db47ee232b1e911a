import assert from 'node:assert/strict';
import type { MappingOverrides } from '../../../../shared/ingest/child/protocol.ts';
import { recogniseTable, type RecognisedTable } from '../../../../shared/ingest/recognise/recognise.ts';
import { sourceList, sources } from '../../../../shared/ingest/sources/index.ts';
import type { SourceName } from '../../../../shared/ingest/sources/source.ts';

function recognise(rows: (string | number | null)[][], overrides: MappingOverrides = {}): RecognisedTable {
  return recogniseTable(
    rows.map((cells, index) => ({ row: index + 1, cells })),
    { overrides, sheet: null },
  );
}

/** Headers as the systems really write them (rules.md 2). */
const REAL: Record<SourceName, string> = {
  happy_workers:
    'Номер заказа,Номер оператора,Наименование товара,Название вкуса,Ресурс заказа,Тип заказа,Статус платежа,Тип чашки,Машинный код,Адрес,Цена заказа,Статус варки,Время создания,Время оплаты,Время заваривания,Срок поставки,Время возврата денег,Платежная карта,Причина,Замечание',
  vendhub:
    'ID,Номер заказа,ID товара,Время,Название товара,Цена заказа,Код ИКПУ,Штрих код,Маркировка,Ресурс заказа,Тип платежа,Категория машины,Машинный код,Начисленный бонус,Имя пользователя',
  fiscal_bills:
    '№,Дата и время,Операция,Номер чека,Кассир,Торговый пункт,Фискальный модуль,Наличные,Карта,Сумма операции,Номер рецепта,Покупатель',
  payme:
    '№,НАЗВАНИЕ ПОСТАВЩИКA,НАЗВАНИЕ КАССЫ,СОСТОЯНИЕ ОПЛАТЫ,ВРЕМЯ ОПЛАТЫ,ВРЕМЯ ОТМЕНЫ,ПРОЦЕССИНГОВОЕ ВРЕМЯ ОПЕРАЦИИ,ОПЕРАЦИОННОЕ ВРЕМЯ БАНКА,СОСТОЯНИЕ,НАЗВАНИЕ ПРОЦЕССИНГА,ePos Merchant ID,ePos Terminal ID,НОМЕР КАРТЫ,СУММА БЕЗ КОМИССИИ,КОМИССИЯ С КЛИЕНТА,ИДЕНТИФИКАТОР ПЛАТЕЖА \n (ПЛАТЕЖНАЯ СИСТЕМА),ИДЕНТИФИКАТОР ПЛАТЕЖА  (ПОСТАВЩИК),RRN,ИДЕНТИФИКАТОР КЕШБОКСА,ИДЕНТИФИКАТОР КАССЫ,ДАТА БАНКОВСКОГО ПОСТУПЛЕНИЯ,ФИСКАЛЬНЫЙ ПРИЗНАК,ИДЕНТИФИКАТОР ФИСКАЛЬНОГО ЧЕКА,EXTERNAL ID,ОПИСАНИЕ ПЛАТЕЖА,НОМЕР ЗАКАЗА',
  click: 'Дата,Сервис,Клиент,Способ оплаты,Сумма,Идент-р,Касса,Click ID,Billing ID,Статус платежа',
  uzum: 'Название сервиса,Сумма,Комиссия,Тип карты,Номер карты,Статус,merchantId,receiptId,Дата и время',
};

/** The English exports, and the names that only the owner's specifications use. */
const ENGLISH: [SourceName, string][] = [
  [
    'happy_workers',
    'Order number,Operator Code,Goods name,Flavour name,Order resource,Order type,Order status,Cup type,Machine Code,Address,Order price,Brew status,Creation time,Paying time,Brewing time,Delivery time,Refund time,Pay Card,Reason,Remark',
  ],
  [
    'happy_workers',
    'Order number,Goods name,Taste name,Order resource,Order type,Payment status,Machine code,Address,Order price,Brew status,Creation time,Paying time,Brewing time,Delivery time,Refund time,Reason',
  ],
  [
    'vendhub',
    'ID,Order number,Goods ID,Time,Goods name,Order price,ИКПУ,Barcode,Marking,Order resource,Payment type,Machine category,Machine Code,Amount of accrued bonus,Username',
  ],
  [
    'fiscal_bills',
    'Fiscal check number,Fiscal time,Amount,Taxpayer ID,Cash register ID,Shift number,Receipt type,Cashier,Cash,Card',
  ],
  [
    'payme',
    'transaction_id,transaction_time,amount,masked_pan,merchant_id,terminal_id,commission,status,reference_number,username,phone_number',
  ],
  [
    'uzum',
    'transaction_id,transaction_time,amount,masked_pan,merchant_id,shop_id,order_id,commission,status,username,cashback_amount',
  ],
  [
    'click',
    'transaction_id,transaction_time,amount,card_number,merchant_id,service_id,click_trans_id,merchant_trans_id,commission,status,error_code',
  ],
];

describe('recognising a report', () => {
  for (const [name, headers] of Object.entries(REAL)) {
    it(`accepts the real export of ${name}, knowing every header`, () => {
      const found = recognise([headers.split(',')]);
      assert.equal(found.source, name);
      assert.equal(found.question, null);
      assert.equal(found.strength, 1);
      assert.deepEqual(found.missing, []);
      assert.deepEqual(found.unknown, []);
      assert.equal(found.headerRow, 1);
    });
  }

  for (const [name, headers] of ENGLISH) {
    it(`accepts ${name} by ${headers.slice(0, 40)}…`, () => {
      const found = recognise([headers.split(',')]);
      assert.equal(found.source, name);
      assert.equal(found.strength, 1);
    });
  }

  for (const source of sourceList) {
    for (const field of source.fields) {
      for (const header of field.headers) {
        it(`${source.name}: ${header} is ${field.name}`, () => {
          const found = recognise([[header, 'Nobody knows']], { source: source.name });
          assert.deepEqual(found.columnFields, [field.name, null]);
        });
      }
    }
  }

  it('finds the header below lines of metadata', () => {
    const lines = [['ТИП ОТЧЕТА', null, 'Реестр платежей'], ['ПЕРИОД', null, 'c', '01-03-2024'], [], [], [], []];
    const found = recognise([...lines, REAL.payme.split(',')]);
    assert.equal(found.source, 'payme');
    assert.equal(found.headerRow, 7);
  });

  it('looks for the header in the first 15 rows and no further', () => {
    const filler = (count: number): string[][] => Array.from({ length: count }, () => ['текст']);
    assert.equal(recognise([...filler(14), REAL.click.split(',')]).headerRow, 15);
    assert.equal(recognise([...filler(15), REAL.click.split(',')]).source, null);
  });

  it('is not led astray by rows whose words are headers elsewhere', () => {
    const data = ['Наличные', 'Карта', 'Наличные', 'Карта', 'Сумма'];
    const found = recognise([REAL.vendhub.split(','), data, data]);
    assert.equal(found.headerRow, 1);
  });

  it('gives a field to the first name of the table when a file has two, and keeps the other column as extra data', () => {
    const found = recognise([[...REAL.fiscal_bills.split(','), 'Сумма', 'Дата']]);
    assert.equal(found.columnFields[1], 'fiscal_time');
    assert.equal(found.columnFields[9], 'amount');
    assert.deepEqual(found.columnFields.slice(12), [null, null]);
    assert.deepEqual(found.unknown, ['Сумма', 'Дата']);
    assert.equal(recognise([['Сумма', ...REAL.fiscal_bills.split(',')]]).columnFields[0], null);
  });

  it('keeps unknown headers as extra data and still accepts from a strength of 0.6', () => {
    const extra = (count: number): string[] => Array.from({ length: count }, (_, index) => `Заметка ${index}`);
    const accepted = recognise([[...REAL.uzum.split(','), ...extra(6)]]);
    assert.equal(accepted.source, 'uzum');
    assert.equal(accepted.strength, 0.6);
    assert.deepEqual(accepted.unknown, extra(6));
    const weak = recognise([[...REAL.uzum.split(','), ...extra(7)]]);
    assert.equal(weak.source, null);
    assert.equal(weak.question?.code, 'source_unknown');
    assert.equal(weak.question?.candidates[0], 'uzum');
  });

  it('names the strongest other source as runner-up', () => {
    assert.equal(recognise([REAL.vendhub.split(',')]).runnerUp?.source, 'happy_workers');
  });

  it('gives the same signature to the same headers in another order and spelling, and another to others', () => {
    const one = recognise([['Дата', 'Сумма', 'Click ID']]).signature;
    assert.equal(recognise([['click_id', ' СУММА ', 'Дата']]).signature, one);
    assert.notEqual(recognise([['Дата', 'Сумма', 'Click ID', 'Ещё']]).signature, one);
  });
});

describe('what is not accepted is asked about', () => {
  const shared = 'transaction_id,transaction_time,amount,masked_pan,merchant_id,commission,status,username';

  it('(a) the columns that Payme and Uzum share in the specifications: whose is it', () => {
    const found = recognise([shared.split(',')]);
    assert.equal(found.source, null);
    assert.equal(found.question?.code, 'source_ambiguous');
    assert.deepEqual(found.question?.candidates.toSorted(), ['click', 'payme', 'uzum']);
  });

  it('(a) one exclusive name decides it', () => {
    for (const [header, source] of [
      ['phone_number', 'payme'],
      ['shop_id', 'uzum'],
      ['error_code', 'click'],
    ] as const) {
      assert.equal(recognise([`${shared},${header}`.split(',')]).source, source);
    }
  });

  it('(a) one exclusive name of each of two sources asks about these two', () => {
    const found = recognise([`${shared},phone_number,shop_id`.split(',')]);
    assert.equal(found.question?.code, 'source_ambiguous');
    assert.deepEqual(found.question?.candidates.toSorted(), ['payme', 'uzum']);
  });

  it('(a) of two candidates the one with more exclusive names wins', () => {
    assert.equal(recognise([`${shared},phone_number,shop_id,order_id`.split(',')]).source, 'uzum');
  });

  it('(b) ID and Time inside other headers make no VendHub file, and a VendHub file no gateway', () => {
    assert.equal(recognise([['Order ID', 'Delivery Time', 'Transaction Time', 'Payment ID', 'Price']]).source, null);
    assert.equal(recognise([ENGLISH[2]![1].split(',')]).source, 'vendhub');
  });

  it('(c) Статус платежа is the state of an order in one report and of a payment in another', () => {
    const field = (name: SourceName): string | null => {
      const headers = REAL[name].split(',');
      return recognise([headers]).columnFields[headers.indexOf('Статус платежа')] ?? null;
    };
    assert.equal(field('happy_workers'), 'payment_status');
    assert.equal(field('click'), 'payment_status');
    assert.equal(sources.click.fields.find((one) => one.name === 'payment_status')?.type, 'gateway_state');
    assert.equal(sources.happy_workers.fields.find((one) => one.name === 'payment_status')?.type, 'payment_status');
  });

  it('a report that lacks one needed column: names it', () => {
    const found = recognise([REAL.vendhub.split(',').filter((header) => header !== 'Тип платежа')]);
    assert.equal(found.source, null);
    assert.equal(found.question?.code, 'source_incomplete');
    assert.equal(found.question?.params['source'], 'vendhub');
    assert.equal(found.question?.params['missing'], 'payment_type');
    assert.match(String(found.question?.params['headers']), /Тип платежа/);
    assert.deepEqual(found.missing, ['payment_type']);
    assert.deepEqual(found.question?.candidates, ['vendhub']);
  });

  it('a report that lacks two needed columns is unknown', () => {
    const found = recognise([
      REAL.vendhub.split(',').filter((header) => !['Тип платежа', 'Машинный код'].includes(header)),
    ]);
    assert.equal(found.question?.code, 'source_unknown');
  });

  it('a single candidate without any exclusive header: is it this one', () => {
    const found = recognise([['Дата', 'Сумма', 'Transaction ID']]);
    assert.equal(found.source, null);
    assert.equal(found.question?.code, 'source_not_exclusive');
    assert.equal(found.question?.candidates[0], 'click');
  });

  it('an accepted source is not questioned because another lacks one column', () => {
    // Дата and Сумма alone make fiscal_bills incomplete by one.
    assert.equal(recognise([REAL.click.split(',')]).question, null);
  });

  const unknowns: [string, string][] = [
    ['a general table of coffee sales', 'date,datetime,cash_type,card,money,coffee_name'],
    ['the aggregate of another brand', 'Product,Sold,Price,Amount'],
    ['its Russian form', 'Наименование товара,Количество,Итого'],
    ['a table without any known header', 'один,два,три'],
  ];
  for (const [what, headers] of unknowns) {
    it(`${what} is unknown, with a preview`, () => {
      const rows = [headers.split(','), headers.split(',').map((_, index) => `${index}`)];
      const found = recognise(rows);
      assert.equal(found.source, null);
      assert.equal(found.question?.code, 'source_unknown');
      assert.deepEqual(found.question?.candidates, []);
      assert.deepEqual(found.preview, rows);
      assert.deepEqual(
        found.columnFields,
        rows[0]?.map(() => null),
      );
      assert.deepEqual(found.header, rows[0]);
    });
  }

  it('an empty table is unknown', () => {
    const found = recognise([[null, ' '], []]);
    assert.equal(found.question?.code, 'source_unknown');
    assert.equal(found.headerRow, null);
  });
});

describe('what the operator chose', () => {
  it('is the source, however weak its headers are', () => {
    const found = recognise([['Дата', 'Сумма', 'Transaction ID', 'a', 'b', 'c', 'd']], { source: 'click' });
    assert.equal(found.source, 'click');
    assert.equal(found.question, null);
  });

  it('is asked again while a needed column is missing', () => {
    const found = recognise([['Дата', 'Сумма', 'Номер']], { source: 'click' });
    assert.equal(found.source, null);
    assert.equal(found.question?.code, 'source_incomplete');
    assert.equal(found.question?.params['missing'], 'transaction_id');
  });

  it('names columns that no table knows, in any spelling of the header', () => {
    const found = recognise([['отчёт'], ['Когда', 'Сколько', 'Номер']], {
      source: 'click',
      columns: { ' КОГДА': 'transaction_time', Сколько: 'amount', Номер: 'transaction_id' },
    });
    assert.equal(found.source, 'click');
    assert.equal(found.headerRow, 2);
    assert.deepEqual(found.columnFields, ['transaction_time', 'amount', 'transaction_id']);
  });

  it('a chosen column goes before a known one, and null makes a known one extra data', () => {
    const columns = { 'Billing ID': 'transaction_id', Касса: null };
    const headers = REAL.click.split(',');
    const found = recognise([headers], { columns });
    assert.equal(found.source, 'click');
    assert.equal(found.columnFields[headers.indexOf('Billing ID')], 'transaction_id');
    assert.equal(found.columnFields[headers.indexOf('Click ID')], null);
    assert.equal(found.columnFields[headers.indexOf('Касса')], null);
  });

  it('completes a report that lacked one column', () => {
    const headers = REAL.vendhub.replace('Тип платежа', 'Чем платили').split(',');
    assert.equal(recognise([headers], { columns: { 'Чем платили': 'payment_type' } }).source, 'vendhub');
  });

  it('is the row of the header, by the number that the user sees', () => {
    const rows = [5, 6, 7].map((row, index) => ({ row, cells: index === 1 ? ['a', 'b'] : REAL.click.split(',') }));
    assert.equal(recogniseTable(rows, { overrides: { headerRow: 7 }, sheet: null }).headerRow, 7);
    assert.equal(recogniseTable(rows, { overrides: { headerRow: 6 }, sheet: null }).source, null);
    assert.equal(recogniseTable(rows, { overrides: { headerRow: 99 }, sheet: null }).headerRow, null);
  });
});

describe('how columns were read', () => {
  it('shows number style and spelling of times with the cell that tells', () => {
    const headers = ['Название сервиса', 'Сумма', 'Комиссия', 'receiptId', 'Дата и время'];
    const { columns } = recognise([
      headers,
      ['x', '20 000,00', 'N/A', 'a-b', '27.04.2025, 19:10:40'],
      ['x', '1', '15.000', 'a-c', null],
    ]);
    const of = (header: string): (string | null | undefined)[] => {
      const column = columns.find((one) => one.header === header);
      return [column?.field, column?.style, column?.evidence];
    };
    assert.deepEqual(of('Сумма'), ['amount', 'comma', '20 000,00']);
    assert.deepEqual(of('Комиссия'), ['commission', 'thousands', '15.000']);
    assert.deepEqual(of('Дата и время'), ['transaction_time', 'DD.MM.YYYY, HH:mm:ss', '27.04.2025, 19:10:40']);
    assert.deepEqual(of('receiptId'), ['transaction_id', null, null]);
  });
});

describe('what a recognition says of a hostile file', () => {
  it('holds no NUL and no half of a pair, which the database would refuse', () => {
    const cut = `${'x'.repeat(199)}😀`;
    const found = recognise([
      ['Сум\0ма', 'Заме\ud800тка', 'Click ID'],
      [cut, '\0', '15\udc00'],
    ]);
    assert.doesNotMatch(JSON.stringify(found), /\\u(?:0000|d8|dc)/);
    assert.deepEqual(found.header, ['Сумма', 'Заме\ufffdтка', 'Click ID']);
    assert.equal(found.columnFields[0], 'amount');
  });
});
