import type { Cache } from '../../shared/cache/cache.ts';

/** A cache that keeps nothing. */
export const uncached: Cache = {
  getOrLoad: async (_key, _options, load) => load(),
  dropTags: async () => undefined,
  clear: async () => true,
  statistics: () => Promise.reject(new Error('nothing is kept')),
  close: async () => undefined,
};
