import { z } from 'zod';
import { analyticsSchema } from '../../shared/analytics/answer-schemas.ts';
import { ANALYTICS_NAMES, type AnalyticsName } from '../../shared/analytics/answers.ts';
import { TIME_GROUPS } from '../../shared/analytics/buckets.ts';
import { cachedAnalytics, defaultQuery, isRanked } from '../../shared/analytics/cached-answers.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { MAX_LIMIT } from '../keyset.ts';
import { defineRoute, type Route } from '../route.ts';
import { timeRangeQuery, wholeMinutes } from '../time-range.ts';

const SUMMARIES: Record<AnalyticsName, string> = {
  summary: 'Revenue, what is counted apart from it, and receipts against cash and card sales',
  'payment-types': 'Revenue by payment type',
  machines: 'Machines with the most revenue',
  products: 'Products with the most revenue',
  'time-series': 'Revenue by hour, day, week or month of Tashkent',
  'hour-weekday': 'Revenue by hour and day of the week',
  'machine-months': 'Revenue of every machine by month of Tashkent',
  'gateway-totals': 'Payments of each gateway against the orders paid through it, by month',
};

/** Only the time series is grouped; the others take the parameter of the family and need it not. */
const familyQuery = { ...timeRangeQuery, group: z.enum(TIME_GROUPS).default('day') };
const rankedQuery = {
  ...familyQuery,
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(defaultQuery('machines').limit),
};

/** `cached` says whether the answer was at hand. */
export function createAnalyticsRoutes({ replica, cache }: Pick<ApiResources, 'replica' | 'cache'>): Route[] {
  return ANALYTICS_NAMES.map((name) =>
    defineRoute({
      method: 'get',
      path: `/analytics/${name}`,
      expensive: true,
      role: 'viewer',
      summary: SUMMARIES[name],
      query: isRanked(name)
        ? z.strictObject(rankedQuery)
        : z.strictObject(familyQuery).transform((query) => ({ ...query, limit: 0 })),
      responses: { 200: analyticsSchema(name) },
      async handler({ query }) {
        const { answer, cached } = await cachedAnalytics({ replica, cache }, name, wholeMinutes(query));
        return { ...answer, cached };
      },
    }),
  );
}
