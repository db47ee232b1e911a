/**
 * The way of a file (api.md section 3) as a kind of work: who may -> known bytes -> read in a child -> stage -> one
 * transaction under the fence. How it is claimed, given back and tried again stands in work/run-work.ts.
 */
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { Postponed } from '../faults.ts';
import { StorageUnavailableError, StoredFileMissingError } from '../storage/file-store.ts';
import { refreshSession } from './session-state.ts';
import type { Held, Kind, WorkOutcome, WorkRun } from '../work/kind.ts';
import { runWork } from '../work/run-work.ts';
import { type ClaimedFile, claimingFile, FILES } from './claimed-file.ts';
import { endWithoutRows } from './finish-file.ts';
import { loadFile } from './load-file.ts';
import { isMissingForGood, tellMissing } from './missing-bytes.ts';
import { forgetProgress } from './merge-order.ts';
import type { ProcessDeps } from './process-deps.ts';
import { createProgress } from './progress.ts';
import { FileFault } from './readers/reader.ts';

/** Claims of one run that ended without release before the file is parked as `poison`. */
const POISON_CLAIMS = 10;
/** While the same bytes are at work elsewhere, look again this often. */
const DUPLICATED_PAUSE_MS = 1_000;
/** The same where files of a session follow each other in the order in which they were looked at. */
const ORDER_PAUSE_MS = 200;
/** A file that broke off so often may never end: another one with its bytes goes its own way. */
const DUPLICATED_ATTEMPTS = 5;

export const fileWork: Kind<ProcessDeps, ClaimedFile> = {
  name: 'file',
  idInLog: 'fileId',
  outbox: FILES,
  claiming: claimingFile,
  poison: { after: POISON_CLAIMS, fault: (file) => new FileFault('poison', { claims: file.losses }) },
  countsOutages: true,
  context: (file) => ({ fileId: file.id, sessionId: file.sessionId, run: file.run, userId: file.createdBy }),
  work: processClaimed,
  fail: ({ claim }, { db }, { code, params }) => endWithoutRows(db, claim, { status: 'failed', code, params }),
  cancel: ({ claim }, { db }) => endWithoutRows(db, claim, { status: 'cancelled' }),
  ended: wasCommitted,
  releasing: {
    assignments: (reason) => ({ set: 'retry_reason = ?', bindings: [reason] }),
    async also(trx, file) {
      await forgetProgress(trx, file.id);
      await refreshSession(trx, file.sessionId);
    },
  },
};

export function processFile(deps: ProcessDeps, fileId: string, run: WorkRun): Promise<WorkOutcome> {
  return runWork(fileWork, deps, fileId, run);
}

async function processClaimed(held: Held<ClaimedFile>, deps: ProcessDeps): Promise<void> {
  const { db, logger } = deps;
  const file = held.claim;
  const progress = createProgress(db, file.id, logger);
  held.onLog(() => ({ phasesMs: progress.phasesMs() }));
  if (await isBlocked(db, file.createdBy))
    return endWithoutRows(db, file, { status: 'cancelled', code: 'user_blocked' });
  const duplicated = await findDuplicated(db, file);
  if (duplicated?.completed === true)
    return endWithoutRows(db, file, { status: 'duplicate', duplicateOf: duplicated.id });
  if (duplicated !== null) throw new Postponed(DUPLICATED_PAUSE_MS);
  if (file.foreseen !== null && (await isSeenOnTopOfOpen(db, file))) throw new Postponed(ORDER_PAUSE_MS);
  if (file.sizeBytes === 0) throw new FileFault('empty_file');
  try {
    const outcome = await loadFile(deps, held, progress);
    logger.info('file ended', { outcome: outcome.status, ...outcome.figures, phasesMs: progress.phasesMs() });
    deps.onCommitted({ fileId: file.id, sessionId: file.sessionId, ordersChanged: outcome.ordersChanged });
  } catch (error) {
    throw error instanceof StoredFileMissingError && !held.signal.aborted
      ? await meetMissingBytes(deps, file, error)
      : error;
  }
}

/** Bytes may come back with a volume or another STORAGE_URL; not for ever, and never without a word. */
async function meetMissingBytes(deps: ProcessDeps, file: ClaimedFile, error: StoredFileMissingError): Promise<Error> {
  const ended = await isMissingForGood(deps.db, file);
  if (ended) await tellMissing(deps.db, file);
  const facts = { event: 'stored_file_missing', storageKey: file.storageKey, ended };
  deps.logger.error('the stored bytes of a file are not there', facts);
  return ended ? new FileFault(error.code) : new StorageUnavailableError('not_mounted', error.code, { cause: error });
}

/**
 * When it was this process that ended the file and only the answer to its commit was lost, what others hold in caches
 * and who waits for the members of an archive is told now.
 */
async function wasCommitted(
  { claim: file }: Held<ClaimedFile>,
  { db, logger, onCommitted }: ProcessDeps,
): Promise<boolean> {
  const committed = await selectRow<{ orders_changed: string }>(
    db,
    `select orders_changed from uploaded_files
      where id = ? and fence = ? and status in ('completed', 'completed_with_errors')`,
    [file.id, file.fence],
  );
  if (committed === null) return false;
  logger.info('file ended, the answer to its commit was lost');
  onCommitted({ fileId: file.id, sessionId: file.sessionId, ordersChanged: Number(committed.orders_changed) });
  return true;
}

export async function isBlocked(db: Db, userId: string): Promise<boolean> {
  const row = await db('users').where({ id: userId }).first('status');
  return row?.status === 'blocked';
}

/**
 * The file with the same bytes, completed before or accepted before and still at work. Sheets of one workbook share its
 * bytes and are no duplicates of each other. An archive or a workbook of which something was taken back is not known as
 * a whole. Nobody waits for one that may never end: its stored bytes are missing, or it broke off again and again.
 */
export async function findDuplicated(db: Db, file: ClaimedFile): Promise<{ id: string; completed: boolean } | null> {
  const { rows } = await db.raw<{ rows: { id: string; completed: boolean }[] }>(
    `select o.id, o.status in ('completed', 'completed_with_errors') as completed
     from uploaded_files f join uploaded_files o on o.sha256 = f.sha256 and o.id <> f.id
     left join uploaded_files fp on fp.id = f.parent_id left join uploaded_files op on op.id = o.parent_id
     where f.id = ? and not o.preview and fp.sha256 is distinct from f.sha256 and op.sha256 is distinct from o.sha256
       and not exists (select 1 from uploaded_files m where m.parent_id = o.id and m.status = 'undone')
       and (o.status in ('completed', 'completed_with_errors') or o.status in ('queued', 'processing') and o.seq < f.seq
           and o.bytes_missing_since is null and o.attempts < ${DUPLICATED_ATTEMPTS})
     order by completed desc, o.seq limit 1`,
    [file.id],
  );
  return rows[0] ?? null;
}

/**
 * It was looked at on top of a file of its session that is applied with it and has not ended: what was told of it holds
 * only after that one.
 */
async function isSeenOnTopOfOpen(db: Db, { id }: ClaimedFile): Promise<boolean> {
  const open = await selectRow(
    db,
    `select 1
     from uploaded_files f
     join uploaded_files o on o.session_id = f.session_id and o.seq < f.seq
     where f.id = ? and o.foreseen is not null and not o.preview and o.status in ('queued', 'processing')
       and o.bytes_missing_since is null and o.attempts < ${DUPLICATED_ATTEMPTS}
     limit 1`,
    [id],
  );
  return open !== null;
}
