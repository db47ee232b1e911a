import { z } from 'zod';
import { CACHE_TAG_RECORDS } from '../../shared/cache/cache.ts';
import { databaseNow, missingDays } from '../../shared/coverage/missing-days.ts';
import { missingSchema } from '../../shared/coverage/missing-schema.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { tashkentDay } from '../../shared/tashkent-time.ts';
import { defineRoute, type Route } from '../route.ts';
import { timeRangeQuery, wholeMinutes } from '../time-range.ts';

export function createCoverageRoutes({ reads, replica, cache }: ApiResources): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/coverage/missing',
      expensive: true,
      role: 'viewer',
      summary: 'Days that a source in use does not cover although it should, and shorter holes in which orders lack it',
      query: z.strictObject(timeRangeQuery),
      responses: { 200: missingSchema },
      async handler({ query }) {
        const { from = null, to = null } = wholeMinutes(query);
        const now = await databaseNow(reads);
        // what is late changes with the day
        const key = `coverage-missing:${JSON.stringify({ from, to, day: tashkentDay(now) })}`;
        const items = await cache.getOrLoad(key, { tags: [CACHE_TAG_RECORDS] }, () =>
          replica.run((db) => missingDays(db, { from, to }, now)),
        );
        return { items };
      },
    }),
  ];
}
