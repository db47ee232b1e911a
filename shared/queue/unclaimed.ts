/**
 * Whether the rows that wait are waiting for nobody: Redis answers this process, and yet no worker takes what lies
 * there, because none runs, none hears (a half-open line), or the queue gives nothing out. A backlog with workers that
 * are busy is no such case.
 */
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import type { Job } from '../jobs.ts';
import { withDeadline } from '../lifecycle.ts';

/** A row that was due for so long and is not claimed may be taken by an api, seconds on the database's clock. */
export const UNCLAIMED_S = 10;
/** A worker is heard of every 5 s. */
const ALIVE_S = 15;
const QUERY_LIMIT_MS = 2_000;

interface Look {
  /** seconds on the database's clock */
  at: number;
  hearing: number;
  capacity: number;
  working: number;
  /** claims at work, as one text: whether it is the same as at the last look */
  claims: string;
}

export interface Unclaimed {
  /**
   * True when nobody can be expected to take what waits: no worker hears, or one that has room has begun nothing for
   * UNCLAIMED_S.
   * @param oldest the row that has waited longest
   */
  isLeftAlone(job: Job, oldest: string): Promise<boolean>;
}

export function createUnclaimed(db: Db): Unclaimed {
  /** by table: since when nothing has moved although a worker had room */
  const still = new Map<string, { signature: string; since: number }>();

  async function look(job: Job): Promise<Look> {
    const row = await withDeadline(
      selectRow<Look>(
        db,
        `with workers as (
           select count(*)::int as hearing,
             coalesce(sum(coalesce((details ->> 'concurrency')::int, 1)), 0)::int as slots
           from service_instances
           where service = 'worker' and seen_at > clock_timestamp() - make_interval(secs => ${ALIVE_S})
             and details ->> 'redis' = 'up' and coalesce((details ->> 'canaryAgeS')::int, 0) < ${UNCLAIMED_S}),
         claimed as (
           select id, fence from ${job.table} work
           where status = 'processing' and lease_until > clock_timestamp()
             and coalesce(to_jsonb(work) ->> 'mode', 'queue') = 'queue')
         select extract(epoch from clock_timestamp())::float8 as at, hearing,
           coalesce(?::int * hearing, slots) as capacity,
           (select count(*)::int from claimed) as working,
           (select coalesce(string_agg(id || '-' || fence, ' ' order by id), '') from claimed) as claims
         from workers`,
        [job.concurrency === null ? null : job.concurrency - (job.reserved ?? 0)],
      ),
      QUERY_LIMIT_MS,
      'looking for workers',
    );
    if (row === null) throw new Error('no row of an aggregate');
    return row;
  }

  return {
    async isLeftAlone(job, oldest) {
      const now = await look(job);
      if (now.hearing === 0) return true;
      if (now.working >= now.capacity) {
        still.delete(job.table);
        return false;
      }
      const signature = `${oldest} ${now.claims}`;
      const before = still.get(job.table);
      if (before?.signature !== signature) {
        still.set(job.table, { signature, since: now.at });
        return false;
      }
      return now.at - before.since >= UNCLAIMED_S;
    },
  };
}
