/**
 * Who works on a file. A claim is a compare-and-set on the file's row with a lease and a fence number that only grows; a heartbeat extends the
 * lease, and whoever was paused beyond it finds another fence on every later write (api.md section 3).
 */
import type { Knex } from 'knex';
import { isDatabaseUnavailable } from '../db/faults.ts';
import type { Db } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { DeadlineError, withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import type { MappingOverrides } from './child/protocol.ts';
import type { Identities } from './merge-identities.ts';
import type { ProcessingMode } from './process-deps.ts';
import type { SourceName } from './sources/source.ts';

/** Claims of one run that ended without release before the file is parked as `poison`. */
export const POISON_CLAIMS = 10;

export interface ClaimedFile {
  id: string;
  sessionId: string;
  parentId: string | null;
  seq: string;
  fence: string;
  run: number;
  name: string;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
  source: SourceName | null;
  overrides: MappingOverrides & { acceptDrift?: boolean; identities?: Identities };
  attempts: number;
  claimsLost: number;
  claimedBy: string;
  createdBy: string;
  memberPath: string | null;
}

/** One claim of one process: several may have tried the same fence, and only one has got it. */
export interface OwnClaim {
  id: string;
  fence: string;
  run: number;
  /** instance id of the process */
  claimedBy: string;
}

/** The connection failed while the file was claimed: nobody knows whether the claim with this fence stands. */
export class ClaimUnknownError extends Error {
  readonly claim: OwnClaim;
  constructor(claim: OwnClaim, options: { cause: unknown }) {
    super('whether the file was claimed is not known', options);
    this.name = 'ClaimUnknownError';
    this.claim = claim;
  }
}

const CLAIMABLE = `(status = 'queued' and next_attempt_at <= clock_timestamp()
  or status = 'processing' and lease_until < clock_timestamp())`;

/**
 * Claims the file if it is queued and due, or if its claimant's lease ran out; null when neither holds or its row is locked by a living one.
 * One statement, so that no transaction stands open between its parts.
 * @throws ClaimUnknownError
 */
export async function claimFile(
  db: Db,
  fileId: string,
  claimant: { instanceId: string; mode: ProcessingMode; leaseMs: number },
): Promise<ClaimedFile | null> {
  // the fence is known before the claim, so that one whose answer is lost can be given back
  const seen = await selectRow<{ fence: string; run: number }>(db, `select fence, run from uploaded_files where id = ? and ${CLAIMABLE}`, [
    fileId,
  ]);
  if (seen === null) return null;
  try {
    const row = await claimSeen(db, fileId, seen.fence, claimant);
    return row === null ? null : claimedFile(row);
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    const claim = { id: fileId, fence: String(BigInt(seen.fence) + 1n), run: Number(seen.run), claimedBy: claimant.instanceId };
    throw new ClaimUnknownError(claim, { cause: error });
  }
}

async function claimSeen(
  db: Db,
  fileId: string,
  fence: string,
  claimant: { instanceId: string; mode: ProcessingMode; leaseMs: number },
): Promise<Record<string, unknown> | null> {
  const { rows } = await db.raw<{ rows: Record<string, unknown>[] }>(
    `with free as (
       select id, status from uploaded_files
       where id = :fileId and fence = :fence and ${CLAIMABLE}
       for update skip locked
     ), claimed as (
       update uploaded_files f set status = 'processing', phase = 'detecting', mode = :mode, fence = fence + 1,
         claimed_by = :instanceId, lease_until = clock_timestamp() + make_interval(secs => :leaseMs::float8 / 1000),
         started_at = coalesce(started_at, clock_timestamp()),
         claims_lost = claims_lost + case when free.status = 'processing' then 1 else 0 end
       from free where f.id = free.id
       returning f.id, f.session_id, f.parent_id, f.seq, f.fence, f.run, f.name, f.size_bytes, f.sha256, f.storage_key, f.source,
         f.overrides, f.attempts, f.claims_lost, f.claimed_by, f.created_by, f.member_path
     ), opened as (
       update processing_sessions s set status = 'processing', started_at = coalesce(started_at, clock_timestamp())
       from claimed where s.id = claimed.session_id and s.status = 'queued'
     )
     select * from claimed`,
    { fileId, fence, ...claimant },
  );
  return rows[0] ?? null;
}

function claimedFile(row: Record<string, unknown>): ClaimedFile {
  return {
    id: row['id'] as string,
    sessionId: row['session_id'] as string,
    parentId: row['parent_id'] as string | null,
    seq: String(row['seq']),
    fence: String(row['fence']),
    run: Number(row['run']),
    name: row['name'] as string,
    sizeBytes: Number(row['size_bytes']),
    sha256: row['sha256'] as string,
    storageKey: row['storage_key'] as string,
    source: row['source'] as SourceName | null,
    overrides: row['overrides'] as ClaimedFile['overrides'],
    attempts: Number(row['attempts']),
    claimsLost: Number(row['claims_lost']),
    claimedBy: row['claimed_by'] as string,
    createdBy: String(row['created_by']),
    memberPath: row['member_path'] as string | null,
  };
}

/**
 * What a claimant that lives does about a claim that it lost, or of which it never heard: gives it back while nobody else has it, and takes
 * it out of the count of claims that ended without release, which stands for processes that died of the file. An outage is no such death.
 */
export async function disownClaim(db: Db, claim: OwnClaim): Promise<void> {
  await db.raw(
    `with released as (
       update uploaded_files set status = 'queued', phase = 'waiting', claimed_by = null, lease_until = null,
         next_attempt_at = clock_timestamp()
       where id = :id and fence = :fence and run = :run and status = 'processing' and claimed_by = :claimedBy
       returning id
     ), followed as (
       select id from uploaded_files
       where id = :id and fence > :fence and run = :run and claims_lost > 0 and status in ('queued', 'processing')
       for update skip locked
     )
     update uploaded_files f set claims_lost = claims_lost - 1
     from followed where f.id = followed.id and not exists (select 1 from released)`,
    { ...claim },
  );
}

/** Why work on a file ends before its end. */
export class ClaimEnded extends Error {
  readonly reason: 'lost' | 'cancelled' | 'shutdown';
  constructor(reason: 'lost' | 'cancelled' | 'shutdown', options?: { cause?: unknown }) {
    super(`the claim ended: ${reason}`, options);
    this.name = 'ClaimEnded';
    this.reason = reason;
  }
}

export interface Heartbeat {
  /** aborted with a ClaimEnded when the claim is lost, the file cancelled or the process stops */
  signal: AbortSignal;
  stop(): void;
}

/**
 * Extends the lease every third of it. When the row has another fence, or the database was out of reach for a whole lease, the claim is
 * lost: somebody else may have the file already.
 */
export function startHeartbeat(db: Db, file: ClaimedFile, options: { leaseMs: number; signal: AbortSignal; logger: Logger }): Heartbeat {
  const controller = new AbortController();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let lastBeatAt = performance.now();
  const end = (ended: ClaimEnded): void => {
    if (!controller.signal.aborted) controller.abort(ended);
  };
  const onShutdown = (): void => end(new ClaimEnded('shutdown', { cause: options.signal.reason }));
  if (options.signal.aborted) onShutdown();
  else options.signal.addEventListener('abort', onShutdown, { once: true });
  const beat = async (): Promise<void> => {
    try {
      const { rows } = await withDeadline(extendLease(db, file, options.leaseMs), options.leaseMs / 3, 'the heartbeat');
      if (stopped) return;
      const row = rows[0];
      if (row === undefined) end(new ClaimEnded('lost'));
      else if (row.cancel_requested) end(new ClaimEnded('cancelled'));
      else lastBeatAt = performance.now();
    } catch (error) {
      if (stopped) return;
      if (performance.now() - lastBeatAt > options.leaseMs) end(new ClaimEnded('lost', { cause: error }));
      else if (!isDatabaseUnavailable(error) && !(error instanceof DeadlineError)) options.logger.warn('heartbeat failed', { error });
    }
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      void beat().finally(() => {
        if (!stopped && !controller.signal.aborted) schedule();
      });
    }, options.leaseMs / 3);
  };
  schedule();
  return {
    signal: controller.signal,
    stop() {
      stopped = true;
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onShutdown);
    },
  };
}

async function extendLease(db: Db, file: ClaimedFile, leaseMs: number): Promise<{ rows: { cancel_requested: boolean }[] }> {
  return db.raw<{ rows: { cancel_requested: boolean }[] }>(
    `update uploaded_files set lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000)
     where id = ? and fence = ? and status = 'processing' returning cancel_requested`,
    [leaseMs, file.id, file.fence],
  );
}

/**
 * First statement of every transaction that writes for a claim: locks the row and compares the fence, so that a claimant that was
 * paused cannot write. Throws ClaimEnded.
 */
export async function lockClaim(trx: Knex.Transaction, file: ClaimedFile): Promise<void> {
  const { rows } = await trx.raw<{ rows: { fence: string; status: string; cancel_requested: boolean }[] }>(
    `select fence, status, cancel_requested from uploaded_files where id = ? for no key update`,
    [file.id],
  );
  const row = rows[0];
  if (row === undefined || String(row.fence) !== file.fence || row.status !== 'processing') throw new ClaimEnded('lost');
  if (row.cancel_requested) throw new ClaimEnded('cancelled');
}
