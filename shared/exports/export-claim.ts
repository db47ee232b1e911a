/**
 * Who writes an export. As for files: a claim is a compare-and-set on the row with a lease and a fence that only grows, and every later
 * write compares the fence, so that whoever was paused beyond its lease changes nothing any more.
 */
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { withDeadline } from '../lifecycle.ts';
import { claimRow, disownRow, insist, type Insistence } from '../queue/row-claims.ts';
import type { ExportErrorCode } from '../texts/export-errors.ts';
import type { ExportRow } from './export-rows.ts';

const WRITE_EVERY_MS = 500;
/** Kept so long after it was completed. */
const KEPT = '24 hours';

export type ClaimedExport = Pick<ExportRow, 'id' | 'kind' | 'format' | 'filter' | 'lang' | 'fence'> & {
  attempts: number;
  userBlocked: boolean;
};

/** Somebody else has the export, or the process stops. */
export class ExportClaimEnded extends Error {
  readonly reason: 'lost' | 'shutdown';
  constructor(reason: 'lost' | 'shutdown', options?: { cause?: unknown }) {
    super(`the claim of the export ended: ${reason}`, options);
    this.name = 'ExportClaimEnded';
    this.reason = reason;
  }
}

/** null when it is not to be had. See row-claims.ts for lost claims and lost answers. */
export function claimExport(db: Db, id: string, insistence: Insistence): Promise<ClaimedExport | null> {
  return claimRow<ClaimedExport>(db, 'exports', id, {
    ...insistence,
    assignments: 'rows_done = 0, rows_total = null, claimed_at = clock_timestamp()',
    returning: `e.id, e.kind, e.format, e.filter, e.lang, e.fence, e.attempts,
       (select u.status = 'blocked' from users u where u.id = e.created_by) as "userBlocked"`,
  });
}

export interface ExportProgress {
  rowsDone: number;
  rowsTotal: number | null;
}

/** Extends the lease and tells the progress, every 500 ms while there is some. */
export function startHeartbeat(
  db: Db,
  claim: ClaimedExport,
  options: { leaseMs: number; progress: ExportProgress; signal: AbortSignal },
): { signal: AbortSignal; stop(): Promise<void> } {
  const { leaseMs, progress } = options;
  const controller = new AbortController();
  const end = (ended: ExportClaimEnded) => {
    if (!controller.signal.aborted) controller.abort(ended);
  };
  const onShutdown = () => end(new ExportClaimEnded('shutdown', { cause: options.signal.reason }));
  if (options.signal.aborted) onShutdown();
  else options.signal.addEventListener('abort', onShutdown, { once: true });
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let beatAt = performance.now();
  let told = '';

  async function beat(): Promise<void> {
    const now = `${progress.rowsDone}/${progress.rowsTotal}`;
    if (now === told && performance.now() - beatAt < leaseMs / 3) return;
    try {
      const extended = execute(
        db,
        `update exports set rows_done = ?, rows_total = ?, lease_until = clock_timestamp() + make_interval(secs => ?::float8 / 1000)
         where id = ? and fence = ? and status = 'processing'`,
        [progress.rowsDone, progress.rowsTotal, leaseMs, claim.id, claim.fence],
      );
      const kept = await withDeadline(extended, leaseMs / 3, 'the heartbeat of an export');
      if (kept === 0) end(new ExportClaimEnded('lost'));
      told = now;
      beatAt = performance.now();
    } catch (error) {
      // a database that is away may come back within the lease
      if (performance.now() - beatAt > leaseMs) end(new ExportClaimEnded('lost', { cause: error }));
    }
  }
  const schedule = () => {
    timer = setTimeout(
      () => {
        writing = beat().then(() => {
          if (!stopped && !controller.signal.aborted) schedule();
        });
      },
      Math.min(WRITE_EVERY_MS, leaseMs / 3),
    );
  };
  schedule();
  return {
    signal: controller.signal,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onShutdown);
      await writing;
    },
  };
}

/** Each returns false when the claim was not this one's any more, or the bytes are condemned; then it is disowned. */
export interface ExportEnds {
  complete(result: { storageKey: string; sizeBytes: number; rows: number }): Promise<boolean>;
  fail(code: ExportErrorCode, params?: Record<string, string | number>): Promise<boolean>;
  /** Back into the outbox, due after `pauseMs`. */
  release(pauseMs: number, options: { countAttempt: boolean }): Promise<boolean>;
  /** The claim was lost while this process lived: it stands for no death. */
  disown(): Promise<void>;
}

/** Writes how a claim ends, also when the database comes back only later. */
export function exportEnds(db: Db, claim: ClaimedExport, insistence: Insistence): ExportEnds {
  const disown = () => insist(() => disownRow(db, 'exports', claim), insistence);

  /** @param storageKey of the bytes the row will point to; when a sweep has condemned them nothing is written (storage/suspects.ts) */
  async function end(
    status: 'completed' | 'failed' | 'queued',
    assignments: string,
    bindings: readonly unknown[],
    storageKey: string | null = null,
  ): Promise<boolean> {
    let isRepeated = false;
    const isWritten = await insist(async () => {
      const isAgain = isRepeated;
      isRepeated = true;
      const written = await execute(
        db,
        `with suspect as (delete from storage_suspects where storage_key = ? returning condemned_at)
         update exports set lease_until = null, status = ?, ${assignments} where id = ? and fence = ? and status = 'processing'
           and not exists (select 1 from suspect where condemned_at is not null)`,
        [storageKey, status, ...bindings, claim.id, claim.fence],
      );
      if (written > 0 || !isAgain) return written > 0;
      // the answer to an earlier try was lost: it may have taken effect
      const done = await selectRow(
        db,
        'select 1 from exports where id = ? and fence = ? and status = ? and storage_key is not distinct from ?',
        [claim.id, claim.fence, status, storageKey],
      );
      return done !== null;
    }, insistence);
    if (!isWritten) await disown();
    return isWritten;
  }
  return {
    complete: ({ storageKey, sizeBytes, rows }) =>
      end(
        'completed',
        `storage_key = ?, size_bytes = ?, rows_done = ?, rows_total = ?, completed_at = clock_timestamp(),
         expires_at = clock_timestamp() + interval '${KEPT}', error_code = null, error_params = null`,
        [storageKey, sizeBytes, rows, rows],
        storageKey,
      ),
    fail: (code, params = {}) =>
      end('failed', `error_code = ?, error_params = ?, completed_at = clock_timestamp()`, [code, JSON.stringify(params)]),
    release: (pauseMs, { countAttempt }) =>
      end('queued', `attempts = attempts + ?, next_attempt_at = clock_timestamp() + make_interval(secs => ?::float8 / 1000)`, [
        countAttempt ? 1 : 0,
        pauseMs,
      ]),
    disown,
  };
}
