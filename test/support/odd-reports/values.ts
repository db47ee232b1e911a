/** Values that other programs, countries and hands wrote: each is what it is, or its row says that nobody can tell. */
import { clickCsv, fiscalCsv, hwCsv, vhCsv } from './lines.ts';
import type { OddReport } from './odd-report.ts';

const payments = (columns: string) => `select ${columns} from gateway_payments order by natural_key`;
const refused = (rows: readonly number[], code: string): string[] => rows.map((row) => `${row} ${code} error`);

export const ODD_VALUES: OddReport[] = [
  {
    title: 'with two amounts in one cell, or an amount cut by a blank, is refused there and never of a billion',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['15 000 20 000', '15000 16000', '1500 00', '2025 01 07', '15 000 сум 16 000 сум', '"15000\n20000"'].map(
            (Сумма) => ({ Сумма }),
          ),
        ),
        status: 'completed_with_errors',
        rows: { new: 0, rejected: 6 },
        errors: refused([2, 3, 4, 5, 6, 7], 'number_unreadable'),
      },
    ],
  },
  {
    title: 'with amounts and their currency in other words and marks has the amounts',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['15 000 сумов', 'sum 15000', '15 000 UZS.', '15000 so´m', '15´000', '15′000', '15 000 ,00'].map((Сумма) => ({
            Сумма,
          })),
        ),
        status: 'completed',
        rows: { new: 7 },
      },
    ],
    records: [{ sql: 'select distinct amount from gateway_payments', rows: [['15000.00']] }],
  },
  {
    title:
      'with what databases and people write for nothing in an id has no such id, and refuses it where it is needed',
    files: [
      {
        name: 'click.csv',
        content: clickCsv([
          ...['--', '(null)', '\\N', 'nil', 'undefined', '<NULL>', 'NA', '…', 'н/д', 'нет'].map((id) => ({
            'Click ID': id,
          })),
          { 'Идент-р': '(null)', 'Способ оплаты': '---' },
        ]),
        status: 'completed_with_errors',
        rows: { new: 1, rejected: 10 },
        errors: refused([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 'required_missing'),
      },
    ],
    records: [{ sql: payments('merchant_order_id, card_number'), rows: [[null, null]] }],
  },
  {
    title: 'whose ids stand between marks of programs and people, or are parted like amounts, has the ids',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          [
            '`3100000001',
            '’3100000002',
            "'3100000003'",
            '"""3100000004"""',
            '№3100000005',
            '# 3100000006',
            '3,100,000,007',
            '3.100.000.008',
            '3’100’000’009',
            '1,000',
          ].map((id) => ({ 'Click ID': id })),
        ),
        status: 'completed',
        rows: { new: 10 },
      },
    ],
    records: [
      {
        sql: payments('transaction_id'),
        rows: [['1000'], ...Array.from({ length: 9 }, (_, index) => [String(3_100_000_001 + index)])],
      },
    ],
  },
  {
    title: 'with formulas in place of ids has what they spell out, and refuses what only a spreadsheet can work out',
    files: [
      {
        name: 'click.csv',
        content: clickCsv([
          { 'Click ID': '"=HYPERLINK(""https://x"";""3100000001"")"' },
          { 'Click ID': '="31"&"00000002"' },
          { 'Click ID': '=A2' },
          { 'Click ID': '=N(3100000004)' },
          { 'Идент-р': '=B2&C2' },
          { Сумма: '=B2*3' },
        ]),
        status: 'completed_with_errors',
        rows: { new: 3, rejected: 3 },
        warnings: ['cells_unreadable'],
        errors: [
          '4 formula_without_value error',
          '5 formula_without_value error',
          '6 formula_without_value warning',
          '7 formula_without_value error',
        ],
      },
    ],
    records: [{ sql: payments('transaction_id'), rows: [['3100000001'], ['3100000002'], ['3100000005']] }],
  },
  {
    title: 'whose cells all begin with the apostrophe that keeps a spreadsheet off has its rows',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv([{}, {}]).replace(/[^;\n]+/g, "'$&"),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
  },
  {
    title: 'whose ids were shortened with a Cyrillic letter, a blank or a power of ten is refused there',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['3,12Е+09', '3,12 E+09', '=3,12E+09', '3,12*10^9', '3.12×10⁹'].map((id) => ({ 'Click ID': id })),
        ),
        status: 'completed_with_errors',
        rows: { new: 0, rejected: 5 },
        errors: refused([2, 3, 4, 5, 6], 'id_in_scientific_notation'),
      },
    ],
  },
  {
    title: 'whose codes were typed with Russian letters that look like Latin ones has the same machines and orders',
    files: [
      {
        name: 'hw.csv',
        content: hwCsv([
          { 'Машинный код': 'с9а5181f0000', 'Номер заказа': 'ff0000060120250107130002с9а5181f0000' },
          {
            'Машинный код': 'С9A5181F0000',
            'Номер заказа': 'ff00000602\n20250107130102c9a5181f0000'.replace('\n', ' '),
          },
          { 'Машинный код': 'сасе18100000' },
        ]),
        status: 'completed',
        rows: { new: 3 },
      },
    ],
    records: [
      {
        sql: 'select order_number, machine_code from happy_workers_orders order by 1',
        rows: [
          ['A3', 'cace18100000'],
          ['ff0000060120250107130002c9a5181f0000', 'c9a5181f0000'],
          ['ff0000060220250107130102c9a5181f0000', 'c9a5181f0000'],
        ],
      },
    ],
  },
  {
    title: 'with the errors of spreadsheets of other countries has no value there',
    files: [
      {
        name: 'click.csv',
        content: clickCsv(
          ['#NV', '#WERT!', '#BEZUG!', '#ERROR!', 'Loading...', '#ОШИБКА!', '#Н/Д!', '#ZAHL!', '#NOME?'].map((id) => ({
            'Click ID': id,
          })),
        ),
        status: 'completed_with_errors',
        rows: { new: 0, rejected: 9 },
        errors: refused([2, 3, 4, 5, 6, 7, 8, 9, 10], 'error_cell'),
      },
    ],
  },
  {
    title: 'with a total that has all that a receipt has is none the richer for it',
    files: [
      {
        name: 'fiscal.csv',
        content: fiscalCsv([
          {},
          {},
          { '№': 'Итого за смену', 'Номер чека': '2', Наличные: '30000', 'Сумма операции': '30000' },
          { '№': '', Операция: 'Итого', 'Номер чека': '2', Наличные: '30000', 'Сумма операции': '30000' },
        ]),
        status: 'completed',
        rows: { new: 2, skipped: 2 },
      },
    ],
    records: [{ sql: 'select sum(amount) from fiscal_receipts', rows: [['30000.00']] }],
  },
  {
    title: 'that guards its codes keeps no second form of them',
    files: [
      {
        name: 'vh.csv',
        content: vhCsv([{ 'Код ИКПУ': '="02202004001000000"' }, { 'Код ИКПУ': '2202004001000000' }]),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
    records: [
      {
        sql: 'select ikpu, extra::text from vendhub_sales order by report_id',
        rows: [
          ['02202004001000000', null],
          ['02202004001000000', '{"Код ИКПУ": "2202004001000000"}'],
        ],
      },
    ],
  },
];
