/** Times that are none, times in two columns, dates that can be read two ways, and dates far from all others. */
import { clickCsv, fiscalCsv, hwCsv } from './lines.ts';
import type { OddReport } from './odd-report.ts';

const local = (column: string) => `to_char(${column} at time zone 'Asia/Tashkent', 'YYYY-MM-DD HH24:MI:SS')`;
const two = (value: number): string => String(value).padStart(2, '0');
const many = (count: number, value: (index: number) => Record<string, string>): Record<string, string>[] =>
  Array.from({ length: count }, (_, index) => value(index));

const american = (answer?: string): OddReport['files'][number] => ({
  name: 'hw.csv',
  status: answer === undefined ? 'needs_mapping' : 'completed',
  ...(answer === undefined
    ? { question: 'date_order_ambiguous', warnings: ['zone_suspect'] }
    : {
        answers: { question: 'date_order_ambiguous', answer: { styles: { creation_time: answer } } },
        rows: { new: 3 },
        warnings: answer === 'day_first' ? ['zone_suspect'] : [],
      }),
});

export const ODD_TIMES: OddReport[] = [
  {
    title: 'saved by an American Excel is held: which comes first, the day or the month?',
    folder: '42-american-dates',
    files: [american()],
    records: [{ sql: 'select count(*) from orders', rows: [['0']] }],
  },
  {
    title: 'whose dates stand month first, as the operator says, is loaded so',
    folder: '42-american-dates',
    files: [american('month_first')],
    records: [
      {
        sql: `select ${local('creation_time')} from happy_workers_orders order by 1`,
        rows: [['2025-11-10 10:00:00'], ['2025-11-11 10:00:00'], ['2025-11-12 10:00:00']],
      },
    ],
  },
  {
    title: 'whose dates stand day first, as the operator says, is loaded so',
    folder: '42-american-dates',
    files: [american('day_first')],
    records: [
      {
        sql: `select ${local('creation_time')} from happy_workers_orders order by 1`,
        rows: [['2025-10-11 10:00:00'], ['2025-11-11 10:00:00'], ['2025-12-11 10:00:00']],
      },
    ],
  },
  {
    title:
      'with days of one month that read as days of the year is not asked about, one that reads as days in a row is',
    files: [
      {
        name: 'short.csv',
        content: clickCsv([{ Дата: '02-01-2025 9:05' }, { Дата: '02-02-2025 13:05:01' }, { Дата: '02-03-2025 10:05' }]),
        status: 'needs_mapping',
        question: 'date_order_ambiguous',
      },
      {
        name: 'days.csv',
        content: clickCsv(many(11, (index) => ({ Дата: `${two(index + 1)}.02.2025 10:00:0${index % 10}` }))),
        status: 'completed',
        rows: { new: 11 },
      },
      {
        name: 'day.csv',
        content: clickCsv([
          { Дата: '03.02.2025 10:00:00', 'Click ID': '1' },
          { Дата: '03.02.2025 20:00:00', 'Click ID': '2' },
        ]),
        status: 'completed',
        rows: { new: 2 },
        warnings: ['period_overlap'],
      },
    ],
  },
  {
    title: 'with date and time in two columns has both in one',
    folder: '43-date-and-time-apart',
    files: [{ name: 'fiscal.csv', status: 'completed', rows: { new: 2 }, warnings: ['date_time_joined'] }],
    records: [
      {
        sql: `select ${local('fiscal_time')}, extra from fiscal_receipts order by 1`,
        rows: [
          ['2025-02-13 10:00:20', null],
          ['2025-02-13 14:31:05', null],
        ],
      },
    ],
  },
  {
    title: 'with the clock in the column of the time and the date beside it has both in one',
    files: [
      {
        name: 'vh.csv',
        content:
          'ID;Номер заказа;Дата;Время;Название товара;Цена заказа;Код ИКПУ;Штрих код;Тип платежа;Машинный код\n' +
          '1;A1;07.01.2025;10:00:40;Капучино;15000;02202004001000000;;Наличные;c9a5181f0000\n' +
          '2;A2;07.01.2025;9:05;Капучино;15000;02202004001000000;;Наличные;c9a5181f0000\n' +
          '3;A3;07.01.2025;позже;Капучино;15000;02202004001000000;;Наличные;c9a5181f0000\n' +
          Array.from(
            { length: 60 },
            (_, index) =>
              `${index + 4};B${index};07.01.2025;11:${two(index)}:01;Капучино;15000;02202004001000000;;Наличные;c9a5181f0000`,
          ).join('\n'),
        status: 'completed_with_errors',
        rows: { new: 62, rejected: 1 },
        warnings: ['date_time_joined'],
        errors: ['4 time_unreadable error'],
      },
    ],
    records: [
      {
        sql: `select ${local('event_time')} from vendhub_sales where report_id < 3 order by report_id`,
        rows: [['2025-01-07 10:00:40'], ['2025-01-07 09:05:00']],
      },
    ],
  },
  {
    title: 'with date and guarded clock in two columns, some clocks none, has both in one and refuses what is no clock',
    files: [
      {
        name: 'fiscal.csv',
        content:
          '№;Дата;Время;Операция;Номер чека;Фискальный модуль;Наличные;Карта;Сумма операции\n' +
          ['="7:06:42 AM"', '\u200e19:06:42', '="8:15\u202fPM"', '0,875', 'позже', '#N/A']
            .map((clock, index) => `${index + 1};="16.06.2025";${clock};Продажа;${index + 1};LG1;15000;0;15000`)
            .join('\n'),
        status: 'completed_with_errors',
        rows: { new: 4, rejected: 2 },
        warnings: ['date_time_joined'],
        errors: ['6 time_unreadable error', '7 time_unreadable error'],
      },
    ],
    records: [
      {
        sql: `select ${local('fiscal_time')} from fiscal_receipts order by 1`,
        rows: [['2025-06-16 07:06:42'], ['2025-06-16 19:06:42'], ['2025-06-16 20:15:00'], ['2025-06-16 21:00:00']],
      },
    ],
  },
  {
    title: 'saved by an American Excel, its dates in text guards or behind a mark that nobody sees, is held too',
    files: [
      { before: '="', behind: '"' },
      { before: '\u200e', behind: '' },
    ].map(({ before, behind }) => ({
      name: 'click.csv',
      content: clickCsv(
        ['02/01/2025 9:05', '02/02/2025 13:05:01', '02/03/2025 10:05'].map((time) => ({
          Дата: `${before}${time}${behind}`,
        })),
      ),
      status: 'needs_mapping',
      question: 'date_order_ambiguous',
    })),
  },
  {
    title: 'with zero dates in optional times has no time there and all its orders',
    folder: '44-zero-dates',
    files: [{ name: 'hw.csv', status: 'completed', rows: { new: 3, rejected: 0 } }],
    records: [{ sql: 'select count(*) from happy_workers_orders where refund_time is null', rows: [['3']] }],
  },
  {
    title: 'with other spellings of never has no time there, and says which times it could not read',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv(
          [
            '—',
            '0',
            '00:00:00',
            '0000-00-00',
            '1970-01-01 05:00:00',
            '30.12.1899 00:00:00',
            '01.01.1970',
            '0001-01-01 00:00:00',
            'никогда',
          ].map((time) => ({ 'Время возврата денег': time })),
        ),
        status: 'completed',
        rows: { new: 9, rejected: 0 },
        warnings: ['cells_unreadable'],
        errors: ['10 time_unreadable warning'],
      },
    ],
    records: [{ sql: 'select count(*) from happy_workers_orders where refund_time is null', rows: [['9']] }],
  },
  {
    title: 'of days without a clock is held, and loaded as midnight when the operator says so',
    files: [
      {
        name: 'held.csv',
        content: fiscalCsv(many(20, (index) => ({ 'Дата и время': `${two(index + 11)}.03.2025` }))),
        status: 'needs_mapping',
        question: 'times_without_clock',
      },
      {
        name: 'answered.csv',
        content: fiscalCsv(many(21, (index) => ({ 'Дата и время': `2025-02-${two(index + 1)} 00:00:00` }))),
        answers: { question: 'times_without_clock', answer: { styles: { fiscal_time: 'date_only' } } },
        status: 'completed',
        rows: { new: 21 },
      },
      {
        name: 'few.csv',
        content: fiscalCsv(
          many(19, (index) => ({ 'Дата и время': `2025-05-${two(index + 1)} 00:00:00`, 'Фискальный модуль': 'LG2' })),
        ),
        status: 'completed',
        rows: { new: 19 },
      },
    ],
  },
  {
    title: 'with one date far from all others loads it, names it, and covers the others only',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(many(60, (index) => ({ ...(index === 30 && { Дата: '2024-06-01 10:00:00' }) }))),
        status: 'completed',
        rows: { new: 60 },
        warnings: ['outlying_dates'],
      },
    ],
    records: [
      {
        sql: `select ${local('covered_from')}, ${local('covered_to')} from source_coverage`,
        rows: [['2025-01-06 10:00:00', '2025-01-06 10:59:00']],
      },
    ],
  },
  {
    title: 'of two periods covers both, however far apart',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(many(20, (index) => ({ ...(index < 10 && { Дата: `2024-06-01 10:${two(index)}:00` }) }))),
        status: 'completed',
        rows: { new: 20 },
      },
    ],
  },
];
