/** Lines that are no rows, rows that hold more than the header names, and keys that come twice. */
import { clickCsv, hwCsv } from './lines.ts';
import type { OddReport } from './odd-report.ts';

/** Up to the end of the last place where this stands. */
const cutIn = (csv: string, last: string): string => csv.slice(0, csv.lastIndexOf(last) + last.length);

const plain = clickCsv([{}, {}]).trimEnd().split('\n');

/** As exporters do that keep Excel from touching anything. */
const guarded = (csv: string): string =>
  csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(';').map((cell) => `="${cell}"`))
    .map((cells) => cells.join(';'))
    .join('\n');

export const ODD_ROWS: OddReport[] = [
  {
    title: 'with titles above, subtotals between and totals below has its sales once',
    folder: '29-preamble-subtotals-footer',
    files: [
      { name: 'plain.csv', status: 'completed', rows: { new: 2, skipped: 3, rejected: 0 } },
      {
        name: 'worded.csv',
        status: 'completed',
        rows: { new: 2, skipped: 6, rejected: 0 },
        warnings: ['period_overlap'],
      },
    ],
    records: [{ sql: 'select count(*), sum(amount) from fiscal_receipts', rows: [['4', '60000.00']] }],
  },
  {
    title: 'that repeats its header on every page has no row of it, and a service named like a total is one',
    files: [
      {
        name: 'click.csv',
        content: [
          ...plain.slice(0, 2),
          plain[0]!.toUpperCase(),
          plain[2],
          'Total for the day: 2',
          '«Итого»;;;;30000',
          'Жами сумма',
          ';;Общий итог;;30000',
          'Промежуточный итог;;;;30000',
          'Итог: 2',
          'Grand Total;;;;30000',
          'Subtotal;;;;30000',
          'Общая сумма:;;;;30000',
          ';;;Общее количество: 2',
        ].join('\n'),
        status: 'completed',
        rows: { read: 13, new: 2, skipped: 11, rejected: 0 },
      },
      {
        name: 'uzum.csv',
        content:
          'Название сервиса;Сумма;Комиссия;Тип карты;Номер карты;Статус;merchantId;receiptId;Дата и время\n' +
          'Total Coffee;15000;300;UZCARD;561400******0000;SUCCESS;9011;0b0b0b0b-0000-4000-8000-000000000259;07.01.2025, 10:00:00\n' +
          'Total;15000;300;;;;;;\n',
        status: 'completed',
        rows: { new: 1, skipped: 1 },
      },
    ],
  },
  {
    title: 'with a header and no rows is loaded, and says that it held nothing',
    files: [
      {
        name: 'uzum.csv',
        content: 'Название сервиса;Сумма;Комиссия;Тип карты;Номер карты;Статус;merchantId;receiptId;Дата и время\n',
        status: 'completed',
        rows: { new: 0, rejected: 0 },
        warnings: ['no_rows'],
      },
    ],
  },
  {
    title: 'with a note beside the table keeps order and note',
    folder: '35-note-beside-the-table',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { rejected: 0 }, warnings: ['cells_beyond_header'] }],
    records: [
      {
        sql: `select e.value from happy_workers_orders, jsonb_each_text(extra) e where e.key like 'column %'`,
        rows: [['проверено']],
      },
    ],
  },
  {
    title: 'of text with more cells than the header is refused there',
    files: [
      {
        name: 'click.csv',
        content: [plain[0], `${plain[1]};проверено`, `${plain[2]};;`].join('\n'),
        status: 'completed_with_errors',
        rows: { new: 1, rejected: 1 },
        errors: ['2 row_too_wide error'],
      },
    ],
  },
  {
    title: 'that gives one key two values says so, and the later row holds',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv([
          {},
          { 'Номер заказа': 'A1', 'Цена заказа': '16000' },
          { 'Номер заказа': 'B' },
          {
            'Номер заказа': 'B',
            'Время создания': '2025-01-07 10:02:00',
            'Время оплаты': '2025-01-07 10:02:00',
            'Срок поставки': '2025-01-07 10:02:40',
          },
        ]),
        status: 'completed',
        rows: { new: 2, updated: 1, unchanged: 1 },
        warnings: ['key_repeated'],
      },
    ],
    records: [
      {
        sql: 'select order_number, order_price from happy_workers_orders order by 1',
        rows: [
          ['A1', '16000.00'],
          ['B', '15000.00'],
        ],
      },
    ],
  },
  {
    title: 'whose every cell stands in a text guard has its sales, no total and no blank row of it',
    files: [
      {
        name: 'click.csv',
        content: guarded([...plain, 'Итого;;;;30000;;;;;', ';;;;;;;;;'].join('\n')),
        status: 'completed',
        rows: { read: 4, new: 2, skipped: 2, rejected: 0 },
      },
    ],
  },
  {
    title: 'with characters that nobody sees in totals and blank rows has neither of them',
    files: [
      {
        name: 'click.csv',
        content: [
          ...plain,
          '\u200b;;;;;;;;;',
          '\ufeff;\u200e;;;;;;;;',
          '\u202aВсего:;;;;30000',
          '\u2066Jami;;;;30000',
          'И\u00adтого;;;;30000',
          'To\u00adtal;;;;30000',
        ].join('\n'),
        status: 'completed',
        rows: { read: 8, new: 2, skipped: 6, rejected: 0 },
      },
    ],
  },
  {
    title: 'that was marked as utf-8 twice, its cells in quotes, is read',
    files: [
      {
        name: 'click.csv',
        content: `\ufeff\ufeff${plain.map((line) => line.replace(/[^;]+/g, '"$&"')).join('\n')}`,
        status: 'completed',
        rows: { new: 2 },
      },
    ],
  },
  {
    title: 'that was downloaded in part gives no payment half of an id and no order half of a time',
    files: [
      {
        name: 'click.csv',
        content: cutIn(clickCsv([{}, {}, {}]), '31000000'),
        status: 'completed_with_errors',
        rows: { read: 3, new: 2, rejected: 1 },
        warnings: ['unknown_status_values'],
        errors: ['4 cell_cut error'],
      },
      {
        name: 'hw.csv',
        content: cutIn(hwCsv([{}, {}, {}]), '2025-01-07 10:02:00;2025-01-07'),
        status: 'completed',
        rows: { read: 3, new: 3 },
        warnings: ['cells_unreadable'],
        errors: ['4 cell_cut warning'],
      },
    ],
    records: [
      { sql: 'select count(*) from gateway_payments', rows: [['2']] },
      { sql: "select count(*) from happy_workers_orders where paying_time::time = '00:00'", rows: [['0']] },
    ],
  },
  {
    title: 'whose lines end before their empty cells, the last one without a line end, has all its rows',
    files: [
      {
        name: 'click.csv',
        content: clickCsv([{ 'Статус платежа': '' }, {}, { 'Статус платежа': '' }])
          .replaceAll(/;+$/gm, '')
          .trimEnd(),
        status: 'completed',
        rows: { read: 3, new: 3 },
        warnings: ['unknown_status_values'],
      },
    ],
  },
];
