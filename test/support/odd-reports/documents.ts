/** Reports printed to pdf by programs that set and cut tables in ways of their own. */
import type { OddReport } from './odd-report.ts';

const numbers = (from: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + step * index);

export const ODD_DOCUMENTS: OddReport[] = [
  {
    title:
      'printed by a browser in small type has one row for each of its rows, those too that a page’s end cuts in two',
    folder: 'rows-cut-by-pages',
    files: [
      { name: 'uzum.pdf', status: 'completed', rows: { new: 21, rejected: 0 } },
      { name: 'hw.pdf', status: 'completed', rows: { new: 16, rejected: 0 } },
    ],
    records: [
      {
        sql: `select amount::int, right(transaction_id, 2)::int, left(service_name, 7), length(service_name)
          from gateway_payments order by 1`,
        rows: numbers(15_000, 100, 21).map((amount, at) => {
          const [begins, letters] = [
            ['Кофейны', '73'],
            ['Кофе', '4'],
            ['Вендинг', '76'],
            ['Кофе', '4'],
            ['Аппарат', '92'],
          ][at % 5] as [string, string];
          return [String(amount), String(at), begins, letters];
        }),
      },
      {
        sql: `select order_price::int, left(order_number, 10), length(order_number), brew_status, refund_time is null
          from happy_workers_orders order by 1`,
        rows: numbers(15_000, 100, 16).map((price, at) => [
          String(price),
          `ff000068${String(at).padStart(2, '0')}`,
          '36',
          'delivered',
          'true',
        ]),
      },
    ],
  },
];
