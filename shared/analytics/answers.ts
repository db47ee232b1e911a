/** The answers of GET /analytics/*, each with the time it is about; what exports of analytics hold, too. */
import type { DbOrTransaction } from '../db/client.ts';
import type { NamedPeriod } from './answer-schemas.ts';
import type { TimeGroup } from './buckets.ts';
import { gatewayTotalsOf } from './gateway-totals.ts';
import { hourWeekdayOf, timeSeriesOf } from './over-time.ts';
import { namePeriod, type Period } from './period.ts';
import { machineMonthsOf } from './machine-months.ts';
import { machinesOf, paymentTypesOf, productsOf, summaryOf } from './revenue.ts';

export interface AnalyticsQuery extends Period {
  group: TimeGroup;
  /** of machines and products */
  limit: number;
}

/** Each loads one answer; what it is about is worked out once for all of them. */
const LOADERS = {
  summary: (db: DbOrTransaction, query: AnalyticsQuery) => summaryOf(db, query),
  'payment-types': (db: DbOrTransaction, query: AnalyticsQuery) => paymentTypesOf(db, query),
  machines: (db: DbOrTransaction, query: AnalyticsQuery) => machinesOf(db, query, query.limit),
  products: (db: DbOrTransaction, query: AnalyticsQuery) => productsOf(db, query, query.limit),
  'time-series': (db: DbOrTransaction, query: AnalyticsQuery, named: NamedPeriod) =>
    timeSeriesOf(db, query, named, query.group),
  'hour-weekday': (db: DbOrTransaction, query: AnalyticsQuery) => hourWeekdayOf(db, query),
  'gateway-totals': (db: DbOrTransaction, query: AnalyticsQuery) => gatewayTotalsOf(db, query),
  'machine-months': (db: DbOrTransaction, query: AnalyticsQuery) => machineMonthsOf(db, query),
} as const;

export type AnalyticsName = keyof typeof LOADERS;
export const ANALYTICS_NAMES = Object.keys(LOADERS) as AnalyticsName[];

export type AnalyticsAnswer<Name extends AnalyticsName> = NamedPeriod & Awaited<ReturnType<(typeof LOADERS)[Name]>>;

/** Computes one answer from the orders as they are. Set-based: a few passes over the orders of the period. */
export async function loadAnalytics<Name extends AnalyticsName>(
  db: DbOrTransaction,
  name: Name,
  query: AnalyticsQuery,
): Promise<AnalyticsAnswer<Name>> {
  const named = await namePeriod(db, query);
  // the compiler does not follow a name into a table of functions
  const answer = (await LOADERS[name](db, query, named)) as Awaited<ReturnType<(typeof LOADERS)[Name]>>;
  return { ...named, ...answer };
}
