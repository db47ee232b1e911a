import { z } from 'zod';
import { recordAudit } from '../../shared/audit/audit.ts';
import type { Cache } from '../../shared/cache/cache.ts';
import type { Db } from '../../shared/db/client.ts';
import { defineRoute, type Route } from '../route.ts';
import { actorOf } from './users.ts';

const count = z.number().int();
const statisticsView = z
  .object({
    connectedToRedis: z.boolean(),
    hitRatePercent: z.number(),
    totalOperations: count,
    stats: z.object({
      hits: count,
      misses: count,
      errors: count,
      redisOps: count,
      memoryOps: count,
      memoryHits: count,
      redisHits: count,
      staleHits: count,
    }),
    memoryCacheSize: count,
    redisInfo: z.object({ usedMemoryBytes: count, usedMemoryPeakBytes: count, keys: count }).nullable(),
    health: z.object({
      status: z.enum(['healthy', 'degraded']),
      redisAvailable: z.boolean(),
      memoryCacheAvailable: z.literal(true),
      responseTimeMs: z.number().nullable(),
    }),
  })
  .meta({ id: 'CacheState' });

export function createCacheRoutes({ cache, db }: { cache: Cache; db: Db }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/system/cache',
      role: 'admin',
      summary: 'How the cache of this process does',
      responses: { 200: statisticsView },
      handler: () => cache.statistics(),
    }),
    defineRoute({
      method: 'delete',
      path: '/system/cache',
      role: 'admin',
      summary: 'Drop everything cached; with Redis away, there as soon as it is back',
      responses: { 204: null },
      async handler(asked) {
        const everywhere = await cache.clear();
        await recordAudit(db, { ...actorOf(asked), action: 'cache.cleared', details: { everywhere } });
      },
    }),
  ];
}
