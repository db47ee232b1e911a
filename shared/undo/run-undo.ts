/**
 * The job that takes files back. While a file is at work its transaction is open and the locked row of the run stands for the claim: killed
 * anywhere, the file is undone wholly or not at all, and the next claimant goes on with those that are left. A dry run is the same, rolled back.
 */
import type { Knex } from 'knex';
import { connectionOf, type HeldConnection } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/faults.ts';
import { execute, selectRow } from '../db/rows.ts';
import { guardTransaction } from '../ingest/load-file.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from '../ingest/process-deps.ts';
import { pauseAfter } from '../ingest/process-file.ts';
import type { Staging } from '../ingest/staging.ts';
import { claimRow, disownRow, insist } from '../queue/row-claims.ts';
import type { ReceiptPart } from './receipt-part.ts';
import { BytesMissing, dropAgain } from './stage-again.ts';
import { type Blocked, undoFile, type UndoRun, whatBlocks } from './undo-file.ts';

/** Faults that are no outage, and claims whose process died, before a run is given up. */
const MAX_ATTEMPTS = 10;

interface ClaimedUndo extends UndoRun {
  dry_run: boolean;
  attempts: number;
}

type Step = 'not_mine' | 'more' | 'ended';

export async function runUndo(deps: ProcessDeps, id: string, { signal }: Pick<ProcessRun, 'signal'>): Promise<ProcessOutcome> {
  const insistence = { leaseMs: deps.leaseMs, signal };
  const claimed = await claimRow<ClaimedUndo>(deps.db, 'undos', id, {
    ...insistence,
    assignments: 'started_at = coalesce(started_at, clock_timestamp())',
    returning: 'e.id, e.fence, e.attempts, e.file_ids, e.dry_run, e.reason, e.created_by, e.address, e.request_id',
  });
  if (claimed === null) return 'not_mine';
  try {
    if (claimed.attempts >= MAX_ATTEMPTS) {
      await endRun(deps.db, claimed, `status = 'failed', blocked_code = 'internal', completed_at = clock_timestamp()`);
      return 'done';
    }
    for (;;) {
      signal.throwIfAborted();
      const step = await undoNext(deps, claimed, signal);
      if (step === 'ended') return 'done';
      if (step === 'not_mine') return 'not_mine';
    }
  } catch (error) {
    if (error instanceof BytesMissing) {
      const blocked: Blocked = { code: 'bytes_missing', params: { fileId: error.file.id, name: error.file.name } };
      await insist(() => deps.db.transaction((trx) => endBlocked(trx, claimed, blocked)), insistence);
      return 'done';
    }
    const counts = !isDatabaseUnavailable(error) && !signal.aborted;
    deps.logger.warn('taking files back was stopped, it will be tried again', { undoId: id, error });
    const pauseMs = signal.aborted ? 0 : pauseAfter(claimed.attempts);
    const giveBack = async () => {
      const written = await endRun(
        deps.db,
        claimed,
        `status = 'queued', attempts = attempts + ${counts ? 1 : 0}, next_attempt_at = clock_timestamp() + interval '${pauseMs} milliseconds'`,
      );
      if (!written) await disownRow(deps.db, 'undos', claimed);
    };
    await insist(giveBack, insistence).catch((failure: unknown) =>
      deps.logger.warn('the end of a claim could not be written, its lease will run out', { undoId: id, error: failure }),
    );
    return 'retry_later';
  }
}

/** One transaction: the next file of the run, or all of them when it is dry. */
async function undoNext(deps: ProcessDeps, run: ClaimedUndo, signal: AbortSignal): Promise<Step> {
  const stagings: Staging[] = [];
  const committed: { sessionId: string; fileId: string; ordersChanged: number }[] = [];
  try {
    const step = await deps.db.transaction(async (trx): Promise<Step> => {
      const client = await connectionOf(trx);
      await guardTransaction(client, deps.leaseMs);
      const mine = await selectRow<{ parts: ReceiptPart[] }>(
        trx,
        `select parts from undos where id = ? and fence = ? and status = 'processing' for no key update`,
        [run.id, run.fence],
      );
      if (mine === null) return 'not_mine';
      const done = new Set(mine.parts.map((part) => part.id));
      const left = run.file_ids.filter((fileId) => !done.has(fileId));
      const blocked = await whatBlocks(trx, left);
      if (blocked !== null) {
        await endBlocked(trx, run, blocked);
        return 'ended';
      }
      return withSignsOfLife(client, deps.leaseMs, async () => {
        const parts = [...mine.parts];
        if (run.dry_run) {
          await client.query('savepoint before_undo');
          for (const fileId of left) {
            const part = await undoFile(deps, trx, run, fileId, { stagings, signal });
            if (part !== null) parts.push(part);
            // the next one makes tables of the same names
            await client.query('discard temp');
          }
          await client.query('rollback to savepoint before_undo');
          await endCompleted(trx, run, parts);
          return 'ended';
        }
        const [next, ...others] = left;
        if (next !== undefined) {
          const part = await undoFile(deps, trx, run, next, { stagings, signal });
          if (part === null) run.file_ids = run.file_ids.filter((fileId) => fileId !== next);
          else {
            parts.push(part);
            const { session_id: sessionId } = (await selectRow<{ session_id: string }>(
              trx,
              'select session_id from uploaded_files where id = ?',
              [next],
            )) as { session_id: string };
            committed.push({ sessionId, fileId: next, ordersChanged: part.orders.changed + part.orders.removed });
          }
        }
        if (others.length === 0) {
          await endCompleted(trx, run, parts);
          return 'ended';
        }
        await trx.raw(
          `update undos set parts = ?::jsonb, progress = ?, lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000) where id = ?`,
          [JSON.stringify(parts), 1 - others.length / run.file_ids.length, deps.leaseMs, run.id],
        );
        return 'more';
      });
    });
    for (const info of committed) deps.onCommitted(info);
    return step;
  } finally {
    await dropAgain(deps, stagings).catch((error: unknown) => deps.logger.debug('staging stays for the sweeper', { error }));
  }
}

/** While files are read the transaction is idle, and the database would take its process for dead. */
async function withSignsOfLife<T>(client: HeldConnection['client'], leaseMs: number, work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => void client.query('select 1').catch(() => undefined), Math.max(200, leaseMs / 4));
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function endRun(db: ProcessDeps['db'], run: ClaimedUndo, assignments: string): Promise<boolean> {
  const changed = await execute(
    db,
    `update undos set lease_until = null, ${assignments} where id = ? and fence = ? and status = 'processing'`,
    [run.id, run.fence],
  );
  return changed > 0;
}

async function endCompleted(trx: Knex.Transaction, run: ClaimedUndo, parts: readonly ReceiptPart[]): Promise<void> {
  await trx.raw(
    `update undos set status = 'completed', lease_until = null, progress = 1, parts = ?::jsonb, completed_at = clock_timestamp() where id = ?`,
    [JSON.stringify(parts), run.id],
  );
}

async function endBlocked(trx: Knex.Transaction, run: ClaimedUndo, { code, params }: Blocked): Promise<void> {
  await trx.raw(
    `update undos set status = 'blocked', lease_until = null, blocked_code = ?, blocked_params = ?::jsonb, completed_at = clock_timestamp()
     where id = ? and fence = ? and status = 'processing'`,
    [code, JSON.stringify(params), run.id, run.fence],
  );
}
