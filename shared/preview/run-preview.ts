/**
 * The job that looks at the files of a session before they take effect: each is read as always, then one transaction
 * takes them all in, one on top of the other, notes what that comes to and takes it back (undo.md 2). Whoever dies in
 * the middle leaves nothing: the next claimant begins anew.
 */
import type { Knex } from 'knex';
import { connectionOf, withConnection } from '../db/client.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { FinalFault } from '../faults.ts';
import { type ClaimedFile, claimingFile } from '../ingest/claimed-file.ts';
import { endContainer, endWithoutRows, endWithQuestion } from '../ingest/finish-file.ts';
import { loadStaged, type StagedFile } from '../ingest/load-staged.ts';
import { findDuplicated, isBlocked } from '../ingest/process-file.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import { createProgress } from '../ingest/progress.ts';
import { readFile, type Staged } from '../ingest/read-file.ts';
import { FileFault } from '../ingest/readers/reader.ts';
import { refreshSession } from '../ingest/session-state.ts';
import { dropStaging, stagingOf } from '../ingest/staging.ts';
import { extentOf, inTurn } from '../reconcile/merge-lock.ts';
import { stateVersion } from '../reconcile/state-version.ts';
import { StoredFileMissingError } from '../storage/file-store.ts';
import type { Claim, Held, Kind, WorkRun } from '../work/kind.ts';
import { writeSeen } from './write-seen.ts';

/** Faults that are no outage, and claims whose process died, before a run is given up. */
const MAX_ATTEMPTS = 10;

export const previewWork: Kind<ProcessDeps, Claim> = {
  name: 'preview',
  idInLog: 'sessionId',
  outbox: { table: 'previews', lossesIn: 'attempts' },
  claiming: { columns: 'e.created_at', set: 'started_at = coalesce(started_at, clock_timestamp())' },
  poison: { after: MAX_ATTEMPTS, fault: () => new FinalFault('poison') },
  context: ({ id }) => ({ sessionId: id }),
  work: previewSession,
  fail: failWhatIsOpen,
  ended: async ({ claim }, { db }) =>
    (await selectRow(db, `select 1 from previews where id = ? and fence = ? and status = 'completed'`, [
      claim.id,
      claim.fence,
    ])) !== null,
};

async function previewSession(held: Held<Claim>, deps: ProcessDeps, run: WorkRun): Promise<void> {
  const taken: ClaimedFile[] = [];
  try {
    await beginAnew(held, deps);
    const staged: StagedFile[] = [];
    for (let file = await takeNext(held, deps, run); file !== null; file = await takeNext(held, deps, run)) {
      taken.push(file);
      const read = await readToBeSeen(deps, file, held.signal);
      if (read !== null) staged.push({ file, staged: read });
    }
    void held.stopHeartbeat();
    await seeTogether(held, deps, staged);
    deps.onCommitted({ fileId: null, sessionId: held.claim.id, ordersChanged: 0 });
  } finally {
    // what cannot be dropped now (the database is away) goes with the sweeper
    await withConnection(deps.db, async (client) => {
      for (const { id, fence } of taken) await dropStaging(client, stagingOf(id, fence));
    }).catch((error: unknown) => deps.logger.debug('staging stays for the sweeper', { error }));
  }
}

/** Files that another claimant was at are to be seen again. */
function beginAnew(held: Held<Claim>, { db }: ProcessDeps): Promise<void> {
  return db.transaction(async (trx) => {
    await held.lockBriefly(trx);
    await execute(
      trx,
      `update uploaded_files set status = 'queued', phase = 'waiting', claimed_by = null, lease_until = null
       where session_id = ? and preview and status = 'processing'`,
      [held.claim.id],
    );
    await refreshSession(trx, held.claim.id);
  });
}

/**
 * The next file of the session in its order of acceptance; members of an archive come when it has been unpacked. No
 * lease: the session's stands for it.
 */
