/**
 * The figures of GET /analytics/* as one workbook. They are small: everything is loaded before the first row is
 * written.
 */
import { loadAnalytics } from '../analytics/answers.ts';
import type { TimeGroup } from '../analytics/buckets.ts';
import type { Tally } from '../analytics/money.ts';
import type { ColumnWord, figureWords } from '../texts/tables.ts';
import { type Cell, money, number, type Sheet } from './sheet.ts';
import { filterLead } from './filter-lead.ts';
import type { TableContext, Tables } from './table-context.ts';

/** "2025-06" -> "06.2025" */
const monthText = (month: string): string => month.split('-').reverse().join('.');

/** To the whole soʻm, halves away from zero: nobody pays a tiyin of an average. */
function wholeAmount(text: string): string {
  const [integer = '0', fraction = ''] = text.replace('-', '').split('.');
  const whole = BigInt(integer) + (fraction >= '5' ? 1n : 0n);
  return `${text.startsWith('-') && whole > 0n ? '-' : ''}${whole}`;
}

/** Every machine and product, not the first ten of the screen. */
const ALL = 1_000_000;

export async function analyticsTables(
  { trx, labels, signal }: TableContext,
  filter: { from?: Date; to?: Date; group?: TimeGroup },
): Promise<Tables> {
  const query = { group: 'day' as const, ...filter, limit: ALL };
  const load = async <Name extends Parameters<typeof loadAnalytics>[1]>(name: Name) => {
    signal.throwIfAborted();
    return loadAnalytics(trx, name, query);
  };
  const columns = (...words: readonly ColumnWord[]) => words.map((word) => labels.column(word, 22));
  const tally = ({ count, sum }: Tally): Cell[] => [number(count), money(sum)];
  const optional = (text: string | null): Cell => (text === null ? null : number(text));
  const average = (text: string | null): Cell => (text === null ? null : money(wholeAmount(text)));
  const instant = (text: string | null): Cell => (text === null ? null : new Date(text));
  // the end itself is no part of the period
  const lastSecondBefore = (text: string | null): Cell =>
    text === null ? null : new Date(new Date(text).getTime() - 1_000);
  const figure = (code: keyof typeof figureWords, ...cells: Cell[]): Cell[] => [labels.figure(code), ...cells];

  const summary = await load('summary');
  const types = await load('payment-types');
  const machines = await load('machines');
  const products = await load('products');
  const series = await load('time-series');
  const hours = await load('hour-weekday');
  const gateways = await load('gateway-totals');
  const byMonth = await load('machine-months');
  const { fiscal } = summary;
  const period = {
    ...(summary.from === null ? {} : { from: new Date(summary.from) }),
    ...(summary.to === null ? {} : { to: new Date(summary.to) }),
  };

  const sheets: (Omit<Sheet, 'rows'> & { rows: Cell[][] })[] = [
    {
      name: labels.sheet('summary'),
      columns: columns('figure', 'count', 'sum'),
      rows: [
        figure('from', instant(summary.from), null),
        figure('to', lastSecondBefore(summary.to), null),
        figure('revenue', ...tally(summary.revenue)),
        figure('average', null, average(summary.revenue.average)),
        figure('refundDue', ...tally(summary.refundDue)),
        figure('refunded', ...tally(summary.refunded)),
        figure('unpaid', ...tally(summary.unpaid)),
        figure('test', ...tally(summary.test)),
        figure('vip', ...tally(summary.vip)),
        figure('overCounter', ...tally(fiscal.sales)),
        figure('receipts', ...tally(fiscal.receipts)),
        figure('returns', ...tally(fiscal.returns)),
        figure('fiscalDifference', null, money(fiscal.difference)),
        figure('machines', number(summary.machines), null),
      ],
    },
    {
      name: labels.sheet('paymentTypes'),
      columns: columns('paymentType', 'count', 'sum', 'share', 'refundedCount', 'refundedSum'),
      rows: types.items.map((item) => [
        labels.value(item.paymentType ?? 'unknown'),
        ...tally(item),
        optional(item.share),
        ...tally(item.refunded),
      ]),
    },
    {
      name: labels.sheet('machines'),
      columns: columns('machineCode', 'machineName', 'orders', 'revenue', 'average', 'share'),
      rows: machines.items.map((item) => [
        item.machineCode,
        item.machineName,
        ...tally(item),
        average(item.average),
        optional(item.share),
      ]),
    },
    {
      name: labels.sheet('machineMonths'),
      columns: [
        ...columns('machineCode', 'machineName'),
        ...byMonth.months.map((month) => ({ header: monthText(month), width: 18 })),
        ...columns('revenue'),
      ],
      rows: byMonth.items.map((item) => [
        item.machineCode,
        item.machineName,
        ...item.months.map(({ sum }) => money(sum)),
        money(item.total.sum),
      ]),
      totals: [
        labels.figure('total'),
        null,
        ...byMonth.totals.map(({ sum }) => money(sum)),
        money(summary.revenue.sum),
      ],
    },
    {
      name: labels.sheet('products'),
      columns: columns('goodsName', 'orders', 'revenue', 'average', 'share'),
      rows: products.items.map((item) => [item.goodsName, ...tally(item), average(item.average), optional(item.share)]),
    },
    {
      name: labels.sheet('timeSeries'),
      columns: columns('period', 'orders', 'revenue'),
      rows: series.items.map((item) => [new Date(item.from), ...tally(item)]),
    },
    {
      name: labels.sheet('hourWeekday'),
      columns: columns('weekday', 'hour', 'orders', 'revenue'),
      rows: hours.items.map((item) => [labels.value(`weekday${item.weekday}`), number(item.hour), ...tally(item)]),
    },
    {
      name: labels.sheet('gatewayTotals'),
      columns: columns(
        'month',
        'gateway',
        'ordersCount',
        'ordersSum',
        'paymentsCount',
        'paymentsSum',
        'difference',
        'differencePercent',
        'level',
        'loaded',
        'commission',
        'payout',
      ),
      rows: gateways.items.map((item) => [
        monthText(item.month),
        labels.value(item.gateway),
        ...tally(item.orders),
        ...tally(item.payments),
        money(item.difference),
        optional(item.differencePercent),
        labels.value(item.level),
        labels.value(item.loaded),
        money(item.expectedCommission),
        money(item.expectedPayout),
      ]),
    },
  ];
  return {
    sheets: sheets.map((sheet) => ({
      ...sheet,
      lead: filterLead(labels, sheet.name, period),
      rows: [sheet.rows],
    })),
    rowCount: sheets.reduce((count, { rows }) => count + rows.length, 0),
  };
}
