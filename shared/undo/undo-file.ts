/** Takes one file back inside the transaction of its run, or finds what stands against it. */
import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit.ts';
import { connectionOf } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { Postponed } from '../faults.ts';
import type { ProcessDeps } from '../ingest/process-deps.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Staging } from '../ingest/staging.ts';
import { extentOf, type Turn } from '../reconcile/merge-lock.ts';
import { advanceState, stateVersion } from '../reconcile/state-version.ts';
import { type FileStatus, refreshSession } from '../ingest/session-state.ts';
import { findHolders, keepKeys } from './holders.ts';
import { inheritDuplicates, unfoldDuplicates } from './inherit-duplicates.ts';
import { lookThrough } from './look-through.ts';
import type { ReceiptPart } from './receipt-part.ts';
import type { Holder } from './replay.ts';
import { membersBeside } from './undo-rows.ts';
import { findLoaded, stageAgain, stagingAgain } from './stage-again.ts';
import { createKeys, takeBack } from './take-back.ts';

export interface UndoRun {
  id: string;
  fence: string;
  file_ids: string[];
  created_by: string;
  reason: string | null;
  address: string | null;
  request_id: string | null;
}

export interface FileState {
  id: string;
  /** order of acceptance */
  seq: string;
  name: string;
  session_id: string;
  status: FileStatus;
  source: SourceName | null;
}

export interface Blocked {
  code: 'has_correction' | 'still_processing' | 'bytes_missing';
  params: Record<string, string | number>;
}

/** A file that corrects one of the first list, is in effect and stays; asked with both lists of ids. */
const CORRECTION_STANDS = `c.corrects = any (?::uuid[]) and c.status in ('completed', 'completed_with_errors')
       and c.id <> all (?::uuid[])`;

/** Why the files of the run cannot be taken back now; null = they can. */
export async function whatBlocks(trx: Knex.Transaction, fileIds: readonly string[]): Promise<Blocked | null> {
  const row = await selectRow<{ code: Blocked['code']; id: string; name: string }>(
    trx,
    `select 'still_processing' as code, id, name, 1 as rank from uploaded_files
      where id = any (?::uuid[]) and status in ('queued', 'processing')
     union all
     select 'has_correction', c.id, c.name, 2 from uploaded_files c
     where ${CORRECTION_STANDS}
     order by rank limit 1`,
    [fileIds, fileIds, fileIds],
  );
  return row === null ? null : { code: row.code, params: { fileId: row.id, name: row.name } };
}

const LOADED: readonly FileStatus[] = ['completed', 'completed_with_errors'];
/** A file was taken back and loaded again while it was read: it is read once more. */
const MOVED_PAUSE_MS = 100;

/**
 * @param stagings gets the tables that are made, for whoever cleans up
 * @param files that the transaction takes back
 * @returns null when the file had been taken back before, or brought nothing that could be
 * @throws BytesMissing
 */
export async function undoFile(
  deps: ProcessDeps,
  trx: Knex.Transaction,
  run: UndoRun,
  fileId: string,
  { stagings, signal, turn, files }: { stagings: Staging[]; signal: AbortSignal; turn: Turn; files: number },
): Promise<ReceiptPart | null> {
  const client = await connectionOf(trx);
  const seen = await stateOf(trx, fileId);
  if (seen === null || (!LOADED.includes(seen.status) && seen.status !== 'duplicate')) return null;
  await unfoldDuplicates(trx, fileId);
  if (seen.source === null || seen.status === 'duplicate') {
    await insistThatItIsAsSeen(trx, run, seen);
    await endUndone(trx, run, seen);
    return { ...emptyPart, id: seen.id, name: seen.name, source: seen.source };
  }
  const { source } = seen;
  const staged = new Map<string, Holder>();
  const stage = async (id: string): Promise<void> => {
    const file = await findLoaded(trx, id);
    const staging = stagingAgain(id, run, stagings.length);
    stagings.push(staging);
    await stageAgain(deps, file, staging, signal);
    await keepKeys(client, staging, id);
    staged.set(id, { fileId: id, seq: file.seq, staging, identities: file.overrides.identities ?? null });
  };
  await lookThrough(deps, source, run, signal);
  const keys = await createKeys(client, fileId);
  const versionSeen = await stateVersion(trx);
  const foundFirst = await findHolders(client, source, fileId);
  for (const id of foundFirst) await stage(id);
  await turn.take(extentOf({ rows: keys, files }));
  const state = await lockState(trx, fileId);
  if (state === null || !LOADED.includes(state.status)) return null;
  if (state.seq !== seen.seq) throw new Postponed(MOVED_PAUSE_MS);
  // its correction was loaded while it was read: the run begins again, and is blocked
  if (await isCorrected(trx, run, fileId)) throw new Postponed(MOVED_PAUSE_MS);
  const isInherited = await inheritDuplicates(trx, fileId);
  const holders: Holder[] = [];
  // others may have been loaded or taken back while these were read
  const hasMoved = isInherited || (await stateVersion(trx)) !== versionSeen;
  for (const id of hasMoved ? await findHolders(client, source, fileId) : foundFirst) {
    if (!staged.has(id)) await stage(id);
    const holder = staged.get(id) as Holder;
    const { seq } = await findLoaded(trx, id);
    // taken back and loaded again meanwhile, perhaps read otherwise
    if (holder.seq !== seq) throw new Postponed(MOVED_PAUSE_MS);
    holders.push(holder);
  }
  const part = await takeBack(client, {
    file: { id: fileId, name: state.name, source },
    holders,
    matching: deps.matching,
  });
  await reopenCorrected(trx, fileId);
  await endUndone(trx, run, state);
  return part;
}

