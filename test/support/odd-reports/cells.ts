/** Cells that hold something beside their value, or less of it. */
import { clickCsv, fiscalCsv, hwCsv, vhCsv, withoutColumn } from './lines.ts';
import type { OddReport } from './odd-report.ts';

const payments = (columns: string) => `select ${columns} from gateway_payments order by natural_key`;
const local = (column: string) => `to_char(${column} at time zone 'Asia/Tashkent', 'YYYY-MM-DD HH24:MI:SS')`;

export const ODD_CELLS: OddReport[] = [
  {
    title: 'with a typographic minus before an amount has a reversal there, never a payment',
    folder: '05-unicode-minus-refund',
    files: [{ name: 'click.csv', status: 'completed', rows: { new: 2, rejected: 0 } }],
    records: [
      {
        sql: payments('transaction_id, amount, payment_status'),
        rows: [
          ['3100000501', '15000.00', 'cancelled'],
          ['3100000502', '15000.00', 'success'],
        ],
      },
    ],
  },
  {
    title: 'with a minus of any spelling before a gateway amount has a reversal there',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['-15000', '–15 000', '15000-', '(15000)', '\u221215\u00a0000,00 сум'].map((Сумма) => ({ Сумма })),
        ),
        status: 'completed',
        rows: { new: 5 },
      },
    ],
    records: [
      { sql: 'select distinct amount, payment_status from gateway_payments', rows: [['15000.00', 'cancelled']] },
    ],
  },
  {
    title: 'that writes fees as what they take off has the fees',
    files: [
      {
        name: 'uzum.csv',
        content:
          'Название сервиса;Сумма;Комиссия;Тип карты;Номер карты;Статус;merchantId;receiptId;Дата и время\n' +
          'Кофе;15000;-300;UZCARD;561400******0000;SUCCESS;9011;0b0b0b0b-0000-4000-8000-000000000259;07.01.2025, 10:00:00\n',
        status: 'completed',
        rows: { new: 1 },
      },
    ],
    records: [{ sql: payments('amount, commission, payment_status'), rows: [['15000.00', '300.00', 'success']] }],
  },
  {
    title: 'with dashes where there is nothing has nothing there',
    folder: '06-dash-for-nothing',
    files: [
      { name: 'uzum.csv', status: 'completed', rows: { new: 1 } },
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
    ],
    records: [
      { sql: 'select commission from gateway_payments', rows: [[null]] },
      { sql: 'select count(*) from happy_workers_orders where refund_time is null', rows: [['2']] },
    ],
  },
  {
    title: 'with blanks of any kind between thousands has whole amounts',
    folder: '07-odd-thousand-blanks',
    files: [{ name: 'click.csv', status: 'completed', rows: { new: 7, rejected: 0 } }],
    records: [{ sql: 'select distinct amount from gateway_payments', rows: [['15000.00']] }],
  },
  {
    title: 'whose numbers stand in a text guard of Excel has the numbers',
    folder: '12-excel-text-guard',
    files: [
      { name: 'a.csv', status: 'completed', rows: { new: 1 } },
      { name: 'b.csv', status: 'completed', rows: { new: 1, updated: 1 }, warnings: ['period_overlap'] },
      { name: 'c.csv', status: 'completed', rows: { new: 1 } },
    ],
    records: [
      {
        sql: payments('transaction_id, amount'),
        rows: [
          ['3100001201', '15000.00'],
          ['3100001202', '15000.00'],
          ['3100001203', '15000.00'],
        ],
      },
    ],
  },
  {
    title: 'whose numbers are guarded by formulas of other kinds has the numbers',
    files: [
      {
        name: 'click.csv',
        content: clickCsv([
          { 'Click ID': '=3100001204', Сумма: '=15000' },
          { 'Click ID': '"=T(""3100001205"")"', 'Идент-р': '=""' },
        ]),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
    records: [
      {
        sql: payments('transaction_id, amount, merchant_order_id'),
        rows: [
          ['3100001204', '15000.00', '40001'],
          ['3100001205', '15000.00', null],
        ],
      },
    ],
  },
  {
    title: 'whose ids Excel shortened is refused there, row by row',
    folder: '13-ids-in-scientific-notation',
    files: [
      {
        name: 'click.csv',
        status: 'completed_with_errors',
        rows: { new: 0, rejected: 2 },
        errors: [
          '2 id_in_scientific_notation error',
          '2 id_in_scientific_notation warning',
          '3 id_in_scientific_notation error',
          '3 id_in_scientific_notation warning',
        ],
      },
    ],
  },
  {
    title: 'whose ids were taken for numbers has the ids, and hex codes are no numbers',
    files: [
      {
        name: 'vh.csv',
        content: vhCsv([
          { 'Номер заказа': '885.0', 'Машинный код': '5e71181f0000' },
          { 'Номер заказа': '886,00', 'Машинный код': '3E71181F0000' },
          { 'Номер заказа': '3.12e+9' },
          { 'Номер заказа': '3E+09' },
          { 'Номер заказа': "'887", 'Код ИКПУ': '2,202E+15' },
          { 'Номер заказа': '888', ID: '8,77E+03' },
          { 'Номер заказа': '3\u00a0100\u00a0001\u00a0201', 'Код ИКПУ': '2 202 004 001 000 000' },
        ]),
        status: 'completed_with_errors',
        rows: { new: 5, rejected: 2 },
        warnings: ['cells_unreadable'],
        errors: [
          '4 id_in_scientific_notation error',
          '5 id_in_scientific_notation error',
          '6 id_in_scientific_notation warning',
          '7 id_in_scientific_notation warning',
        ],
      },
    ],
    records: [
      {
        sql: 'select order_number, machine_code, ikpu from vendhub_sales order by 1',
        rows: [
          ['3100001201', 'c9a5181f0000', '02202004001000000'],
          ['885', '5e71181f0000', '02202004001000000'],
          ['886', '3e71181f0000', '02202004001000000'],
          ['887', 'c9a5181f0000', null],
          ['888', 'c9a5181f0000', '02202004001000000'],
        ],
      },
    ],
  },
  {
    title: 'with the errors of a spreadsheet is refused only where a row needs the value',
    folder: '16-excel-error-cells',
    files: [
      {
        name: 'hw.xlsx',
        status: 'completed_with_errors',
        rows: { new: 1, rejected: 3 },
        warnings: ['cells_unreadable'],
        errors: ['2 error_cell error', '3 error_cell error', '4 error_cell error', '5 error_cell warning'],
      },
    ],
    records: [{ sql: `select count(*) from orders where order_number like '#%'`, rows: [['0']] }],
  },
  {
    title: 'with Russian errors of a spreadsheet has no value there',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv([
          { 'Номер заказа': '#Н/Д' },
          { 'Цена заказа': '#ДЕЛ/0!' },
          { 'Срок поставки': '#ССЫЛКА!', 'Статус варки': '#ИМЯ?' },
          { 'Машинный код': '#ЗНАЧ!' },
          { 'Срок поставки': '########' },
        ]),
        status: 'completed_with_errors',
        rows: { new: 2, rejected: 3 },
        warnings: ['cells_unreadable'],
        errors: [
          '2 error_cell error',
          '3 error_cell error',
          '4 error_cell warning',
          '4 error_cell warning',
          '5 error_cell error',
          '6 error_cell warning',
        ],
      },
    ],
    records: [
      {
        sql: 'select order_number, brew_status, delivery_time from happy_workers_orders order by 1',
        rows: [
          ['A3', null, null],
          ['A5', 'delivered', null],
        ],
      },
    ],
  },
  {
    title: 'with invisible characters in numbers and codes has the same orders as one without',
    folder: '46-invisible-characters',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 4 } },
      { name: 'vh.csv', status: 'completed', rows: { new: 4 } },
    ],
    orders: Object.fromEntries(
      [
        'ff00002e0120250216125955',
        'ff00002e0220250216130455',
        'ff00002e0320250216130955',
        'ff00002e0420250216131455',
      ].map((number) => [`${number}cf4a181f0000`, 'matched']),
    ),
  },
  {
    title: 'whose headers were copied from a web page is recognised',
    folder: '72-soft-hyphen-in-header',
    files: [{ name: 'click.csv', status: 'completed', rows: { new: 1 } }],
    records: [
      {
        sql: payments(`${local('transaction_time')}, amount, merchant_order_id`),
        rows: [['2025-03-14 10:00:00', '15000.00', '40001']],
      },
    ],
  },
  {
    title: 'of returns with minus amounts is read like one with plus amounts',
    folder: '40-negative-return-receipt',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
      { name: 'vh.csv', status: 'completed', rows: { new: 2 } },
      { name: 'fiscal.csv', status: 'completed', rows: { new: 4, rejected: 0 } },
    ],
    records: [
      {
        sql: 'select fiscal_check_number, operation_type, cash_amount, amount from fiscal_receipts order by 1',
        rows: [
          ['1', 'sale', '15000.00', '15000.00'],
          ['2', 'return', '15000.00', '15000.00'],
          ['3', 'sale', '15000.00', '15000.00'],
          ['4', 'return', '15000.00', '15000.00'],
        ],
      },
    ],
    orders: {
      ff0000280120250210125955c5a5181f0000: 'fully_matched',
      ff0000280220250210130455c5a5181f0000: 'fully_matched',
    },
    issues: { ff0000280120250210125955c5a5181f0000: [], ff0000280220250210130455c5a5181f0000: [] },
  },
  {
    title: 'of sales below zero is refused there, and a sale for nothing is named unless it is VIP or a test',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv([
          { 'Цена заказа': '-15000' },
          { 'Цена заказа': '0' },
          { 'Цена заказа': '0', 'Ресурс заказа': 'VIP' },
          { 'Цена заказа': '0', 'Ресурс заказа': 'testShipment' },
        ]),
        status: 'completed_with_errors',
        rows: { new: 3, rejected: 1 },
        warnings: ['zero_amounts'],
        errors: ['2 amount_negative error', '3 amount_zero warning'],
      },
      {
        name: 'fiscal.csv',
        content: fiscalCsv([{ Наличные: '-15000', 'Сумма операции': '-15000' }, {}, { Наличные: 'н', Карта: '0' }]),
        status: 'completed_with_errors',
        rows: { new: 2, rejected: 1 },
        warnings: ['cells_unreadable'],
        errors: ['2 amount_negative error', '4 number_unreadable warning'],
      },
    ],
  },
  {
    title: 'that Excel saved again without seconds changes nothing that is known better',
    folder: '70-excel-resave-degrades',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
      { name: 'vh.csv', status: 'completed', rows: { new: 2 } },
      { name: 'fiscal.csv', status: 'completed', rows: { new: 2 } },
      {
        name: 'hw2.csv',
        status: 'completed',
        rows: { unchanged: 2, updated: 0, changed: 0 },
        warnings: ['coarser_values', 'period_overlap'],
      },
      {
        name: 'vh2.csv',
        status: 'completed',
        rows: { unchanged: 2, updated: 0, changed: 0 },
        warnings: ['cells_unreadable', 'coarser_values', 'period_overlap'],
        errors: ['2 id_in_scientific_notation warning', '3 id_in_scientific_notation warning'],
      },
    ],
    records: [
      {
        sql: `select ${local('creation_time')}, ${local('delivery_time')} from happy_workers_orders order by 1`,
        rows: [
          ['2025-03-12 10:00:48', '2025-03-12 10:01:28'],
          ['2025-03-12 10:05:48', '2025-03-12 10:06:28'],
        ],
      },
      { sql: `select distinct ikpu from vendhub_sales`, rows: [['02202004001000000']] },
    ],
    orders: {
      ff0000460120250312130043c5e1181f0000: 'fully_matched',
      ff0000460220250312130543c5e1181f0000: 'fully_matched',
    },
  },
  {
    title: 'without ids of its records has each of them once, however coarsely its times are written later',
    files: [
      { name: 'vh.csv', content: withoutColumn(vhCsv([{}, {}]), 'ID'), status: 'completed', rows: { new: 2 } },
      {
        name: 'vh2.csv',
        content: withoutColumn(vhCsv([{ Время: '07.01.2025 10:00' }, { Время: '07.01.2025 10:01' }]), 'ID'),
        status: 'completed',
        rows: { new: 0, unchanged: 2 },
        warnings: ['coarser_values', 'period_overlap'],
      },
      {
        name: 'fiscal.csv',
        content: withoutColumn(fiscalCsv([{ 'Дата и время': '10.02.2025 10:00' }, {}]), 'Фискальный модуль'),
        status: 'completed',
        rows: { new: 2 },
      },
      {
        name: 'fiscal2.csv',
        content: withoutColumn(fiscalCsv([{}, { 'Дата и время': '10.02.2025' }]), 'Фискальный модуль'),
        status: 'completed',
        rows: { new: 0, updated: 1, unchanged: 1 },
        warnings: ['coarser_values', 'period_overlap'],
      },
    ],
    records: [
      {
        sql: `select ${local('event_time')} from vendhub_sales order by 1`,
        rows: [['2025-01-07 10:00:40'], ['2025-01-07 10:01:40']],
      },
      {
        sql: `select ${local('fiscal_time')} from fiscal_receipts order by 1`,
        rows: [['2025-02-10 10:00:20'], ['2025-02-10 10:01:20']],
      },
    ],
  },
  {
    title: 'that says only the day, or an amount without cents, of what is known changes nothing; a new value does',
    files: [
      { name: 'click.csv', content: clickCsv([{ Сумма: '15000,49' }, {}, {}]), status: 'completed', rows: { new: 3 } },
      {
        name: 'later.csv',
        content: clickCsv([{ Сумма: '15000' }, { Дата: '06.01.2025' }, { Дата: '06.01.2025 11:00' }]),
        status: 'completed',
        rows: { updated: 1, changed: 1, unchanged: 2 },
        warnings: ['coarser_values', 'period_overlap'],
      },
    ],
    records: [
      {
        sql: payments(`amount, ${local('transaction_time')}`),
        rows: [
          ['15000.49', '2025-01-06 10:00:00'],
          ['15000.00', '2025-01-06 10:01:00'],
          ['15000.00', '2025-01-06 11:00:00'],
        ],
      },
    ],
  },
];
