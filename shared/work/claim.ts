/**
 * Claims on rows that are their own outbox: a compare-and-set with a lease and a fence that only grows (api.md section
 * 3). A claim whose lease ran out counts, since whoever had it may have died of the work; a process that lives takes
 * that back, so that an outage of the database, however long or often, ends nothing as `poison`.
 */
import type { Knex } from 'knex';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { ClaimEnded, isAway } from '../faults.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { insist, type Insistence } from './insist.ts';
import type { Assignments, Claim, Kind, Outbox, WorkDeps, WorkRun } from './kind.ts';

/** Queued and due, or claimed by somebody whose lease ran out. By the database's clock, never by a process's. */
const CLAIMABLE = `(status = 'queued' and next_attempt_at <= clock_timestamp()
  or status = 'processing' and lease_until < clock_timestamp())`;

const further = (assignments: string | undefined): string => (assignments === undefined ? '' : `, ${assignments}`);

export interface DueRow {
  id: string;
  fence: string;
  /** seconds since it could have been claimed */
  overdue: number;
  /** which of this person's it is, from 1; 1 for all where people do not take turns */
  turn: number;
}

/**
 * Rows that wait for somebody, what waits longest first; by turns everybody's first before anybody's second. Those that
 * are locked by who works on them are skipped.
 */
export function findDue(db: Db, table: string, limit: number, byTurns = false): Promise<DueRow[]> {
  const turns = `(
       select id, row_number() over (partition by created_by order by next_attempt_at, id)::int as turn
       from ${table} where ${CLAIMABLE}
     )`;
  return selectRows<DueRow>(
    db,
    `select w.id, w.fence, ${byTurns ? 't.turn' : '1 as turn'},
       extract(epoch from clock_timestamp() - case w.status when 'queued' then w.next_attempt_at
         else w.lease_until end)::float8 as overdue
     from ${table} w ${byTurns ? `join ${turns} t on t.id = w.id` : ''}
     where ${CLAIMABLE}
     order by ${byTurns ? 't.turn, ' : ''}w.next_attempt_at limit ${limit}
     for no key update of w skip locked`,
  );
}

type Claiming<C extends Claim> = Pick<Kind<WorkDeps, C>, 'outbox' | 'claiming'>;

/**
 * Claims a row that is queued and due, or whose claimant's lease ran out; null when neither holds. One statement, so
 * that no transaction stands open between its parts. When its answer is lost the claim is given back, and the
 * database's error thrown.
 */
export async function claimRow<C extends Claim>(
  kind: Claiming<C>,
  db: Db,
  id: string,
  run: Omit<WorkRun, 'signal'> & Insistence,
): Promise<C | null> {
  const { table, countsRuns = false, notesClaimant = false } = kind.outbox;
  const runColumn = countsRuns ? 'run' : 'null::int as run';
  // the fence is known before the claim, so that one whose answer is lost can be given back
  const seen = await selectRow<{ fence: string; run: number | null }>(
    db,
    `select fence, ${runColumn} from ${table} where id = ? and ${CLAIMABLE}`,
    [id],
  );
  if (seen === null) return null;
  try {
    return await claimSeen(kind, db, { id, fence: seen.fence, ...run });
  } catch (error) {
    if (!isAway(error, 'database')) throw error;
    const unknown = {
      id,
      fence: String(BigInt(seen.fence) + 1n),
      ...(seen.run === null ? {} : { run: Number(seen.run) }),
      ...(notesClaimant ? { claimedBy: run.instanceId } : {}),
    };
    await insist(() => disownRow(kind.outbox, db, unknown), run);
    throw error;
  }
}

async function claimSeen<C extends Claim>(
  { outbox, claiming }: Claiming<C>,
  db: Db,
  {
    id,
    fence,
    mode,
    instanceId,
    leaseMs,
  }: { id: string; fence: string } & Omit<WorkRun, 'signal'> & { leaseMs: number },
): Promise<C | null> {
  const { table, lossesIn, countsRuns = false, notesClaimant = false } = outbox;
  const { columns, set, also } = claiming;
  const { rows } = await db.raw<{ rows: Record<string, unknown>[] }>(
    `with free as (
       select id, status from ${table} where id = :id and fence = :fence and ${CLAIMABLE} for update skip locked
     ), claimed as (
       update ${table} e set status = 'processing', fence = fence + 1,
         lease_until = clock_timestamp() + make_interval(secs => :leaseMs::float8 / 1000),
         ${lossesIn} = ${lossesIn} + case when free.status = 'processing' then 1 else 0 end${further(set)}
       from free where e.id = free.id
       returning e.id, e.fence, e.attempts, e.${lossesIn} as losses${countsRuns ? ', e.run' : ''}, ${columns}
     )${further(also)}
     select * from claimed`,
    { id, fence, mode, instanceId, leaseMs },
  );
  const row = rows[0];
  if (row === undefined) return null;
  const base: Claim = {
    id: String(row['id']),
    fence: String(row['fence']),
    attempts: Number(row['attempts']),
    losses: Number(row['losses']),
    ...(countsRuns ? { run: Number(row['run']) } : {}),
    ...(notesClaimant ? { claimedBy: instanceId } : {}),
  };
  return claiming.read?.(row, base) ?? ({ ...row, ...base } as unknown as C);
}