/** By a file that stays. */
async function isCorrected(trx: Knex.Transaction, run: UndoRun, fileId: string): Promise<boolean> {
  const correction = await selectRow(trx, `select 1 from uploaded_files c where ${CORRECTION_STANDS} limit 1`, [
    [fileId],
    run.file_ids,
  ]);
  return correction !== null;
}

const STATE = 'select id, seq, name, session_id, status, source from uploaded_files where id = ?';

function stateOf(trx: Knex.Transaction, fileId: string): Promise<FileState | null> {
  return selectRow<FileState>(trx, STATE, [fileId]);
}

/** From here on nobody ends as a duplicate of the file (finish-file.ts). */
function lockState(trx: Knex.Transaction, fileId: string): Promise<FileState | null> {
  return selectRow<FileState>(trx, `${STATE} for no key update`, [fileId]);
}

/**
 * What the file is a duplicate of may be taken back at this moment: then this one counts in its place, with rows or
 * members of its own. Who makes it so holds its row to the end, so nobody waits for it here.
 * @throws Postponed
 */
async function insistThatItIsAsSeen(trx: Knex.Transaction, run: UndoRun, seen: FileState): Promise<void> {
  const row = await selectRow<FileState>(trx, `${STATE} for no key update skip locked`, [seen.id]);
  if (row?.status !== seen.status || (await membersBeside(trx, run.file_ids)).length > 0)
    throw new Postponed(MOVED_PAUSE_MS);
}

const emptyPart: Omit<ReceiptPart, 'id' | 'name' | 'source'> = {
  rows: { removed: 0, restored: 0, kept: 0 },
  fields: { restored: 0, kept: 0 },
  orders: { removed: 0, changed: 0 },
  statuses: [],
  issues: [],
  decisions: { stale: 0 },
  coverage: [],
};

/** The faults that a correction had mended are open again in the file that it corrected. */
async function reopenCorrected(trx: Knex.Transaction, fileId: string): Promise<void> {
  await execute(trx, 'update row_errors set resolved_at = null, resolved_by = null where resolved_by = ?', [fileId]);
  await execute(
    trx,
    `update uploaded_files f set
       corrected_by = (select c.id from uploaded_files c where c.corrects = f.id and c.id <> ?
         and c.status in ('completed', 'completed_with_errors') order by c.seq desc limit 1),
       open_errors = (select count(distinct row_index) from row_errors
         where file_id = f.id and severity = 'error' and resolved_at is null)
     where f.corrected_by = ? or f.id = (select corrects from uploaded_files where id = ?)`,
    [fileId, fileId, fileId],
  );
}

async function endUndone(trx: Knex.Transaction, run: UndoRun, file: FileState): Promise<void> {
  await advanceState(trx);
  await execute(trx, 'delete from file_effects where file_id = ?', [file.id]);
  await execute(
    trx,
    `update uploaded_files set status = 'undone', undone_at = clock_timestamp(), undone_by = ?, undo_reason = ?,
      open_errors = 0 where id = ?`,
    [run.created_by, run.reason, file.id],
  );
  await refreshSession(trx, file.session_id);
  await recordAudit(trx, {
    actorId: run.created_by,
    action: 'files.undone',
    subject: `file:${file.id}`,
    address: run.address,
    requestId: run.request_id,
    details: { undoId: run.id, reason: run.reason },
  });
}
