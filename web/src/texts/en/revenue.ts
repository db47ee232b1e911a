import type { Messages } from '../ru/index.ts';

export const revenueTexts: Pick<Messages, 'summary'> = {
  summary: {
    title: 'Revenue',
    revenue: 'revenue',
    average: 'average order',
    soldBy: '{n} machine sold | {n} machines sold',
    refundDue: 'refunds due: paid, not delivered',
    refunded: 'refunded',
    fiscal: 'receipts less cash and card sales',
    fiscalNote: 'sales {sales}, receipts {receipts}',
    byTime: 'Revenue over time',
    group: 'Step',
    groups: { day: 'by day', week: 'by week', month: 'by month' },
    types: 'By payment type',
    machines: 'By machine',
    products: 'By product',
    rest: 'the others: {n}',
    hours: 'Hours and days of the week',
    gateways: 'Payment systems against orders',
    gatewaysLead:
      'Up to 1\u00a0% is fine, up to 3\u00a0% to be looked at, above that to be cleared up. The payout is less 2\u00a0% commission.',
    month: 'Month',
    payments: 'Payments',
    difference: 'Difference',
    level: 'Verdict',
    payout: 'Payout',
    levels: { ok: 'OK', look: 'Check', critical: 'Clear up', not_loaded: 'orders not loaded' },
    loaded: { partial: 'report not loaded in full', none: 'report not loaded' },
  },
};