/**
 * What a claimant that lives does about a claim that it lost or of which it never heard: gives it back while nobody
 * else has it, and takes it out of the count of claims that ended without release, which stands for processes that died
 * of the work. An outage is no such death.
 */
export async function disownRow(
  { table, lossesIn, countsRuns = false, notesClaimant = false, whenQueued }: Outbox,
  db: Db,
  { id, fence, run, claimedBy }: Pick<Claim, 'id' | 'fence' | 'run' | 'claimedBy'>,
): Promise<void> {
  const sameRun = countsRuns ? 'and run = :run' : '';
  const sameClaimant = notesClaimant ? 'and claimed_by = :claimedBy' : '';
  await db.raw(
    `with released as (
       update ${table} set status = 'queued', lease_until = null,
         next_attempt_at = clock_timestamp()${further(whenQueued)}
       where id = :id and fence = :fence ${sameRun} and status = 'processing' ${sameClaimant}
       returning id
     ), followed as (
       select id from ${table}
       where id = :id and fence > :fence ${sameRun} and ${lossesIn} > 0 and status in ('queued', 'processing')
       for update skip locked
     )
     update ${table} t set ${lossesIn} = ${lossesIn} - 1
     from followed where t.id = followed.id and not exists (select 1 from released)`,
    { id, fence, ...(countsRuns ? { run: run ?? 0 } : {}), ...(notesClaimant ? { claimedBy: claimedBy ?? '' } : {}) },
  );
}

/**
 * First statement of every transaction that writes for a claim: locks the row and compares the fence, so that a
 * claimant that was paused cannot write. One that lost its claim does not wait for the row: whoever has it may hold it
 * for long. Throws ClaimEnded.
 */
export async function lockClaim(
  { table, isCancellable = false }: Outbox,
  trx: Knex.Transaction,
  claim: Pick<Claim, 'id' | 'fence'>,
): Promise<void> {
  const row = await selectRow<{ cancel_requested: boolean }>(
    trx,
    `select ${isCancellable ? 'cancel_requested' : 'false as cancel_requested'} from ${table}
     where id = ? and fence = ? and status = 'processing' for no key update`,
    [claim.id, claim.fence],
  );
  if (row === null) throw new ClaimEnded('lost');
  if (row.cancel_requested) throw new ClaimEnded('cancelled');
}

/** Extends the lease. @throws ClaimEnded */
export async function extendLease(
  { table, isCancellable = false }: Outbox,
  db: Db,
  claim: Pick<Claim, 'id' | 'fence'>,
  { leaseMs, progress }: { leaseMs: number; progress: Assignments | null },
): Promise<void> {
  const row = await selectRow<{ cancel_requested: boolean }>(
    db,
    `update ${table} set
       lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000)${further(progress?.set)}
     where id = ? and fence = ? and status = 'processing'
     returning ${isCancellable ? 'cancel_requested' : 'false as cancel_requested'}`,
    [leaseMs, ...(progress?.bindings ?? []), claim.id, claim.fence],
  );
  if (row === null) throw new ClaimEnded('lost');
  if (row.cancel_requested) throw new ClaimEnded('cancelled');
}

/** Ends a claim that is still ours; false when it is not. */
export async function writeEnd(
  { table }: Outbox,
  db: DbOrTransaction,
  claim: Pick<Claim, 'id' | 'fence'>,
  {
    status,
    set,
    bindings = [],
    prefix,
    condition,
  }: Assignments & {
    status: string;
    prefix?: { sql: string; bindings: readonly unknown[] };
    condition?: string;
  },
): Promise<boolean> {
  const changed = await execute(
    db,
    `${prefix?.sql ?? ''} update ${table} set lease_until = null, status = ?${set === '' ? '' : `, ${set}`}
     where id = ? and fence = ? and status = 'processing' ${condition ?? ''}`,
    [...(prefix?.bindings ?? []), status, ...bindings, claim.id, claim.fence],
  );
  return changed > 0;
}
