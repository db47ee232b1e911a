/**
 * The way of a file (api.md section 3), the one function that the worker and the api's in-process pool share:
 * claim -> who may -> known bytes -> read in a child -> stage -> one transaction under the fence. Whatever goes wrong ends in a final
 * state, or gives the claim back; delivering a file twice does no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { withContext } from '../context.ts';
import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/faults.ts';
import { type ClaimedFile, ClaimEnded, claimFile, ClaimUnknownError, disownClaim, POISON_CLAIMS, startHeartbeat } from './claim.ts';
import { endWithoutRows, releaseClaim, type RetryReason } from './finish-file.ts';
import { loadFile } from './load-file.ts';
import { isMissingForGood, tellMissing } from './missing-bytes.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from './process-deps.ts';
import { createProgress, type TimedPhase } from './progress.ts';
import { FileFault } from './readers/reader.ts';
import { StorageUnavailableError, StoredFileMissingError } from '../storage/file-store.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** While the same bytes are at work elsewhere, look again this often. */
const TWIN_PAUSE_MS = 1_000;
/** So many attempts in a row stopped by faults around the file are worth an alarm. */
const ALARM_ATTEMPTS = 5;
const WRITE_PAUSE_MS = 250;
/** A file that broke off so often may never end: another one with its bytes goes its own way. */
const TWIN_ATTEMPTS = 5;

/** Pause before the next attempt after so many: 1 s doubling to 60 s. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 16));
}

export async function processFile(deps: ProcessDeps, fileId: string, run: ProcessRun): Promise<ProcessOutcome> {
  let file: ClaimedFile | null;
  try {
    file = await claimFile(deps.db, fileId, { instanceId: run.instanceId, mode: run.mode, leaseMs: deps.leaseMs });
  } catch (error) {
    if (!(error instanceof ClaimUnknownError)) throw error;
    deps.logger.warn('whether the file was claimed is not known, it is given back', { fileId, error });
    return untilWritten(deps, run.signal, () => disownClaim(deps.db, error.claim), 'retry_later');
  }
  if (file === null) return 'not_mine';
  return withContext({ fileId: file.id, sessionId: file.sessionId, run: file.run, userId: file.createdBy }, () =>
    processClaimed(deps, file, run),
  );
}

async function processClaimed(deps: ProcessDeps, file: ClaimedFile, run: ProcessRun): Promise<ProcessOutcome> {
  const { db, logger, leaseMs } = deps;
  const heartbeat = startHeartbeat(db, file, { leaseMs, signal: run.signal, logger });
  const progress = createProgress(db, file.id, logger);
  try {
    if (file.claimsLost >= POISON_CLAIMS) throw new FileFault('poison', { claims: file.claimsLost });
    if (await isBlocked(db, file.createdBy)) {
      await endWithoutRows(db, file, { status: 'cancelled', code: 'user_blocked' });
      return 'done';
    }
    const twin = await findTwin(db, file);
    if (twin?.completed === true) {
      await endWithoutRows(db, file, { status: 'duplicate', duplicateOf: twin.id });
      return 'done';
    }
    if (twin !== null) {
      await releaseClaim(db, file, { ms: TWIN_PAUSE_MS, countAttempt: false });
      return 'retry_later';
    }
    if (file.sizeBytes === 0) throw new FileFault('empty_file');
    const outcome = await loadFile(deps, file, heartbeat, progress);
    logger.info('file ended', { outcome: outcome.status, ...outcome.figures, phasesMs: progress.phasesMs() });
    deps.onCommitted({ fileId: file.id, sessionId: file.sessionId, ordersChanged: outcome.ordersChanged });
    return 'done';
  } catch (error) {
    return await settle(deps, file, endReason(error, heartbeat.signal), run.signal, progress.phasesMs());
  } finally {
    heartbeat.stop();
  }
}

/** When the claim ended, that is the reason, whatever the work said when it was stopped. */
function endReason(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted && !(error instanceof FileFault) ? signal.reason : error;
}

/**
 * Ends the claim as the type of the error wants it: only a FileFault is the file's own and final. Everything else, also what nobody has
 * thought of, stands around the file: the claim is given back and the file tried again, for ever.
 */
async function settle(
  deps: ProcessDeps,
  file: ClaimedFile,
  error: unknown,
  signal: AbortSignal,
  phasesMs: Record<TimedPhase, number>,
): Promise<ProcessOutcome> {
  const { db, logger } = deps;
  const write = (end: () => Promise<void>, outcome: ProcessOutcome) => untilWritten(deps, signal, end, outcome, file);
  if (error instanceof ClaimEnded) {
    if (error.reason === 'lost') {
      logger.warn('claim lost, somebody else may have the file', { error });
      return write(() => leaveClaim(deps, file), 'not_mine');
    }
    if (error.reason === 'cancelled') return write(() => endWithoutRows(db, file, { status: 'cancelled' }), 'done');
    return write(() => releaseClaim(db, file, { ms: 0, countAttempt: false }), 'retry_later');
  }
  if (error instanceof StoredFileMissingError) return settleMissingBytes(deps, file, error, signal);
  if (error instanceof FileFault) {
    logger.info('file failed', { code: error.code, params: error.params, phasesMs });
    return write(() => endWithoutRows(db, file, { status: 'failed', code: error.code, params: error.params }), 'done');
  }
  const attempt = file.attempts + 1;
  const isAlarming = attempt >= ALARM_ATTEMPTS && !isDatabaseUnavailable(error) && !(error instanceof StorageUnavailableError);
  logger[isAlarming ? 'error' : 'warn']('processing stopped by a fault around the file, it will be tried again', {
    event: 'file_retried',
    error,
    attempt,
  });
  // the storage first: a refused connection is the cause of its error too, and looks like the database's
  const reason: RetryReason = error instanceof StorageUnavailableError ? 'storage' : isDatabaseUnavailable(error) ? 'database' : 'internal';
  return write(() => releaseClaim(db, file, { ms: pauseAfter(file.attempts), countAttempt: true, reason }), 'retry_later');
}

