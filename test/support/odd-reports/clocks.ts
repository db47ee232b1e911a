/** Clocks beside dates as programs write them, and dates whose order the rest of the file tells. */
import { clickCsv, fiscalCsv } from './lines.ts';
import type { OddReport } from './odd-report.ts';
import { dateCells, workbook } from './workbooks.ts';

const local = (column: string) => `to_char(${column} at time zone 'Asia/Tashkent', 'YYYY-MM-DD HH24:MI:SS')`;
const RECEIPTS = `select ${local('fiscal_time')} from fiscal_receipts order by 1`;
const PAYMENTS = `select ${local('transaction_time')} from gateway_payments order by natural_key`;
const inOrder = (...times: string[]): [string][] => times.map((time) => [time]);

/** Receipts with their date in one column and more columns behind it. */
const receipts = (header: string, rows: readonly string[], date = '16.06.2025'): string =>
  `№;Дата;${header};Операция;Номер чека;Фискальный модуль;Наличные;Карта;Сумма операции\n` +
  rows.map((cells, index) => `${index + 1};${date};${cells};Продажа;${index + 1};LG1;15000;0;15000\n`).join('');

const american = (days: readonly number[]) =>
  clickCsv(
    days.map((day) => ({
      Дата: day > 12 ? `1/${day}/2025 10:00` : `2025-${String(day).padStart(2, '0')}-01 10:00:00`,
    })),
  );

