/**
 * The one door to the answers of GET /analytics/*: what is cached under which key, for how long, and what a reader asks
 * for by default.
 */
import type { Cache } from '../cache/cache.ts';
import { CACHE_TAG_RECORDS } from '../cache/cache.ts';
import type { ReplicaReads } from '../db/replica-reads.ts';
import { type AnalyticsAnswer, type AnalyticsName, type AnalyticsQuery, loadAnalytics } from './answers.ts';

/** rules.md 15. */
const TTL_MS = 1_800_000;
/** Each answer is made of several statements. */
const ONE_STATE = { readOnly: true, isolationLevel: 'repeatable read' } as const;
const DEFAULT_RANKED = 10;

export const isRanked = (name: AnalyticsName): boolean => name === 'machines' || name === 'products';

/** What is asked where nothing is: all that is known, by day, the first ten of a ranking. */
export const defaultQuery = (name: AnalyticsName): Required<Pick<AnalyticsQuery, 'group' | 'limit'>> => ({
  limit: isRanked(name) ? DEFAULT_RANKED : 0,
  group: 'day',
});

export interface CachedAnswer<Name extends AnalyticsName> {
  answer: AnalyticsAnswer<Name>;
  /** it was at hand */
  cached: boolean;
}

/**
 * Kept until an import or a decision lands, TTL_MS at most. Only the time series is grouped, only rankings have a
 * limit.
 */
export async function cachedAnalytics<Name extends AnalyticsName>(
  { replica, cache }: { replica: Pick<ReplicaReads, 'run'>; cache: Cache },
  name: Name,
  { from, to, limit, group }: AnalyticsQuery,
): Promise<CachedAnswer<Name>> {
  const asked = {
    from,
    to,
    limit: isRanked(name) ? limit : 0,
    group: name === 'time-series' ? group : 'day',
  } as const;
  let cached = true;
  const answer = await cache.getOrLoad(
    `analytics:${name}:${JSON.stringify(asked)}`,
    { tags: [CACHE_TAG_RECORDS], ttlMs: TTL_MS },
    async () => {
      const fresh = await replica.run((db) => db.transaction((trx) => loadAnalytics(trx, name, asked), ONE_STATE));
      cached = false;
      return fresh;
    },
  );
  return { answer, cached };
}
