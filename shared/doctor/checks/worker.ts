import { hostname } from 'node:os';
import { BULL_PREFIX } from '../../queue/bull-queues.ts';
import { workerCodes } from '../codes/worker.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';
import { noteFilesRetrying } from './files-retrying.ts';

/** A heartbeat comes every 5 s. */
const ALIVE_S = 20;
const CANARY_LATE_S = 30;
/** A job of the queue goes to an idle worker within moments. */
const UNTOUCHED_S = 60;

interface Instance {
  id: string;
  version: string;
  age: number;
  details: { pid?: number; redis?: string; active?: number; concurrency?: number; canaryAgeS?: number | null };
}

export const workerCheck: AreaCheck = {
  area: 'worker',
  needs: ['postgres', 'redis'],
  codes: workerCodes,
  async run(context, ladder) {
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    const redis = await context.redis;
    await ladder.rung('worker.alive', async () => {
      if ('stoppedBy' in postgres) return '';
      // also where files are processed without Redis, and whether or not a worker lives
      await noteFilesRetrying(postgres.client, ladder);
      if ((context.env['REDIS_URL'] ?? '') === '')
        return 'REDIS_URL is not set: the api works in process, no worker is needed';
      const { rows } = await postgres.client.query<Instance>(
        `select id, version, details, extract(epoch from clock_timestamp() - seen_at)::float8 as age
         from service_instances where service = 'worker' order by seen_at desc`,
      );
      const alive = rows.filter(({ age }) => age <= ALIVE_S);
      const silent = rows.filter(({ age }) => age > ALIVE_S);
      const facts = `alive=${alive.length} silent=${silent.length}`;
      if (alive.length === 0) {
        const standing = await findStanding(silent, 'client' in redis ? String(await redis.client.client('LIST')) : '');
        if (standing !== null)
          throw new Trouble(
            'worker.stuck',
            `${facts} last_heartbeat=${Math.round(standing.age)}s ago, still connected`,
          );
        throw new Trouble(
          'worker.none_alive',
          silent[0] === undefined ? facts : `${facts} last_heartbeat=${Math.round(silent[0].age)}s ago`,
        );
      }
      const others = alive.filter(({ version }) => version !== context.version);
      if (others.length > 0)
        ladder.note(
          'worker.version_mismatch',
          `worker=${others.map(({ version }) => version).join(',')} here=${context.version}`,
        );
      if ('client' in redis) {
        const blind = alive.filter(
          ({ details }) => details.redis !== undefined && details.redis !== 'up' && details.redis !== 'connecting',
        );
        if (blind.length === alive.length)
          throw new Trouble('worker.redis_differs', `${facts} worker_redis=${blind[0]?.details.redis ?? '?'}`);
        const late = alive.filter(({ details }) => (details.canaryAgeS ?? 0) > CANARY_LATE_S);
        if (late.length === alive.length)
          throw new Trouble('worker.stuck', `${facts} canary_age=${late[0]?.details.canaryAgeS ?? 0}s`);
        const { rows: untouched } = await postgres.client.query<{ count: number }>(
          `select count(*)::int as count from uploaded_files where status = 'queued' and fence = 0
           and next_attempt_at < clock_timestamp() - interval '${UNTOUCHED_S} s'`,
        );
        const idle = alive.every(({ details }) => (details.active ?? 0) === 0);
        if (
          idle &&
          (untouched[0]?.count ?? 0) > 0 &&
          (await redis.client.hexists(`${BULL_PREFIX}:files:meta`, 'paused')) === 0
        ) {
          throw new Trouble('worker.stuck', `${facts} idle, files_never_taken=${untouched[0]?.count}`);
        }
      }
      return `${facts} versions=${[...new Set(alive.map(({ version }) => version))].join(',')}`;
    });
  },
};

/** One that no longer beats, yet holds its connection to Redis or its process on this machine. */
async function findStanding(silent: readonly Instance[], clientList: string): Promise<Instance | null> {
  const connected = clientList.split('\n').some((line) => line.includes(` name=${BULL_PREFIX}:`));
  for (const instance of silent) {
    if (connected) return instance;
    const { pid } = instance.details;
    if (instance.id.includes(hostname()) && pid !== undefined && isRunning(pid)) return instance;
  }
  return null;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