export const ODD_CLOCKS: OddReport[] = [
  {
    title: 'with the clock of something else nearer to its dates has the clock of its rows',
    files: [
      {
        name: 'fiscal.csv',
        content: receipts('Время открытия смены;Время', ['08:00:00;10:00:20', '08:00:00;14:31:05']),
        status: 'completed',
        rows: { new: 2 },
        warnings: ['date_time_joined'],
      },
      {
        name: 'shift.csv',
        content: receipts('Время закрытия смены', ['22:00:00', '22:00:00']).replaceAll('LG1', 'LG2'),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
    records: [
      {
        sql: `select fiscal_module, ${local('fiscal_time')} from fiscal_receipts order by natural_key`,
        rows: [
          ['LG1', '2025-06-16 10:00:20'],
          ['LG1', '2025-06-16 14:31:05'],
          ['LG2', '2025-06-16 00:00:00'],
          ['LG2', '2025-06-16 00:00:00'],
        ],
      },
    ],
  },
  {
    title: 'with a clock missing beside its date is refused there, and not of midnight',
    files: [
      {
        name: 'fiscal.csv',
        content: receipts('Время', ['10:00:20', '', '-', '14:31:05']),
        status: 'completed_with_errors',
        rows: { new: 2, rejected: 2 },
        warnings: ['date_time_joined'],
        errors: ['3 time_unreadable error', '4 time_unreadable error'],
      },
    ],
    records: [{ sql: RECEIPTS, rows: inOrder('2025-06-16 10:00:20', '2025-06-16 14:31:05') }],
  },
  {
    title: 'whose clocks hang on a day that is none, stand with dots or say the date again has the times',
    files: [
      '30.12.1899 10:00:20|01.01.0001 10:00:20|1970-01-01 10:00:20|12/30/1899 10:00:20',
      '10.00.20|9.05.01',
      '16.06.2025 10:00:20|16.06.2025 9:05',
    ].map((clocks, index) => ({
      name: `fiscal${index}.csv`,
      content: receipts('Время', clocks.split('|')).replaceAll('LG1', `LG${index}`),
      status: 'completed',
      rows: { rejected: 0, skipped: 0 },
      warnings: ['date_time_joined', ...(index > 0 ? ['period_overlap'] : [])],
    })),
    records: [
      {
        sql: `select fiscal_module, string_agg(distinct to_char(fiscal_time at time zone 'Asia/Tashkent', 'HH24:MI:SS'), ' ')
          from fiscal_receipts group by 1 order by 1`,
        rows: [
          ['LG0', '10:00:20'],
          ['LG1', '09:05:01 10:00:20'],
          ['LG2', '09:05:00 10:00:20'],
        ],
      },
    ],
  },
  {
    title: 'whose clocks a spreadsheet parted from the dates, into a column without a name, has both in one',
    files: [
      {
        name: 'fiscal.csv',
        content: receipts('', ['10:00:20', '14:31:05']),
        status: 'completed',
        rows: { new: 2 },
        warnings: ['date_time_joined'],
      },
    ],
    records: [{ sql: RECEIPTS, rows: inOrder('2025-06-16 10:00:20', '2025-06-16 14:31:05') }],
  },
  {
    title: 'with two clocks in a cell is refused there, and a zone west of Greenwich is one',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          [
            '2025-01-06 10:00-12:00',
            '2025-01-06 10:00 - 12:00',
            '2025-01-06T10:00:00-05:00',
            '2025-01-06 10:00:07-05',
          ].map((Дата) => ({ Дата })),
        ),
        status: 'completed_with_errors',
        rows: { new: 2, rejected: 2 },
        errors: ['2 time_unreadable error', '3 time_unreadable error'],
      },
    ],
    records: [{ sql: PAYMENTS, rows: inOrder('2025-01-06 20:00:00', '2025-01-06 20:00:07') }],
  },
  {
    title: 'whose period and dates stand month first, as the operator says, covers that period',
    files: [
      {
        name: 'click.csv',
        content:
          'Period: 01/02/2025 - 01/06/2025\n' +
          clickCsv(['01/03/2025 10:00', '01/04/2025 10:00', '01/05/2025 10:00'].map((Дата) => ({ Дата }))),
        answers: {
          question: 'date_order_ambiguous',
          answer: { styles: { transaction_time: 'month_first' } },
        },
        status: 'completed',
        rows: { new: 3 },
      },
    ],
    records: [
      {
        sql: `select ${local('covered_from')}, ${local('covered_to')} from source_coverage`,
        rows: [['2025-01-02 00:00:00', '2025-01-06 23:59:59']],
      },
    ],
  },
  {
    title: 'with dates that leave their order open beside others that do not is asked about what the file shows',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['01/02/2025 10:00', '01/03/2025 10:00', '2025-01-04 10:00:00', '2025-01-05 10:00:00'].map((Дата) => ({
            Дата,
          })),
        ),
        status: 'needs_mapping',
        question: 'date_order_ambiguous',
      },
      {
        name: 'days.csv',
        content: clickCsv(['03.02.2025 10:00', '04.02.2025 10:00', '2025-02-05 10:00:00'].map((Дата) => ({ Дата }))),
        status: 'completed',
        rows: { new: 3 },
      },
    ],
  },
  {
    title: 'with one date month first among many of the calendar is refused there and loads the others',
    files: [
      {
        name: 'typo.csv',
        content: clickCsv(
          Array.from({ length: 30 }, (_, index): Record<string, string> =>
            index === 7 ? { Дата: '01/13/2025 10:00' } : {},
          ),
        ),
        status: 'completed_with_errors',
        rows: { new: 29, rejected: 1 },
        errors: ['9 time_unreadable error'],
      },
    ],
  },
  {
    title:
      'of America that a European spreadsheet opened, which took days for months where it could, has its days again',
    files: [
      {
        name: 'click.xlsx',
        content: workbook({ a: american([6, 7, 13, 14]) }, 'xlsx', ({ a }) => dateCells(a!, 'A')),
        answers: {
          question: 'date_order_ambiguous',
          answer: { styles: { transaction_time: 'month_first' } },
        },
        status: 'completed',
        rows: { new: 4 },
      },
    ],
    records: [
      {
        sql: PAYMENTS,
        rows: inOrder('2025-01-06 10:00:00', '2025-01-07 10:00:00', '2025-01-13 10:00:00', '2025-01-14 10:00:00'),
      },
    ],
  },
  {
    title: 'of days only, in a few rows, is loaded as it is',
    files: [
      {
        name: 'fiscal.csv',
        content: fiscalCsv([{ 'Дата и время': '16.06.2025' }, { 'Дата и время': '17.06.2025' }]),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
  },
];
