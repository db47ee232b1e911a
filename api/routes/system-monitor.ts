import { z } from 'zod';
import { MONITOR_TARGETS } from '../../shared/monitor/monitor.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';

const state = z.enum(['healthy', 'degraded', 'critical', 'offline']);
const monitorView = z
  .object({
    intervalMs: z.number().int(),
    targets: z.array(
      z.object({
        target: z.enum(MONITOR_TARGETS),
        state,
        since: z.string().nullable(),
        uptimePercent: z.number(),
        samples: z.array(z.object({ at: z.string(), state, ms: z.number().nullable() })),
        details: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .meta({ id: 'MonitorState' });

export function createMonitorRoutes({ monitor }: Pick<ApiResources, 'monitor'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/system/monitor',
      role: 'admin',
      summary: 'How PostgreSQL, Redis and the workers did in the last 24 hours',
      responses: { 200: monitorView },
      handler: async () => ({ intervalMs: 30_000, targets: await monitor.view() }),
    }),
  ];
}
