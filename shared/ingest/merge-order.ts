/**
 * Of large reports that were dropped together the machine's is merged first, the server's next, and what proves
 * payments last, whatever was read first. Proofs that come before their sales stand alone, each as a row of its own;
 * when the sales come all of them are looked at, linked and written again (decision 18).
 */
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { Postponed } from '../faults.ts';
import { sleep } from '../lifecycle.ts';
import { extentOf, isLongWorkUnderWay } from '../reconcile/merge-lock.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { ProcessDeps } from './process-deps.ts';
import type { SourceName } from './sources/source.ts';

const LOOK_EVERY_MS = 100;
/** A file that nobody is at work on by then finds no place: this one gives its own back, and is read again later. */
const UNPLACED_MS = 1_500;
const UNPLACED_PAUSE_MS = 3_000;

const RANKS: Readonly<Record<SourceName, number>> = {
  happy_workers: 0,
  vendhub: 1,
  fiscal_bills: 2,
  payme: 2,
  click: 2,
  uzum: 2,
};

/**
 * Resolves when it is the turn of a large file: no other one of the session that goes first is at work or queued (one
 * of a lower rank, or of the same and accepted earlier; for all but the lowest rank also one whose rank is not known
 * yet), and no other long work is under way. At once for what is small. The order is a total one, so no two wait for
 * each other. Outside a transaction, while the claim is renewed: one that waits within holds back what the server may
 * forget, and rows that are updated again and again find no room on their page.
 * @throws Postponed when nobody takes up the other one; the reason of the signal
 */
export async function awaitTurn(
  { db }: Pick<ProcessDeps, 'db'>,
  file: Pick<ClaimedFile, 'id' | 'sessionId' | 'seq'>,
  { source, rows }: { source: SourceName; rows: number },
  signal: AbortSignal,
): Promise<void> {
  if (extentOf({ rows }) === 'short') return;
  const rank = RANKS[source];
  await execute(
    db,
    `insert into file_progress (file_id, phase, merge_rank) values (?, 'merging', ?)
     on conflict (file_id) do update set merge_rank = excluded.merge_rank`,
    [file.id, rank],
  );
  const since = performance.now();
  const waitsForUnknown = rank > 0;
  for (;;) {
    const first = await selectRow<{ unplaced: boolean }>(
      db,
      `select f.status = 'queued' as unplaced
       from uploaded_files f
       left join file_progress p on p.file_id = f.id
       where f.session_id = ? and f.id <> ? and not f.preview
         and (f.status = 'processing' and f.lease_until > clock_timestamp()
             and coalesce((p.merge_rank, f.seq) < (?, ?::bigint), ?)
           or f.status = 'queued' and f.next_attempt_at <= clock_timestamp() + make_interval(secs => ?)
             and coalesce(p.merge_rank < ?, f.started_at is null and ?))
       order by unplaced desc
       limit 1`,
      [file.sessionId, file.id, rank, file.seq, waitsForUnknown, UNPLACED_PAUSE_MS / 1000, rank, waitsForUnknown],
    );
    if (first === null && !(await isLongWorkUnderWay(db))) return;
    if (first?.unplaced === true && performance.now() - since > UNPLACED_MS) throw new Postponed(UNPLACED_PAUSE_MS);
    await sleep(LOOK_EVERY_MS, signal);
  }
}

/** A file that is put back is not at work any more; its rank stays known. */
export async function forgetProgress(trx: DbOrTransaction, fileId: string): Promise<void> {
  await execute(trx, `delete from file_progress where file_id = ? and merge_rank is null`, [fileId]);
  await execute(
    trx,
    `update file_progress set phase = 'detecting', rows_read = 0, rows_staged = 0, bytes = 0 where file_id = ?`,
    [fileId],
  );
}
