/** Workbooks, documents and records that programs write in ways of their own, and records that come back with another order. */
import type { OddReport } from './odd-report.ts';

const CLICK = `select transaction_id, amount, to_char(transaction_time at time zone 'Asia/Tashkent', 'DD.MM HH24:MI') from gateway_payments order by 1`;
const HW = 'select order_number, order_price, goods_name, taste_name from happy_workers_orders order by 1';

export const ODD_CONTAINERS: OddReport[] = [
  {
    title: 'whose inline texts also hold a number has the texts',
    folder: '17-inline-string-with-v',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { rejected: 0 } }],
    records: [{ sql: HW, rows: [] }],
  },
  {
    title: 'that writes a row in pieces, one cell each, has whole rows',
    folder: '18-one-row-element-per-cell',
    files: [{ name: 'click.xlsx', status: 'completed', rows: { read: 2, new: 2, rejected: 0 } }],
    records: [{ sql: CLICK, rows: [] }],
  },
  {
    title: 'in the 1904 system has its times, though the cells lost their date format',
    folder: '24-1904-general-serial',
    files: [{ name: 'vh.xlsx', status: 'completed', rows: { new: 1, rejected: 0 } }],
    records: [
      {
        sql: `select to_char(event_time at time zone 'Asia/Tashkent', 'YYYY-MM-DD HH24:MI:SS') from vendhub_sales`,
        rows: [['2025-01-25 10:00:40']],
      },
    ],
  },
  {
    title: 'with a quote that never closes keeps every line with its own amount and time',
    folder: '30-opening-quote-swallows-rows',
    files: [{ name: 'click.csv', status: 'completed', rows: { read: 4, new: 4, rejected: 0 } }],
    records: [{ sql: CLICK, rows: [] }],
  },
  {
    title: 'with an older draft on a hidden sheet counts what is seen, and says so',
    folder: '60-hidden-draft-sheet',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { read: 1, new: 1 }, warnings: ['hidden_sheet_skipped'] }],
    records: [{ sql: HW, rows: [] }],
  },
  {
    title: 'printed to pdf with names on several lines has one row for each of its rows',
    folder: '68-pdf-wrapped-cells',
    files: [{ name: 'uzum.pdf', status: 'completed', rows: { rejected: 0 } }],
    records: [{ sql: 'select right(transaction_id, 4), amount, service_name from gateway_payments order by transaction_time', rows: [] }],
  },
  {
    title: 'whose first shared text is empty has no text there, and all others',
    folder: '78-first-shared-string-empty',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { read: 2, new: 2 } }],
    records: [{ sql: HW, rows: [] }],
  },
  {
    title: 'of Crystal Reports, with its workbook in capitals, is the same as with one in usual letters',
    folder: '81-xls-stream-in-capitals',
    files: [
      { name: 'plain.xls', status: 'completed', rows: { rejected: 0 } },
      { name: 'capital.xls', status: 'completed', rows: { rejected: 0 } },
    ],
    records: [{ sql: CLICK, rows: [] }],
  },
  {
    title: 'that gives a known record to another order moves it there',
    folder: '73-reused-report-id-detail',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
      { name: '1.csv', status: 'completed', rows: { new: 1 } },
      { name: '2.csv', status: 'completed', rows: { updated: 1 } },
    ],
    records: [{ sql: 'select o.order_number, v.order_number from vendhub_sales v join orders o on o.id = v.order_id', rows: [] }],
    orders: {},
  },
];
