/**
 * Who works on a file. A claim is a compare-and-set on the file's row with a lease and a fence number that only grows; a heartbeat extends the
 * lease, and whoever was paused beyond it finds another fence on every later write (design.md section 3).
 */
import type { Knex } from 'knex';
import { isDatabaseUnavailable } from '../db/faults.ts';
import type { Db } from '../db/client.ts';
import type { Logger } from '../logger.ts';
import type { MappingOverrides } from './child/protocol.ts';
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
  overrides: MappingOverrides & { acceptDrift?: boolean };
  attempts: number;
  claimsLost: number;
  createdBy: string;
  memberPath: string | null;
}

/** Claims the file if it is queued and due, or if its claimant's lease ran out; null when neither holds or its row is locked by a living one. */
export async function claimFile(
  db: Db,
  fileId: string,
  claimant: { instanceId: string; mode: ProcessingMode; leaseMs: number },
): Promise<ClaimedFile | null> {
  return db.transaction(async (trx) => {
    const { rows } = await trx.raw<{ rows: Record<string, unknown>[] }>(
      `with free as (
         select id, status from uploaded_files
         where id = :fileId and (status = 'queued' and next_attempt_at <= clock_timestamp() or status = 'processing' and lease_until < clock_timestamp())
         for update skip locked
       )
       update uploaded_files f set status = 'processing', phase = 'detecting', mode = :mode, fence = fence + 1, claimed_by = :instanceId,
         lease_until = clock_timestamp() + make_interval(secs => :leaseMs::float8 / 1000), started_at = coalesce(started_at, clock_timestamp()),
         claims_lost = claims_lost + case when free.status = 'processing' then 1 else 0 end
       from free where f.id = free.id
       returning f.id, f.session_id, f.parent_id, f.seq, f.fence, f.run, f.name, f.size_bytes, f.sha256, f.storage_key, f.source, f.overrides, f.attempts,
         f.claims_lost, f.created_by, f.member_path`,
      { fileId, ...claimant },
    );
    const row = rows[0];
    if (row === undefined) return null;
    await trx.raw(
      `update processing_sessions set status = 'processing', started_at = coalesce(started_at, clock_timestamp()) where id = ? and status = 'queued'`,
      [row['session_id'] as string],
    );
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
      createdBy: String(row['created_by']),
      memberPath: row['member_path'] as string | null,
    };
  });
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
      const { rows } = await db.raw<{ rows: { cancel_requested: boolean }[] }>(
        `update uploaded_files set lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000)
         where id = ? and fence = ? and status = 'processing' returning cancel_requested`,
        [options.leaseMs, file.id, file.fence],
      );
      if (stopped) return;
      const row = rows[0];
      if (row === undefined) end(new ClaimEnded('lost'));
      else if (row.cancel_requested) end(new ClaimEnded('cancelled'));
      else lastBeatAt = performance.now();
    } catch (error) {
      if (stopped) return;
      if (performance.now() - lastBeatAt > options.leaseMs) end(new ClaimEnded('lost', { cause: error }));
      else if (!isDatabaseUnavailable(error)) options.logger.warn('heartbeat failed', { error });
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
