/** Identifiers that one file writes whole and another does not, and records with and without their ids. */
import { clickCsv, fiscalCsv, hwCsv, vhCsv, withoutColumn } from './lines.ts';
import type { OddReport } from './odd-report.ts';

const KEPT = ['coarser_values', 'period_overlap'];

/** Payme's register, one payment, with every identifier it has. */
const paymeCsv = (written: (id: string) => string): string =>
  [
    'НАЗВАНИЕ ПОСТАВЩИКА;СОСТОЯНИЕ ОПЛАТЫ;ВРЕМЯ ОПЛАТЫ;СУММА БЕЗ КОМИССИИ;ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА);' +
      'RRN;НОМЕР ЗАКАЗА;ФИСКАЛЬНЫЙ ПРИЗНАК;ePos Terminal ID',
    `HUB;ОПЛАЧЕНО;01-06-2025 09:30:08;12000;683bd6da0000000000000001;${['000012345678', '0012', '0000', '0100'].map(written).join(';')}`,
    '',
  ].join('\n');
const eaten = (id: string): string => String(Number(id));
const PAYME_IDS = 'select rrn, merchant_order_id, fiscal_sign, terminal_id from gateway_payments';

export const ODD_IDS: OddReport[] = [
  {
    title: 'whose ids Excel shortened to powers of a thousand is refused there, and codes of machines are none of them',
    files: [
      {
        name: 'click.csv',
        content: clickCsv([{ 'Click ID': '3,1E+9' }, { 'Click ID': '310,0E+7' }, { 'Click ID': '31E+08' }]),
        status: 'completed_with_errors',
        rows: { rejected: 3 },
        errors: [2, 3, 4].map((row) => `${row} id_in_scientific_notation error`),
      },
      {
        name: 'vh.csv',
        content: vhCsv([{ 'Машинный код': '310e71181f00' }, { 'Машинный код': '310e71180000' }]),
        status: 'completed',
        rows: { new: 2 },
      },
    ],
  },
  {
    title: 'whose ids a spreadsheet robbed of their zeros changes nothing of what is known whole',
    files: [
      { name: 'payme.csv', content: paymeCsv((id) => id), status: 'completed', rows: { new: 1 } },
      {
        name: 'saved.csv',
        content: paymeCsv(eaten),
        status: 'completed',
        rows: { unchanged: 1, updated: 0 },
        warnings: KEPT,
      },
    ],
    records: [{ sql: PAYME_IDS, rows: [['000012345678', '0012', '0000', '0100']] }],
  },
  {
    title: 'with its ids whole gives back the zeros that a spreadsheet ate before',
    files: [
      { name: 'saved.csv', content: paymeCsv(eaten), status: 'completed', rows: { new: 1 } },
      {
        name: 'payme.csv',
        content: paymeCsv((id) => id),
        status: 'completed',
        rows: { updated: 1, changed: 4 },
        warnings: ['period_overlap'],
      },
    ],
    records: [{ sql: PAYME_IDS, rows: [['000012345678', '0012', '0000', '0100']] }],
  },
  {
    title: 'with another id, or with some of the zeros only, has another id there: no spreadsheet does that',
    files: [
      { name: 'click.csv', content: clickCsv([{ 'Идент-р': '0040' }, { 'Идент-р': '0040' }]), status: 'completed' },
      {
        name: 'later.csv',
        content: clickCsv([{ 'Идент-р': '040' }, { 'Идент-р': '41' }]),
        status: 'completed',
        rows: { updated: 2, changed: 2 },
        warnings: ['period_overlap'],
      },
    ],
    records: [
      { sql: 'select merchant_order_id from gateway_payments order by transaction_id', rows: [['040'], ['41']] },
    ],
  },
  {
    title: 'of every other source keeps the zeros of its ids too',
    files: [
      { name: 'hw.csv', content: hwCsv([{ 'Номер заказа': '001' }]), status: 'completed' },
      { name: 'vh.csv', content: vhCsv([{ 'Номер заказа': '001', 'Штрих код': '0478' }]), status: 'completed' },
      {
        name: 'vh2.csv',
        content: vhCsv([{ 'Номер заказа': '1', 'Штрих код': '478' }]),
        status: 'completed',
        rows: { unchanged: 1, updated: 0 },
        warnings: KEPT,
      },
    ],
    records: [{ sql: 'select order_number, barcode from vendhub_sales', rows: [['001', '0478']] }],
    orders: { '001': 'matched' },
  },
  ...[true, false].map((isBareFirst): OddReport => {
    const [vh, fiscal] = [vhCsv([{}, {}]), fiscalCsv([{}, {}])];
    const bare = (text: string, column: string) => withoutColumn(text, column);
    const inOrder = (text: string, column: string): [string, string] =>
      isBareFirst ? [bare(text, column), text] : [text, bare(text, column)];
    const [vhFirst, vhThen] = inOrder(vh, 'ID');
    const [fiscalFirst, fiscalThen] = inOrder(fiscal, 'Фискальный модуль');
    const warnings = ['period_overlap', 'records_twice'];
    return {
      title: `with ids, and the same without, ${isBareFirst ? 'the latter' : 'the former'} first, says what counts twice`,
      files: [
        { name: 'hw.csv', content: hwCsv([{}, {}]), status: 'completed', rows: { new: 2 } },
        { name: 'vh.csv', content: vhFirst, status: 'completed', rows: { new: 2 } },
        { name: 'vh2.csv', content: vhThen, status: 'completed', rows: { new: 2 }, warnings },
        { name: 'fiscal.csv', content: fiscalFirst, status: 'completed', rows: { new: 2 } },
        { name: 'fiscal2.csv', content: fiscalThen, status: 'completed', rows: { new: 2 }, warnings },
      ],
      orders: { A1: 'price_mismatch', A2: 'price_mismatch' },
    };
  }),
];