/** Bytes may come back with a volume or another STORAGE_URL; not for ever, and never without a word. */
async function settleMissingBytes(
  deps: ProcessDeps,
  file: ClaimedFile,
  error: StoredFileMissingError,
  signal: AbortSignal,
): Promise<ProcessOutcome> {
  const { db, logger } = deps;
  const told = { ended: false };
  const write = async () => {
    told.ended = await isMissingForGood(db, file);
    if (told.ended) {
      await tellMissing(db, file);
      await endWithoutRows(db, file, { status: 'failed', code: error.code });
    } else await releaseClaim(db, file, { ms: pauseAfter(file.attempts), countAttempt: true, reason: 'storage' });
  };
  const outcome = await untilWritten(deps, signal, write, 'done', file);
  const facts = { event: 'stored_file_missing', storageKey: file.storageKey, ...told };
  logger.error('the stored bytes of a file are not there', facts);
  return outcome === 'done' && !told.ended ? 'retry_later' : outcome;
}

/**
 * Writes the end of a claim, also if the database comes back only later: as long as this process lives its claim is not one that was lost
 * by a death. After a whole lease others may have the file; then the end finds another fence, and only disowns.
 */
async function untilWritten(
  deps: ProcessDeps,
  signal: AbortSignal,
  write: () => Promise<void>,
  outcome: ProcessOutcome,
  file?: ClaimedFile,
): Promise<ProcessOutcome> {
  const { db, logger } = deps;
  const startedAt = performance.now();
  for (let next = write, ended = outcome; ;) {
    try {
      await next();
      return ended;
    } catch (error) {
      if (error instanceof ClaimEnded && file !== undefined) {
        const isCancelled = error.reason === 'cancelled';
        next = () => (isCancelled ? endWithoutRows(db, file, { status: 'cancelled' }) : leaveClaim(deps, file));
        ended = isCancelled ? 'done' : 'not_mine';
        continue;
      }
      if (!isDatabaseUnavailable(error) || (signal.aborted && performance.now() - startedAt > deps.leaseMs)) {
        logger.error('the end of the claim could not be written, its lease will run out', { error });
        return 'not_mine';
      }
      await delay(WRITE_PAUSE_MS);
    }
  }
}

/**
 * The claim is over. When it was this process that ended the file and only the answer to its commit was lost, what others hold in caches
 * and who waits for the members of an archive is told now; else the claim was lost, and is disowned.
 */
async function leaveClaim(deps: ProcessDeps, file: ClaimedFile): Promise<void> {
  const { rows } = await deps.db.raw<{ rows: { orders_changed: string }[] }>(
    `select orders_changed from uploaded_files where id = ? and fence = ? and status in ('completed', 'completed_with_errors')`,
    [file.id, file.fence],
  );
  const committed = rows[0];
  if (committed === undefined) return disownClaim(deps.db, file);
  deps.logger.info('file ended, the answer to its commit was lost');
  deps.onCommitted({ fileId: file.id, sessionId: file.sessionId, ordersChanged: Number(committed.orders_changed) });
}

async function isBlocked(db: Db, userId: string): Promise<boolean> {
  const row = await db('users').where({ id: userId }).first('status');
  return row?.status === 'blocked';
}

/**
 * The same bytes, completed before or accepted before and still at work. Sheets of one workbook share its bytes and are
 * no twins of each other. Nobody waits for one that may never end: its stored bytes are missing, or it broke off again and again.
 */
async function findTwin(db: Db, file: ClaimedFile): Promise<{ id: string; completed: boolean } | null> {
  const { rows } = await db.raw<{ rows: { id: string; completed: boolean }[] }>(
    `select o.id, o.status in ('completed', 'completed_with_errors') as completed
     from uploaded_files f join uploaded_files o on o.sha256 = f.sha256 and o.id <> f.id
     left join uploaded_files fp on fp.id = f.parent_id left join uploaded_files op on op.id = o.parent_id
     where f.id = ? and fp.sha256 is distinct from f.sha256 and op.sha256 is distinct from o.sha256
       and (o.status in ('completed', 'completed_with_errors') or o.status in ('queued', 'processing') and o.seq < f.seq
           and o.bytes_missing_since is null and o.attempts < ${TWIN_ATTEMPTS})
     order by completed desc, o.seq limit 1`,
    [file.id],
  );
  return rows[0] ?? null;
}
