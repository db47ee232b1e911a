/**
 * Re-runs of reconciliation over a period, as jobs. A row of reconciliation_runs is its own outbox like that of a file: claimed with a lease and
 * a fence, and while its transaction is open the locked row stands for the claim, so no heartbeat is needed.
 */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { MatchingConfig } from '../config.ts';
import { connectionOf, type Db, type DbOrTransaction } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/faults.ts';
import { execute, selectRow } from '../db/rows.ts';
import { guardTransaction } from '../ingest/load-file.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from '../ingest/process-deps.ts';
import { pauseAfter } from '../ingest/process-file.ts';
import { claimRow, disownRow, insist, type Insistence } from '../queue/row-claims.ts';
import { createWorkTables } from './context.ts';
import { reconcileTouched, takeMergeLock, touchPeriod } from './engine.ts';

export interface RunRow {
  id: string;
  status: 'queued' | 'processing' | 'completed' | 'failed';
  period_from: Date | null;
  period_to: Date | null;
  reason: 'manual' | 'schedule' | 'settings';
  created_at: Date;
  created_by: string | null;
  started_at: Date | null;
  completed_at: Date | null;
  orders_evaluated: string | null;
  orders_changed: string | null;
  error_code: string | null;
}

export interface RunRequest {
  /** inclusive; null = from the first order */
  from: Date | null;
  /** exclusive; null = to the last */
  to: Date | null;
  reason: RunRow['reason'];
  createdBy: string | null;
}

export type RunDeps = Pick<ProcessDeps, 'db' | 'logger' | 'matching' | 'leaseMs' | 'onCommitted'>;

/** Faults that are no outage, and claims whose process died, before a run is given up. */
const MAX_ATTEMPTS = 10;

/** Queues a run; dispatch it after the commit, or a sweeper does. */
export async function createRun(db: DbOrTransaction, request: RunRequest): Promise<string> {
  const id = randomUUID();
  await execute(db, 'insert into reconciliation_runs (id, period_from, period_to, reason, created_by) values (?, ?, ?, ?, ?)', [
    id,
    request.from,
    request.to,
    request.reason,
    request.createdBy,
  ]);
  return id;
}

export function findRun(db: DbOrTransaction, id: string): Promise<RunRow | null> {
  return selectRow<RunRow>(
    db,
    `select id, status, period_from, period_to, reason, created_at, created_by, started_at, completed_at, orders_evaluated, orders_changed, error_code
     from reconciliation_runs where id = ?`,
    [id],
  );
}

interface ClaimedRun {
  id: string;
  fence: string;
  attempts: number;
  period_from: Date | null;
  period_to: Date | null;
}

/** The job: claims the run and evaluates its period. Delivering it twice does no harm. */
export async function runPeriod(deps: RunDeps, id: string, { signal }: Pick<ProcessRun, 'signal'>): Promise<ProcessOutcome> {
  const insistence = { leaseMs: deps.leaseMs, signal };
  const claimed = await claimRun(deps.db, id, insistence);
  if (claimed === null) return 'not_mine';
  try {
    if (claimed.attempts >= MAX_ATTEMPTS) {
      await endRun(deps.db, claimed, `status = 'failed', error_code = 'internal', completed_at = clock_timestamp()`);
      return 'done';
    }
    signal.throwIfAborted();
    const figures = await evaluatePeriod(deps, claimed);
    if (figures === null) {
      await insist(() => disownRow(deps.db, 'reconciliation_runs', claimed), insistence);
      return 'not_mine';
    }
    deps.logger.info('reconciliation run ended', { runId: id, ...figures });
    deps.onCommitted({ fileId: null, sessionId: null, ordersChanged: figures.changed });
    return 'done';
  } catch (error) {
    const counts = !isDatabaseUnavailable(error) && !signal.aborted;
    deps.logger.warn('a reconciliation run was stopped, it will be tried again', { runId: id, error });
    const pauseMs = signal.aborted ? 0 : pauseAfter(claimed.attempts);
    await giveBack(deps, claimed, insistence, { counts, pauseMs });
    return 'retry_later';
  }
}

/**
 * Writes that the run is to be tried again, also when the database comes back only later: a process that lives says so itself, so that
 * an outage counts as no attempt.
 */