function takeNext(held: Held<Claim>, { db }: ProcessDeps, { mode, instanceId }: WorkRun): Promise<ClaimedFile | null> {
  return db.transaction(async (trx) => {
    await held.lockBriefly(trx);
    const { rows } = await trx.raw<{ rows: Record<string, unknown>[] }>(
      `update uploaded_files e set status = 'processing', fence = fence + 1, lease_until = 'infinity',
        ${claimingFile.set}
       where id = (
         select id
         from uploaded_files
         where session_id = :sessionId and preview and status = 'queued'
         order by seq
         limit 1 for no key update
       )
       returning e.id, e.fence, e.attempts, e.claims_lost, e.run, ${claimingFile.columns}`,
      { sessionId: held.claim.id, mode, instanceId },
    );
    const row = rows[0];
    if (row === undefined) return null;
    await refreshSession(trx, held.claim.id);
    const claim = { id: String(row['id']), fence: String(row['fence']), attempts: 0, losses: 0, claimedBy: instanceId };
    return claimingFile.read?.(row, claim) ?? null;
  });
}

/** null: it has ended, or its members are to be seen in its place. */
async function readToBeSeen(deps: ProcessDeps, file: ClaimedFile, signal: AbortSignal): Promise<Staged | null> {
  const { db, logger, store } = deps;
  if (await isBlocked(db, file.createdBy))
    return ended(endWithoutRows(db, file, { status: 'cancelled', code: 'user_blocked' }));
  const duplicated = await findDuplicated(db, file);
  if (duplicated?.completed === true)
    return ended(endWithoutRows(db, file, { status: 'duplicate', duplicateOf: duplicated.id }));
  const progress = createProgress(db, file.id, logger);
  try {
    if (file.sizeBytes === 0) throw new FileFault('empty_file');
    const local = await store.openLocal(file.storageKey, signal);
    try {
      const read = await readFile(deps, file, {
        path: local.path,
        staging: stagingOf(file.id, file.fence),
        signal,
        progress,
      });
      if (read.kind === 'staged') return read;
      await (read.kind === 'members'
        ? endContainer(db, file, read.format, read.members)
        : endWithQuestion(db, file, read));
      return null;
    } finally {
      await local.release();
    }
  } catch (error) {
    const fault = error instanceof StoredFileMissingError ? new FileFault(error.code) : error;
    if (!(fault instanceof FileFault)) throw error;
    return ended(endWithoutRows(db, file, { status: 'failed', code: fault.code, params: fault.params }));
  } finally {
    await progress.stop();
  }
}

async function ended(end: Promise<void>): Promise<null> {
  await end;
  return null;
}

/** One transaction: everything takes effect, is noted, and is taken back. */
function seeTogether(held: Held<Claim>, deps: ProcessDeps, staged: readonly StagedFile[]): Promise<void> {
  const rows = staged.reduce((sum, { staged: { end } }) => sum + end.rowsStaged, 0);
  return inTurn(deps, async (trx, turn) => {
    await guardTransaction(await connectionOf(trx), deps.leaseMs);
    await held.lock(trx);
    const files = await thoseLeft(trx, staged);
    await turn.take(extentOf({ rows, files: files.length }));
    const against = await stateVersion(trx);
    await writeSeen(trx, files, against, () =>
      loadStaged(trx, files, { matching: deps.matching, logger: deps.logger, receipts: true }),
    );
    await refreshSession(trx, held.claim.id);
    await held.endIn(trx, 'completed', { set: 'completed_at = clock_timestamp()' });
  });
}

/** Somebody may have cancelled a file while others were read. */
async function thoseLeft(trx: Knex.Transaction, staged: readonly StagedFile[]): Promise<StagedFile[]> {
  const rows = await selectRows<{ id: string; fence: string }>(
    trx,
    `select id, fence::text from uploaded_files where id = any (?::uuid[]) and status = 'processing'
      order by seq for no key update`,
    [staged.map(({ file }) => file.id)],
  );
  const left = new Set(rows.map(({ id, fence }) => `${id} ${fence}`));
  return staged.filter(({ file }) => left.has(`${file.id} ${file.fence}`));
}

async function failWhatIsOpen(held: Held<Claim>, { db }: ProcessDeps, fault: FinalFault): Promise<void> {
  await db.transaction(async (trx) => {
    await held.lock(trx);
    await execute(
      trx,
      `update uploaded_files set status = 'failed', phase = 'done', error_code = ?, error_params = ?::jsonb,
        claimed_by = null,
         lease_until = null, completed_at = clock_timestamp()
       where session_id = ? and preview and status in ('queued', 'processing')`,
      [fault.code, JSON.stringify(fault.params), held.claim.id],
    );
    await refreshSession(trx, held.claim.id);
    await held.endIn(trx, 'failed', { set: 'completed_at = clock_timestamp()' });
  });
}
