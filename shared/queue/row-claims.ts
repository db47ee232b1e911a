/**
 * Claims on exports and re-runs, whose rows are their own outbox: a compare-and-set with a lease and a fence that only grows. A claim whose
 * lease ran out counts as an attempt, since whoever had it may have died of the work; a process that lives takes that back, so that an
 * outage of the database, however long or often, ends nothing as `poison`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/faults.ts';
import { execute, selectRow } from '../db/rows.ts';

export type ClaimedTable = 'exports' | 'reconciliation_runs' | 'undos';

export interface RowClaim {
  id: string;
  fence: string;
}

export interface Insistence {
  /** aborted when the process stops */
  signal: AbortSignal;
  leaseMs: number;
}

const WRITE_PAUSE_MS = 250;
const CLAIMABLE = `(status = 'queued' and next_attempt_at <= clock_timestamp() or status = 'processing' and lease_until < clock_timestamp())`;

/**
 * The write's result, also when the database comes back only later. A process that is told to stop waits no longer than a lease.
 * @throws whatever else the write throws, and its last error when a process that stops gives up
 */
export async function insist<T>(write: () => Promise<T>, { signal, leaseMs }: Insistence): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isDatabaseUnavailable(error) || (signal.aborted && performance.now() - startedAt > leaseMs)) throw error;
      await delay(WRITE_PAUSE_MS);
    }
  }
}

/**
 * Claims a row that is queued and due, or whose claimant's lease ran out; null when neither holds. One statement. When its answer is lost
 * the claim is given back, and the database's error thrown.
 * @param options.assignments further ones, SQL; `returning` names columns of `e`
 */
export async function claimRow<Row>(
  db: Db,
  table: ClaimedTable,
  id: string,
  options: Insistence & { assignments: string; returning: string },
): Promise<Row | null> {
  // the fence is known before the claim, so that one whose answer is lost can be given back
  const seen = await selectRow<{ fence: string }>(db, `select fence from ${table} where id = ? and ${CLAIMABLE}`, [id]);
  if (seen === null) return null;
  try {
    return await selectRow<Row>(
      db,
      `with free as (
         select id, status from ${table} where id = ? and fence = ? and ${CLAIMABLE} for update skip locked
       )
       update ${table} e set status = 'processing', fence = fence + 1, lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000),
         attempts = attempts + case when free.status = 'processing' then 1 else 0 end, ${options.assignments}
       from free where e.id = free.id
       returning ${options.returning}`,
      [id, seen.fence, options.leaseMs],
    );
  } catch (error) {
    if (isDatabaseUnavailable(error)) await insist(() => disownRow(db, table, { id, fence: String(BigInt(seen.fence) + 1n) }), options);
    throw error;
  }
}

/**
 * What a claimant that lives does about a claim that it lost or of which it never heard: gives it back while nobody else has it, and takes
 * it out of the count of attempts otherwise.
 */
export async function disownRow(db: Db, table: ClaimedTable, { id, fence }: RowClaim): Promise<void> {
  await execute(
    db,
    `with released as (
       update ${table} set status = 'queued', lease_until = null, next_attempt_at = clock_timestamp()
       where id = ? and fence = ? and status = 'processing'
       returning id
     ), followed as (
       select id from ${table} where id = ? and fence > ? and attempts > 0 and status in ('queued', 'processing') for update skip locked
     )
     update ${table} t set attempts = attempts - 1
     from followed where t.id = followed.id and not exists (select 1 from released)`,
    [id, fence, id, fence],
  );
}