async function giveBack(
  deps: RunDeps,
  claimed: ClaimedRun,
  insistence: Insistence,
  { counts, pauseMs }: { counts: boolean; pauseMs: number },
): Promise<void> {
  const write = async () => {
    const isWritten = await endRun(
      deps.db,
      claimed,
      `status = 'queued', attempts = attempts + ${counts ? 1 : 0}, next_attempt_at = clock_timestamp() + interval '${pauseMs} milliseconds'`,
    );
    if (!isWritten) await leaveRun(deps, claimed);
  };
  await insist(write, insistence).catch((error: unknown) =>
    deps.logger.warn('the end of a claim could not be written, its lease will run out', { runId: claimed.id, error }),
  );
}

/** Another has the run, or it has ended and only the answer to its commit was lost: then caches are told now. */
async function leaveRun(deps: RunDeps, claimed: ClaimedRun): Promise<void> {
  const { rows } = await deps.db.raw<{ rows: { orders_changed: string | null }[] }>(
    `select orders_changed from reconciliation_runs where id = ? and fence = ? and status = 'completed'`,
    [claimed.id, claimed.fence],
  );
  const committed = rows[0];
  if (committed === undefined) return disownRow(deps.db, 'reconciliation_runs', claimed);
  deps.logger.info('reconciliation run ended, the answer to its commit was lost', { runId: claimed.id });
  deps.onCommitted({ fileId: null, sessionId: null, ordersChanged: Number(committed.orders_changed ?? 0) });
}

function claimRun(db: Db, id: string, insistence: Insistence): Promise<ClaimedRun | null> {
  return claimRow<ClaimedRun>(db, 'reconciliation_runs', id, {
    ...insistence,
    assignments: 'started_at = coalesce(started_at, clock_timestamp())',
    returning: 'e.id, e.fence, e.attempts, e.period_from, e.period_to',
  });
}

/** Writes the end of a claim that is still ours. */
async function endRun(db: Db | Knex.Transaction, claimed: ClaimedRun, assignments: string): Promise<boolean> {
  const changed = await execute(
    db,
    `update reconciliation_runs set lease_until = null, ${assignments} where id = ? and fence = ? and status = 'processing'`,
    [claimed.id, claimed.fence],
  );
  return changed > 0;
}

async function evaluatePeriod(deps: RunDeps, claimed: ClaimedRun): Promise<{ evaluated: number; changed: number } | null> {
  return deps.db.transaction(async (trx) => {
    const client = await connectionOf(trx);
    await guardTransaction(client, deps.leaseMs);
    const mine = await client.query(
      `select 1 from reconciliation_runs where id = $1 and fence = $2 and status = 'processing' for no key update`,
      [claimed.id, claimed.fence],
    );
    if (mine.rowCount === 0) return null;
    await takeMergeLock(client);
    await createWorkTables(client);
    await touchPeriod(client, { from: claimed.period_from?.toISOString() ?? null, to: claimed.period_to?.toISOString() ?? null });
    const outcome = await reconcileTouched({ client, matching: deps.matching, cause: { kind: 'recompute' } });
    const { rows } = await client.query<{ count: string }>(
      `select count(*) as count from (select id from scope union select id from facts) e`,
    );
    const figures = { evaluated: Number(rows[0]?.count ?? 0), changed: outcome.ordersChanged };
    await endRun(
      trx,
      claimed,
      `status = 'completed', completed_at = clock_timestamp(), error_code = null, orders_evaluated = ${figures.evaluated}, orders_changed = ${figures.changed}`,
    );
    return figures;
  });
}

/**
 * Stores the windows and the tolerance that this process works with and queues one full re-run when they differ from those of the last one.
 * The row is locked while they are compared, so of several processes that start at once only the first finds a difference.
 * @returns the id of the run; null when nothing changed
 */
export async function queueRunOnChangedSettings(db: Db, matching: MatchingConfig): Promise<string | null> {
  const value = JSON.stringify(matching);
  return db.transaction(async (trx) => {
    const stored = await execute(
      trx,
      `insert into system_settings (name, value) values ('matching', ?::jsonb) on conflict (name) do nothing`,
      [value],
    );
    // nothing was ever evaluated under other settings
    if (stored > 0) return null;
    const row = await selectRow<{ differs: boolean }>(
      trx,
      `select value <> ?::jsonb as differs from system_settings where name = 'matching' for update`,
      [value],
    );
    if (row?.differs !== true) return null;
    await execute(trx, `update system_settings set value = ?::jsonb, updated_at = now() where name = 'matching'`, [value]);
    return createRun(trx, { from: null, to: null, reason: 'settings', createdBy: null });
  });
}
