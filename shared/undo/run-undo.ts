/**
 * The job that takes files back. While a file is at work its transaction is open and the locked row of the run stands
 * for the claim: killed anywhere, the file is undone wholly or not at all, and the next claimant goes on with those
 * that are left. A dry run is the same, rolled back.
 */
import type { Knex } from 'knex';
import { connectionOf, type DbOrTransaction, type HeldConnection } from '../db/client.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import { execute, selectRow } from '../db/rows.ts';
import { FinalFault } from '../faults.ts';
import { inTurn } from '../reconcile/merge-lock.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import type { Staging } from '../ingest/staging.ts';
import type { Assignments, Claim, Held, Kind, WorkRun } from '../work/kind.ts';
import type { ReceiptPart } from './receipt-part.ts';
import { BytesMissing, dropAgain } from './stage-again.ts';
import { membersBeside } from './undo-rows.ts';
import { type Blocked, undoFile, type UndoRun, whatBlocks } from './undo-file.ts';

/** Faults that are no outage, and claims whose process died, before a run is given up. */
const MAX_ATTEMPTS = 10;

interface ClaimedUndo extends Claim, UndoRun {
  dry_run: boolean;
}

export const undoWork: Kind<ProcessDeps, ClaimedUndo> = {
  name: 'undo',
  idInLog: 'undoId',
  outbox: { table: 'undos', lossesIn: 'attempts' },
  claiming: {
    columns: 'e.file_ids, e.dry_run, e.reason, e.created_by, e.address, e.request_id',
    set: 'started_at = coalesce(started_at, clock_timestamp())',
  },
  poison: { after: MAX_ATTEMPTS, fault: () => new FinalFault('internal') },
  work: takeFilesBack,
  // also where the fault is that of a file which was loaded before and cannot be read now: the log says which
  fail: (held) => held.end('failed', { set: `blocked_code = 'internal', completed_at = clock_timestamp()` }),
  ended: wasCommitted,
};

async function takeFilesBack(held: Held<ClaimedUndo>, deps: ProcessDeps, { signal }: WorkRun): Promise<void> {
  try {
    do signal.throwIfAborted();
    while ((await undoNext(held, deps, signal)) === 'more');
  } catch (error) {
    if (!(error instanceof BytesMissing)) throw error;
    await held.end(
      'blocked',
      asBlocked({ code: 'bytes_missing', params: { fileId: error.file.id, name: error.file.name } }),
    );
  }
}

/** One transaction: the next file of the run, or all of them when it is dry. */
async function undoNext(held: Held<ClaimedUndo>, deps: ProcessDeps, signal: AbortSignal): Promise<'more' | 'ended'> {
  const run = held.claim;
  const fileIds = run.file_ids;
  const stagings: Staging[] = [];
  const committed: { sessionId: string; fileId: string; ordersChanged: number }[] = [];
  try {
    const step = await inTurn(deps, async (trx, turn): Promise<'more' | 'ended'> => {
      // it may run again
      run.file_ids = fileIds;
      committed.length = 0;
      const client = await connectionOf(trx);
      await guardTransaction(client, deps.leaseMs);
      await held.lock(trx);
      const before = await partsOf(trx, run.id);
      await takeMembersIn(trx, run);
      const done = new Set(before.map((part) => part.id));
      const left = run.file_ids.filter((fileId) => !done.has(fileId));
      const blocked = await whatBlocks(trx, left);
      if (blocked !== null) {
        await held.endIn(trx, 'blocked', asBlocked(blocked));
        return 'ended';
      }
      return withSignsOfLife(client, deps.leaseMs, async () => {
        const parts = [...before];
        if (run.dry_run) {
          await client.query('savepoint before_undo');
          for (let next = left[0]; next !== undefined; next = run.file_ids.find((fileId) => !done.has(fileId))) {
            done.add(next);
            const part = await undoFile(deps, trx, run, next, { stagings, signal, turn, files: left.length });
            if (part !== null) parts.push(part);
            // the next one makes tables of the same names
            await client.query('discard temp');
            await takeMembersIn(trx, run);
          }
          await client.query('rollback to savepoint before_undo');
          await held.endIn(trx, 'completed', asCompleted(parts));
          return 'ended';
        }
        const [next, ...others] = left;
        if (next !== undefined) {
          const part = await undoFile(deps, trx, run, next, { stagings, signal, turn, files: 1 });
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
          await held.endIn(trx, 'completed', asCompleted(parts));
          return 'ended';
        }
        await trx.raw(
          `update undos set parts = ?::jsonb, progress = ?,
            lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000) where id = ?`,
          [JSON.stringify(parts), 1 - others.length / run.file_ids.length, deps.leaseMs, run.id],
        );
        return 'more';
      });
    });
    for (const info of committed) deps.onCommitted(info);
    return step;
  } finally {
    await dropAgain(deps, stagings).catch((error: unknown) =>
      deps.logger.debug('staging stays for the sweeper', { error }),
    );
  }
}

/** What a file holds goes with it, also what it did not hold when the run was asked for. */
async function takeMembersIn(trx: Knex.Transaction, run: ClaimedUndo): Promise<void> {
  const members = await membersBeside(trx, run.file_ids);
  if (members.length === 0) return;
  run.file_ids = [...members, ...run.file_ids];
  await execute(trx, 'update undos set file_ids = ?::uuid[] where id = ?', [run.file_ids, run.id]);
}

/** While files are read the transaction is idle, and the database would take its process for dead. */
async function withSignsOfLife<T>(
  client: HeldConnection['client'],
  leaseMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setInterval(() => void client.query('select 1').catch(() => undefined), Math.max(200, leaseMs / 4));
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

async function partsOf(db: DbOrTransaction, id: string): Promise<ReceiptPart[]> {
  return (await selectRow<{ parts: ReceiptPart[] }>(db, 'select parts from undos where id = ?', [id]))?.parts ?? [];
}

const asCompleted = (parts: readonly ReceiptPart[]): Assignments => ({
  set: 'progress = 1, parts = ?::jsonb, completed_at = clock_timestamp()',
  bindings: [JSON.stringify(parts)],
});

const asBlocked = ({ code, params }: Blocked): Assignments => ({
  set: 'blocked_code = ?, blocked_params = ?::jsonb, completed_at = clock_timestamp()',
  bindings: [code, JSON.stringify(params)],
});

/** The run may have ended though the answer to its commit was lost: then caches are told now. */
async function wasCommitted({ claim }: Held<ClaimedUndo>, { db, logger, onCommitted }: ProcessDeps): Promise<boolean> {
  const committed = await selectRow<{ parts: ReceiptPart[] }>(
    db,
    `select parts from undos where id = ? and fence = ? and status = 'completed'`,
    [claim.id, claim.fence],
  );
  if (committed === null) return false;
  logger.info('undo ended, the answer to its commit was lost', { undoId: claim.id });
  if (!claim.dry_run) {
    const ordersChanged = committed.parts.reduce((sum, { orders }) => sum + orders.changed + orders.removed, 0);
    onCommitted({ fileId: null, sessionId: null, ordersChanged });
  }
  return true;
}
