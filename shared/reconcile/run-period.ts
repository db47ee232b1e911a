/**
 * Re-runs of reconciliation over a period, as a kind of work on the rows of reconciliation_runs: each is one
 * transaction.
 */
import { randomUUID } from 'node:crypto';
import type { MatchingConfig } from '../config.ts';
import { connectionOf, type Db, type DbOrTransaction } from '../db/client.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import { execute, selectRow } from '../db/rows.ts';
import { FinalFault } from '../faults.ts';
import type { Claim, CommittedInfo, Held, Kind, WorkDeps, WorkOutcome, WorkRun } from '../work/kind.ts';
import { runWork } from '../work/run-work.ts';
import { createWorkTables } from './work-tables.ts';
import { reconcileTouched, touchPeriod } from './engine.ts';
import { inTurn } from './merge-lock.ts';

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

export interface RunDeps extends WorkDeps {
  matching: MatchingConfig;
  onCommitted(info: CommittedInfo): void;
}

/** Faults that are no outage, and claims whose process died, before a run is given up. */
const MAX_ATTEMPTS = 10;

/** Queues a run; dispatch it after the commit, or a sweeper does. */
export async function createRun(db: DbOrTransaction, request: RunRequest): Promise<string> {
  const id = randomUUID();
  await execute(
    db,
    'insert into reconciliation_runs (id, period_from, period_to, reason, created_by) values (?, ?, ?, ?, ?)',
    [id, request.from, request.to, request.reason, request.createdBy],
  );
  return id;
}

/**
 * Queues a run, unless one of the same period waits already: it will see all that this one would. Asked for again and
 * again while one takes long, they would queue up and keep merges and decisions waiting for nothing.
 * @returns the id of either
 */
export async function requestRun(db: DbOrTransaction, request: RunRequest): Promise<string> {
  const waiting = await selectRow<{ id: string }>(
    db,
    `select id from reconciliation_runs
     where status = 'queued' and period_from is not distinct from ? and period_to is not distinct from ?
     order by created_at limit 1`,
    [request.from, request.to],
  );
  return waiting?.id ?? createRun(db, request);
}

export function findRun(db: DbOrTransaction, id: string): Promise<RunRow | null> {
  return selectRow<RunRow>(
    db,
    `select id, status, period_from, period_to, reason, created_at, created_by, started_at, completed_at,
      orders_evaluated, orders_changed, error_code
     from reconciliation_runs where id = ?`,
    [id],
  );
}

interface ClaimedRun extends Claim {
  period_from: Date | null;
  period_to: Date | null;
}

export const periodWork: Kind<RunDeps, ClaimedRun> = {
  name: 're-run',
  idInLog: 'runId',
  outbox: { table: 'reconciliation_runs', lossesIn: 'attempts' },
  claiming: { columns: 'e.period_from, e.period_to', set: 'started_at = coalesce(started_at, clock_timestamp())' },
  poison: { after: MAX_ATTEMPTS, fault: () => new FinalFault('internal') },
  work: evaluatePeriod,
  fail: (held, _deps, { code }) =>
    held.end('failed', { set: 'error_code = ?, completed_at = clock_timestamp()', bindings: [code] }),
  ended: wasCommitted,
};

/** The job: claims the run and evaluates its period. Delivering it twice does no harm. */
export function runPeriod(
  deps: RunDeps,
  id: string,
  run: Pick<WorkRun, 'signal'> & Partial<WorkRun>,
): Promise<WorkOutcome> {
  return runWork(periodWork, deps, id, { mode: 'queue', instanceId: '', ...run });
}

async function evaluatePeriod(held: Held<ClaimedRun>, deps: RunDeps): Promise<void> {
  const { claim } = held;
  const figures = await inTurn(deps, async (trx, turn) => {
    const client = await connectionOf(trx);
    await guardTransaction(client, deps.leaseMs);
    await held.lock(trx);
    await turn.take('long');
    await createWorkTables(client);
    await touchPeriod(client, {
      from: claim.period_from?.toISOString() ?? null,
      to: claim.period_to?.toISOString() ?? null,
    });
    const outcome = await reconcileTouched({ client, matching: deps.matching, cause: { kind: 'recompute' } });
    const { rows } = await client.query<{ count: string }>(
      `select (select count(*) from work_scope) + (
         select count(*) from work_facts f where not exists (select 1 from work_scope s where s.id = f.id)
       ) as count`,
    );
    const evaluated = Number(rows[0]?.count ?? 0);
    await held.endIn(trx, 'completed', {
      set: `completed_at = clock_timestamp(), error_code = null, orders_evaluated = ?, orders_changed = ?`,
      bindings: [evaluated, outcome.ordersChanged],
    });
    return { evaluated, changed: outcome.ordersChanged };
  });
  deps.logger.info('reconciliation run ended', { runId: claim.id, ...figures });
  deps.onCommitted({ fileId: null, sessionId: null, ordersChanged: figures.changed });
}

/** The run may have ended though the answer to its commit was lost: then caches are told now. */
async function wasCommitted({ claim }: Held<ClaimedRun>, { db, logger, onCommitted }: RunDeps): Promise<boolean> {
  const committed = await selectRow<{ orders_changed: string | null }>(
    db,
    `select orders_changed from reconciliation_runs where id = ? and fence = ? and status = 'completed'`,
    [claim.id, claim.fence],
  );
  if (committed === null) return false;
  logger.info('reconciliation run ended, the answer to its commit was lost', { runId: claim.id });
  onCommitted({ fileId: null, sessionId: null, ordersChanged: Number(committed.orders_changed ?? 0) });
  return true;
}

/**
 * Stores the windows and the tolerance that this process works with and queues one full re-run when they differ from
 * those of the last one. The row is locked while they are compared, so of several processes that start at once only the
 * first finds a difference.
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
    await execute(trx, `update system_settings set value = ?::jsonb, updated_at = now() where name = 'matching'`, [
      value,
    ]);
    return createRun(trx, { from: null, to: null, reason: 'settings', createdBy: null });
  });
}
