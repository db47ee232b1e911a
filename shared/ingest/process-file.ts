/**
 * The way of a file (design.md section 3), the one function that the worker and the api's in-process pool share:
 * claim -> who may -> known bytes -> read in a child -> stage -> one transaction under the fence. Whatever goes wrong ends in a final
 * state, or gives the claim back; delivering a file twice does no harm.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { withContext } from '../context.ts';
import type { Db } from '../db/client.ts';
import { isDatabaseUnavailable } from '../db/faults.ts';
import { type ClaimedFile, ClaimEnded, claimFile, POISON_CLAIMS, startHeartbeat } from './claim.ts';
import { endWithoutRows, releaseClaim } from './finish-file.ts';
import { loadFile } from './load-file.ts';
import type { ProcessDeps, ProcessOutcome, ProcessRun } from './process-deps.ts';
import { FileFault } from './readers/reader.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** While the same bytes are at work elsewhere, look again this often. */
const TWIN_PAUSE_MS = 1_000;
/** An error that is neither the file's nor known to pass is tried this often before the file is parked as `poison`. */
const UNKNOWN_ERROR_ATTEMPTS = 10;

/** Pause before the next attempt after so many: 1 s doubling to 60 s. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 16));
}

export async function processFile(deps: ProcessDeps, fileId: string, run: ProcessRun): Promise<ProcessOutcome> {
  const file = await claimFile(deps.db, fileId, { instanceId: run.instanceId, mode: run.mode, leaseMs: deps.leaseMs });
  if (file === null) return 'not_mine';
  return withContext({ fileId: file.id, sessionId: file.sessionId, run: file.run, userId: file.createdBy }, () =>
    processClaimed(deps, file, run),
  );
}

async function processClaimed(deps: ProcessDeps, file: ClaimedFile, run: ProcessRun): Promise<ProcessOutcome> {
  const { db, logger, leaseMs } = deps;
  const heartbeat = startHeartbeat(db, file, { leaseMs, signal: run.signal, logger });
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
    const outcome = await loadFile(deps, file, heartbeat);
    logger.info('file ended', { outcome: outcome.status, ...outcome.figures });
    deps.onCommitted({ fileId: file.id, sessionId: file.sessionId, ordersChanged: outcome.ordersChanged });
    return 'done';
  } catch (error) {
    return await settle(deps, file, endReason(error, heartbeat.signal));
  } finally {
    heartbeat.stop();
  }
}

/** When the claim ended, that is the reason, whatever the work said when it was stopped. */
function endReason(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted && !(error instanceof FileFault) ? signal.reason : error;
}

async function settle(deps: ProcessDeps, file: ClaimedFile, error: unknown): Promise<ProcessOutcome> {
  const { logger } = deps;
  if (error instanceof ClaimEnded) {
    if (error.reason === 'lost') {
      logger.warn('claim lost, somebody else has the file');
      return 'not_mine';
    }
    if (error.reason === 'cancelled') {
      return untilWritten(deps, file, () => endWithoutRows(deps.db, file, { status: 'cancelled' }), 'done');
    }
    return untilWritten(deps, file, () => releaseClaim(deps.db, file, { ms: 0, countAttempt: false }), 'retry_later');
  }
  if (error instanceof FileFault) {
    logger.info('file failed', { code: error.code, params: error.params });
    return untilWritten(
      deps,
      file,
      () => endWithoutRows(deps.db, file, { status: 'failed', code: error.code, params: error.params }),
      'done',
    );
  }
  if (!isDatabaseUnavailable(error) && file.attempts + 1 >= UNKNOWN_ERROR_ATTEMPTS && !isStorageFault(error)) {
    logger.error('file parked after repeated errors', { error });
    return untilWritten(
      deps,
      file,
      () => endWithoutRows(deps.db, file, { status: 'failed', code: 'poison', params: { claims: file.attempts + 1 } }),
      'done',
    );
  }
  logger.warn('processing stopped by a fault around the file, it will be tried again', { error, attempt: file.attempts + 1 });
  return untilWritten(deps, file, () => releaseClaim(deps.db, file, { ms: pauseAfter(file.attempts), countAttempt: true }), 'retry_later');
}

/** Faults of disks and stores pass when somebody makes room or plugs them in. */
function isStorageFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && (/^E[A-Z]+$/.test(code) || code === 'stored_file_missing');
}

/**
 * Writes the end of a claim even if the database comes back only a moment later; after a whole lease the claim has run out by itself
 * and the sweeper brings the file back.
 */
async function untilWritten(
  deps: ProcessDeps,
  file: ClaimedFile,
  write: () => Promise<void>,
  outcome: ProcessOutcome,
): Promise<ProcessOutcome> {
  const giveUpAt = performance.now() + deps.leaseMs;
  for (;;) {
    try {
      await write();
      return outcome;
    } catch (error) {
      if (error instanceof ClaimEnded) {
        if (error.reason === 'cancelled') {
          await endWithoutRows(deps.db, file, { status: 'cancelled' });
          return 'done';
        }
        return 'not_mine';
      }
      if (!isDatabaseUnavailable(error) || performance.now() > giveUpAt) {
        deps.logger.warn('the end of the claim could not be written, its lease will run out', { error });
        return 'not_mine';
      }
      await delay(250);
    }
  }
}

async function isBlocked(db: Db, userId: string): Promise<boolean> {
  const row = await db('users').where({ id: userId }).first('status');
  return row?.status === 'blocked';
}

/**
 * The same bytes, completed before or accepted before and still at work. Sheets of one workbook share its bytes and are
 * no twins of each other.
 */
async function findTwin(db: Db, file: ClaimedFile): Promise<{ id: string; completed: boolean } | null> {
  const { rows } = await db.raw<{ rows: { id: string; completed: boolean }[] }>(
    `select o.id, o.status in ('completed', 'completed_with_errors') as completed
     from uploaded_files f join uploaded_files o on o.sha256 = f.sha256 and o.id <> f.id
     left join uploaded_files fp on fp.id = f.parent_id left join uploaded_files op on op.id = o.parent_id
     where f.id = ? and fp.sha256 is distinct from f.sha256 and op.sha256 is distinct from o.sha256
       and (o.status in ('completed', 'completed_with_errors') or o.status in ('queued', 'processing') and o.seq < f.seq)
     order by completed desc, o.seq limit 1`,
    [file.id],
  );
  return rows[0] ?? null;
}
