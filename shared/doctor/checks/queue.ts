import { BULL_PREFIX } from '../../queue/bull-queues.ts';
import type { AreaCheck } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { problem } from './problem.ts';

const QUEUE = 'files';
const BACKLOG_WARN_S = 600;
const LOST_LEASE_WARN_S = 60;

const late = words('Файлы ждут дольше обычного; ни один не теряется.', 'Files wait longer than usual; none is lost.');

export const queueCheck: AreaCheck = {
  area: 'queue',
  needs: ['postgres', 'redis'],
  codes: {
    'queue.rows': rung('Очередь по данным PostgreSQL', 'The queue as PostgreSQL knows it'),
    'queue.jobs': rung('Очередь по данным Redis', 'The queue as Redis knows it'),
    'queue.backlog_old': problem('warn', {
      title: words('Файл ждёт дольше десяти минут', 'A file has waited for over ten minutes'),
      cause: words(
        'Работников мало, они заняты большим файлом или стоят.',
        'Too few workers, they are busy with a large file, or they stand still.',
      ),
      effect: late,
      fix: words(
        'Проверьте работников; поднимите WORKER_CONCURRENCY или добавьте копию worker.',
        'Look at the workers; raise WORKER_CONCURRENCY or add a replica of worker.',
      ),
      commands: ['npm run doctor -- --only worker,queue'],
    }),
    'queue.stalled': problem('warn', {
      title: words('Файл числится в работе, но его никто не держит', 'A file is marked as at work and nobody holds it'),
      cause: words(
        'Работник умер, и никто ещё не подобрал файл: ни одна служба не следит за очередью.',
        'Its worker died and nobody has picked it up: no service sweeps the queue.',
      ),
      effect: late,
      fix: words(
        'Запустите api или worker: они подберут файл сами.',
        'Start api or worker: they pick it up by themselves.',
      ),
      commands: ['railway restart --service worker'],
    }),
    'queue.poison': problem('warn', {
      title: words('Файл отложен: десять работников умерли на нём', 'A file was set aside: ten workers died over it'),
      cause: words('Файл обрывает обработку.', 'The file ends whoever processes it.'),
      effect: words(
        'Этот файл не загружен; остальные не задеты.',
        'This file is not loaded; the others are not touched.',
      ),
      fix: words(
        'Посмотрите файл; повторите его со страницы или POST /files/:id/retry.',
        'Look at the file; retry it on the page or by POST /files/:id/retry.',
      ),
    }),
    'queue.paused': problem('error', {
      title: words('Очередь поставлена на паузу', 'The queue is paused'),
      cause: words('Её остановили вручную.', 'Somebody paused it.'),
      effect: words(
        'Работники не берут файлы, хотя Redis и они сами в порядке.',
        'Workers take no file although they and Redis are well.',
      ),
      fix: words('Снимите паузу; doctor --fix делает это.', 'Resume it; doctor --fix does it.'),
      commands: ['npm run doctor -- --fix --only queue'],
    }),
  },
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
