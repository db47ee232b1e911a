/**
 * Workbooks, documents and records that programs write in ways of their own, and records that come back with another
 * order.
 */
import { clickCsv, hwCsv } from './lines.ts';
import type { OddReport } from './odd-report.ts';
import { spreadsheetXml, workbook } from './workbooks.ts';

const CLICK = `select transaction_id, amount, to_char(transaction_time at time zone 'Asia/Tashkent', 'DD.MM HH24:MI') from gateway_payments order by 1`;
const HW = 'select order_number, order_price, goods_name, taste_name from happy_workers_orders order by 1';

export const ODD_CONTAINERS: OddReport[] = [
  {
    title: 'whose inline texts also hold a number has the texts',
    folder: '17-inline-string-with-v',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { rejected: 0 } }],
    records: [
      {
        sql: HW,
        rows: [
          ['ff0000110120250118125955cdff181f0000', '15000.00', 'Капучино', null],
          ['ff0000110220250118130455cdff181f0000', '15000.00', 'Капучино', null],
        ],
      },
    ],
  },
  {
    title: 'that writes a row in pieces, one cell each, has whole rows',
    folder: '18-one-row-element-per-cell',
    files: [{ name: 'click.xlsx', status: 'completed', rows: { read: 2, new: 2, rejected: 0 } }],
    records: [
      {
        sql: CLICK,
        rows: [
          ['3100001801', '15000.00', '19.01 10:00'],
          ['3100001802', '15000.00', '19.01 10:05'],
        ],
      },
    ],
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
    records: [
      {
        sql: CLICK,
        rows: [
          ['3100003001', '15000.00', '31.01 10:10'],
          ['3100003002', '16000.00', '31.01 10:11'],
          ['3100003003', '17000.00', '31.01 10:12'],
          ['3100003004', '18000.00', '31.01 10:13'],
        ],
      },
    ],
  },
  {
    title: 'with an older draft on a hidden sheet counts what is seen, and says so',
    folder: '60-hidden-draft-sheet',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { read: 1, new: 1 }, warnings: ['hidden_sheet_skipped'] }],
    records: [{ sql: HW, rows: [['ff00003c0120250302125955c078181f0000', '15000.00', 'Капучино', null]] }],
  },
  {
    title: 'printed to pdf with names on several lines has one row for each of its rows',
    folder: '68-pdf-wrapped-cells',
    files: [{ name: 'uzum.pdf', status: 'completed', rows: { rejected: 0 } }],
    records: [
      {
        sql: 'select right(transaction_id, 4), amount, service_name from gateway_payments order by transaction_time',
        rows: [
          ['1a90', '15000.00', 'Кофейный вендинговый аппарат у остановки школы номер сто девяносто восемь'],
          ['1a91', '16000.00', 'Кофе'],
          ['1a92', '17000.00', 'Вендинговый аппарат в торговом центре на втором этаже у лифта'],
          ['1a93', '18000.00', 'Кофе'],
        ],
      },
    ],
  },
  {
    title: 'whose first shared text is empty has no text there, and all others',
    folder: '78-first-shared-string-empty',
    files: [{ name: 'hw.xlsx', status: 'completed', rows: { read: 2, new: 2 } }],
    records: [
      {
        sql: HW,
        rows: [
          ['ff00004e0120250320125955cd68181f0000', '15000.00', 'Капучино', null],
          ['ff00004e0220250320130455cd68181f0000', '15000.00', 'Капучино', null],
        ],
      },
    ],
  },
  {
    title: 'of Crystal Reports, with its workbook in capitals, is the same as with one in usual letters',
    folder: '81-xls-stream-in-capitals',
    files: [
      { name: 'plain.xls', status: 'completed', rows: { new: 20, rejected: 0 } },
      { name: 'capital.xls', status: 'completed', rows: { new: 20, rejected: 0 }, warnings: ['period_overlap'] },
    ],
    records: [
      {
        sql: `select count(*), count(distinct billing_id), min(to_char(transaction_time at time zone 'Asia/Tashkent', 'YYYY-MM-DD HH24:MI')) from gateway_payments`,
        rows: [['40', '40', '2025-03-23 10:10']],
      },
    ],
  },
  {
    title: 'of Excel 97 with errors of a spreadsheet is refused only where a row needs the value',
    files: [
      {
        name: 'hw.xls',
        content: workbook({ sheet1: hwCsv([{}, {}, {}, {}, {}]) }, 'biff8', ({ sheet1 }) => {
          const errors = { A2: 0x2a, G3: 0x17, K4: 0x0f, B5: 0x1d, H6: 0x24 };
          for (const [cell, v] of Object.entries(errors)) sheet1![cell] = { t: 'e', v };
        }),
        status: 'completed_with_errors',
        rows: { new: 2, rejected: 3 },
        warnings: ['cells_unreadable'],
        errors: [
          '2 error_cell error',
          '3 error_cell error',
          '4 error_cell warning',
          '5 error_cell error',
          '6 error_cell warning',
        ],
      },
    ],
    records: [{ sql: 'select order_number from orders order by 1', rows: [['A3'], ['A5']] }],
  },
  {
    title: 'in the XML of Excel 2003 that counts its days from 1904 has its times',
    files: [
      {
        name: 'click.xls',
        content: spreadsheetXml({
          before: '<ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"><Date1904/></ExcelWorkbook>',
          sheets: [{ name: 'a', rows: clickCsv([{ Дата: String(45_663.5 - 1_462) }]) }],
        }),
        status: 'completed',
        rows: { new: 1 },
      },
    ],
    records: [{ sql: CLICK, rows: [['3100000001', '15000.00', '06.01 12:00']] }],
  },
  {
    title: 'in the XML of Excel 2003 with an older draft on a hidden sheet counts what is seen, and says so',
    files: [
      {
        name: 'click.xls',
        content: spreadsheetXml({
          sheets: [
            { name: 'draft', rows: clickCsv([{ Сумма: '99000' }]), visible: 'SheetHidden' },
            { name: 'shown', rows: clickCsv([{}]), visible: 'SheetVisible' },
            { name: 'older', rows: clickCsv([{ Сумма: '98000' }]), visible: 'SheetVeryHidden' },
          ],
        }),
        status: 'completed',
        rows: { read: 1, new: 1 },
        warnings: ['hidden_sheet_skipped', 'hidden_sheet_skipped'],
      },
    ],
    records: [{ sql: CLICK, rows: [['3100000001', '15000.00', '06.01 10:00']] }],
  },
  {
    title: 'with a sheet beside it that is too small for a report says that it was not read',
    files: [
      {
        name: 'click.xlsx',
        content: workbook({ payments: clickCsv([{}]), salaries: 'Имя;Оклад\nИван;100\nПётр;200\n' }),
        status: 'completed',
        rows: { read: 1, new: 1 },
        warnings: ['small_sheets_skipped'],
      },
    ],
  },
  {
    title: 'that gives a known record to another order moves it there',
    folder: '73-reused-report-id-detail',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
      { name: '1.csv', status: 'completed', rows: { new: 1 } },
      { name: '2.csv', status: 'completed', rows: { updated: 1 } },
    ],
    records: [
      {
        sql: 'select o.order_number, v.order_number from vendhub_sales v join orders o on o.id = v.order_id',
        rows: [['ff0000490220250315130455c2b4181f0000', 'ff0000490220250315130455c2b4181f0000']],
      },
    ],
  },
  {
    title: 'whose VendHub id comes back with another order stands with that order, after a full re-run too',
    folder: '83-reused-id-after-full-run',
    files: [
      { name: 'hw.csv', status: 'completed', rows: { new: 2 } },
      { name: '1.csv', status: 'completed', rows: { new: 1 } },
      { name: '2.csv', status: 'completed', rows: { updated: 1 } },
    ],
    rerun: { from: '2025-03-25', to: '2025-03-25' },
    records: [
      {
        sql: 'select v.order_number, o.order_number from vendhub_sales v join orders o on o.id = v.order_id',
        rows: [['ff0000530220250325130455c81d181f0000', 'ff0000530220250325130455c81d181f0000']],
      },
    ],
    orders: { ff0000530120250325125955c81d181f0000: 'hw_only', ff0000530220250325130455c81d181f0000: 'matched' },
  },
];
