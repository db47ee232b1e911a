import { setTimeout as sleep } from 'node:timers/promises';
import { claimingFile, FILES } from '../../shared/ingest/claimed-file.ts';
import type { ProcessDeps } from '../../shared/ingest/process-deps.ts';
import { createJobs, type JobTable } from '../../shared/jobs.ts';
import { claimRow } from '../../shared/work/claim.ts';
import { refreshSession } from '../../shared/ingest/session-state.ts';

export interface StandInOptions {
  /** How long a file takes. */
  workMs?: number;
  /** Files whose work ends with this code. */
  failWith?: (name: string) => string | null;
}

/**
 * Work on a file reduced to what the queue sees of it: claim, take some time, end once under the fence. Counts how
 * often each file took effect, for tests of delivery that need no reports.
 */
export function standInJobs(options: StandInOptions = {}): {
  jobs: (deps: ProcessDeps) => JobTable;
  effects: Map<string, number>;
  active(): number;
} {
  const effects = new Map<string, number>();
  let active = 0;
  const jobs = (deps: ProcessDeps): JobTable => ({
    ...createJobs(deps),
    'process-file': {
      queue: 'files',
      table: 'uploaded_files',
      concurrency: null,
      byTurns: true,
      async handle(id, run) {
        const claim = await claimRow({ outbox: FILES, claiming: claimingFile }, deps.db, id, {
          ...run,
          leaseMs: deps.leaseMs,
        });
        if (claim === null) return 'not_mine';
        active += 1;
        try {
          await sleep(options.workMs ?? 0, undefined, { signal: run.signal });
          const code = options.failWith?.(claim.name) ?? null;
          const ended = await deps.db.transaction(async (trx) => {
            const { rows } = await trx.raw<{ rows: unknown[] }>(
              `update uploaded_files set status = ?, error_code = ?, phase = 'done', lease_until = null,
                completed_at = clock_timestamp()
               where id = ? and fence = ? and status = 'processing' returning id`,
              [code === null ? 'completed' : 'failed', code, id, claim.fence],
            );
            if (rows.length > 0) await refreshSession(trx, claim.sessionId);
            return rows.length > 0;
          });
          if (ended) effects.set(id, (effects.get(id) ?? 0) + 1);
          return ended ? 'done' : 'not_mine';
        } catch (error) {
          await deps.db.raw(
            `update uploaded_files set status = 'queued', lease_until = null, next_attempt_at = clock_timestamp()
              where id = ? and fence = ?`,
            [id, claim.fence],
          );
          if (run.signal.aborted) return 'retry_later';
          throw error;
        } finally {
          active -= 1;
        }
      },
    },
  });
  return { jobs, effects, active: () => active };
}
