import { z } from 'zod';
import type { Auth } from '../../shared/auth/auth.ts';
import { defineRoute, type Route } from '../route.ts';

const count = z.number().int();
const statisticsView = z
  .object({
    backend: z.enum(['redis', 'postgres', 'none']),
    degraded: z.boolean(),
    size: count,
    raisedVersions: count,
    checks: count,
    hits: count,
    answeredBy: z.object({ memory: count, redis: count, postgres: count, nobody: count }),
    latencyMs: z.object({ p50: z.number(), p95: z.number(), max: z.number() }),
    failedCopies: count,
    lastReadAt: z.string().nullable(),
    lastResyncAt: z.string().nullable(),
  })
  .meta({ id: 'BlacklistState' });

export function createBlacklistRoutes({ auth }: { auth: Pick<Auth, 'blacklist'> }): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/system/blacklist',
      role: 'admin',
      summary: 'How revocations are checked in this process',
      responses: { 200: statisticsView },
      handler: () => auth.blacklist.statistics(),
    }),
  ];
}
