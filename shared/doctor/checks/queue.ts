import { BULL_PREFIX } from '../../queue/bull-queues.ts';
import { queueCodes } from '../codes/queue.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

const QUEUE = 'files';
const BACKLOG_WARN_S = 600;
const LOST_LEASE_WARN_S = 60;

export const queueCheck: AreaCheck = {
  area: 'queue',
  needs: ['postgres', 'redis'],
  codes: queueCodes,
  async run(context, ladder) {
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('queue.rows', async () => {
      if ('stoppedBy' in postgres) return '';
      const { rows } = await postgres.client.query<{
        waiting: number;
        working: number;
        oldest: number | null;
        lost: number;
        poison: number;
      }>(`
        select count(*) filter (where status = 'queued')::int as waiting,
          count(*) filter (where status = 'processing')::int as working,
          extract(epoch from clock_timestamp() - min(created_at) filter (where status = 'queued'))::float8 as oldest,
          count(*) filter (
            where status = 'processing' and lease_until < clock_timestamp() - interval '${LOST_LEASE_WARN_S} s'
          )::int as lost,
          count(*) filter (where error_code = 'poison' and completed_at > now() - interval '1 day')::int as poison
        from uploaded_files where status in ('queued', 'processing') or completed_at > now() - interval '1 day'`);
      const row = rows[0];
      if (row === undefined) return 'empty';
      const oldestS = Math.round(row.oldest ?? 0);
      const facts = `waiting=${row.waiting} at_work=${row.working} oldest_waiting=${oldestS}s`;
      if (oldestS > BACKLOG_WARN_S) ladder.note('queue.backlog_old', facts);
      if (row.lost > 0) ladder.note('queue.stalled', `${facts} lease_lost=${row.lost}`);
      if (row.poison > 0) ladder.note('queue.poison', `files=${row.poison} in 24 h`);
      return facts;
    });
    const redis = await context.redis;
    if ('stoppedBy' in redis) ladder.stop(redis.stoppedBy);
    await ladder.rung('queue.jobs', async () => {
      if ('stoppedBy' in redis) return '';
      const key = (name: string) => `${BULL_PREFIX}:${QUEUE}:${name}`;
      const [paused, waiting, active, failed] = await Promise.all([
        redis.client.hexists(key('meta'), 'paused'),
        redis.client.llen(key('wait')),
        redis.client.llen(key('active')),
        redis.client.zcard(key('failed')),
      ]);
      const facts = `waiting=${waiting} active=${active} failed=${failed}`;
      if (paused === 1) throw new Trouble('queue.paused', facts);
      return facts;
    });
  },
};
