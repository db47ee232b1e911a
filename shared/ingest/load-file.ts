/**
 * Loads a claimed file: read it into staging, then take it in; or end it with its members or with a question to the
 * operator.
 */
import { connectionOf, withConnection } from '../db/client.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import { extentOf, inTurn } from '../reconcile/merge-lock.ts';
import { stateVersion } from '../reconcile/state-version.ts';
import type { Held } from '../work/kind.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { endContainer, endWithQuestion } from './finish-file.ts';
import { type LoadResult, loadStaged } from './load-staged.ts';
import { noteHowItCameOut } from './foreseen.ts';
import { awaitTurn } from './merge-order.ts';
import { noteBytesFound } from './missing-bytes.ts';
import { noteRoot } from '../tracing/spans.ts';
import type { ProcessDeps } from './process-deps.ts';
import type { Progress } from './progress.ts';
import { type Members, readFile, type Staged } from './read-file.ts';
import { dropStaging, stagingOf } from './staging.ts';

export interface LoadOutcome {
  status: LoadResult['status'] | 'unpacked' | 'split';
  ordersChanged: number;
  figures: Record<string, unknown>;
}

/** @param progress stopped when this ends, well or not */
export async function loadFile(deps: ProcessDeps, held: Held<ClaimedFile>, progress: Progress): Promise<LoadOutcome> {
  const file = held.claim;
  const local = await deps.store.openLocal(file.storageKey, held.signal);
  const staging = stagingOf(file.id, file.fence);
  try {
    await noteBytesFound(deps.db, file);
    const read = await readFile(deps, file, { path: local.path, staging, signal: held.signal, progress });
    if (read.kind === 'members') return await endWithMembers(deps, file, read);
    if (read.kind === 'staged') return await takeIn(deps, held, read, progress);
    await endWithQuestion(deps.db, file, read);
    const question = read.table?.question?.code;
    return { status: 'needs_mapping', ordersChanged: 0, figures: question === undefined ? {} : { question } };
  } finally {
    await progress.stop();
    await local.release();
    // what cannot be dropped now (the database is away) goes with the sweeper
    await withConnection(deps.db, (client) => dropStaging(client, staging)).catch((error: unknown) =>
      deps.logger.debug('staging stays for the sweeper', { error }),
    );
  }
}

async function endWithMembers(
  deps: ProcessDeps,
  file: ClaimedFile,
  { of, format, members }: Members,
): Promise<LoadOutcome> {
  await endContainer(deps.db, file, format, members);
  const now = Date.now();
  for (const { id } of members)
    noteRoot('file unpacked', id, { startTime: now, endTime: now, attributes: { 'vhm24r.parent': file.id } });
  return of === 'archive'
    ? { status: 'unpacked', ordersChanged: 0, figures: { members: members.length } }
    : { status: 'split', ordersChanged: 0, figures: { sheets: members.length } };
}

/** The final transaction of a file. */
async function takeIn(
  deps: ProcessDeps,
  held: Held<ClaimedFile>,
  staged: Staged,
  progress: Progress,
): Promise<LoadOutcome> {
  const file = held.claim;
  const { rowsRead, rowsStaged } = staged.end;
  progress.report({ phase: 'merging', rowsRead, rowsStaged, bytes: file.sizeBytes });
  await progress.flush();
  await awaitTurn(deps, file, { source: staged.source, rows: rowsStaged }, held.signal);
  held.signal.throwIfAborted();
  // no beat may wait for the row that the transaction is about to lock
  void held.stopHeartbeat();
  return inTurn(
    deps,
    async (trx, turn) => {
      await guardTransaction(await connectionOf(trx), deps.leaseMs);
      await held.lock(trx);
      await turn.take(extentOf({ rows: rowsStaged }));
      progress.lockTaken();
      const { foreseen } = file;
      const before = foreseen === null ? 0 : await stateVersion(trx);
      const [result] = await loadStaged(trx, [{ file, staged }], {
        matching: deps.matching,
        logger: deps.logger,
        receipts: foreseen !== null,
        onReconciling: () => progress.report({ phase: 'reconciling' }),
        async onEnding() {
          await turn.keep();
          await progress.stop();
        },
      });
      const { receipt } = result as LoadResult;
      if (foreseen !== null && receipt !== null) await noteHowItCameOut(trx, { ...file, foreseen }, receipt, before);
      return result as LoadResult;
    },
    { fileId: file.id, onGivingWay: () => progress.lockLost() },
  );
}
