import { z } from 'zod';
import { selectRow } from '../../shared/db/rows.ts';
import { withDeadline } from '../../shared/lifecycle.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';

const COUNT_LIMIT_MS = 400;

const count = z.number().int();
const queueView = z
  .object({
    mode: z.enum(['queue', 'in-process']),
    redis: z.object({
      status: z.enum(['up', 'down']),
      reason: z.string().nullable(),
      since: z.string(),
      openedCount: count,
    }),
    waiting: count,
    processing: count,
    oldestWaitingS: z.number(),
    workers: count,
    inProcess: z.object({ active: count, waiting: count }),
    queues: z.array(z.object({ name: z.string(), counts: z.record(z.string(), count).nullable() })),
  })
  .meta({ id: 'QueueState' });

export function createQueueRoutes({
  db,
  redis,
  pool,
  queues,
}: Pick<ApiResources, 'db' | 'redis' | 'pool' | 'queues'>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/system/queue',
      role: 'admin',
      summary: 'Work that waits and who does it, from PostgreSQL; and what BullMQ holds',
      responses: { 200: queueView },
      async handler(): Promise<z.input<typeof queueView>> {
        const row = await selectRow<{ waiting: number; processing: number; oldest: number | null; workers: number }>(
          db,
          `select count(*) filter (where status = 'queued')::int as waiting,
            count(*) filter (where status = 'processing')::int as processing,
             extract(epoch from clock_timestamp() - min(created_at) filter (where status = 'queued'))::float8 as oldest,
             (select count(*)::int from service_instances
               where service = 'worker' and seen_at > clock_timestamp() - interval '20 s') as workers
           from uploaded_files where status in ('queued', 'processing')`,
        );
        const state = redis.state();
        const up = redis.isUp();
        return {
          mode: up ? 'queue' : 'in-process',
          redis: {
            status: up ? 'up' : 'down',
            reason: state.reason,
            since: state.since.toISOString(),
            openedCount: state.openedCount,
          },
          waiting: row?.waiting ?? 0,
          processing: row?.processing ?? 0,
          oldestWaitingS: Math.round((row?.oldest ?? 0) * 10) / 10,
          workers: row?.workers ?? 0,
          inProcess: { active: pool.activeCount(), waiting: pool.waitingCount() },
          queues: await Promise.all(
            queues.queues().map(async (queue) => ({
              name: queue.name,
              // a frozen Redis costs the figure, not the answer
              counts: up
                ? await withDeadline(queue.getJobCounts(), COUNT_LIMIT_MS, 'queue counts').catch(() => null)
                : null,
            })),
          ),
        };
      },
    }),
  ];
}
