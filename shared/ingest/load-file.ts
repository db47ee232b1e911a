/** Reads a claimed file through the reader child into staging and merges it; or unpacks it, splits it, or asks the operator. */
import type { Knex } from 'knex';
import { connectionOf, type HeldConnection, openConnection, withConnection } from '../db/client.ts';
import { addNotice } from '../notices/notices.ts';
import { createWorkTables, type ReconcileContext } from '../reconcile/context.ts';
import { addCoverage } from '../reconcile/coverage.ts';
import { reconcileTouched, takeMergeLock } from '../reconcile/engine.ts';
import type { MappingOverrides, Recognition } from './child/protocol.ts';
import { type LoadEnd, type LoadProbe, runLoad } from './child/run-reader.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { endContainer, endDuplicate, endLoaded, endWithQuestion } from './finish-file.ts';
import { type CorrectedFile, type Correction, findCorrectedFile, NOT_OURS, resolveCorrected } from './correction.ts';
import { backwardTimes, emptyDays } from './file-warnings.ts';
import { noteBytesFound } from './missing-bytes.ts';
import { findDrift, findMapping, hasMapping } from './header-mappings.ts';
import { sheetMembers, unpackArchive } from './members.ts';
import { mergeStaged } from './merge.ts';
import { RecordsWouldBeReplaced } from './merge-identities.ts';
import { type FilePlan, planFile } from './plan.ts';
import type { Held } from '../work/kind.ts';
import { guardTransaction } from '../db/guard-transaction.ts';
import type { ProcessDeps } from './process-deps.ts';
import { periodOverlap } from './period-overlap.ts';
import type { Progress } from './progress.ts';
import type { Warning } from './readers/reader.ts';
import { DEFAULT_READ_LIMITS } from './readers/limits.ts';
import { refuseFailingRows } from './refuse-failing-rows.ts';
import { sources } from './sources/index.ts';
import type { SourceName } from './sources/source.ts';
import { copyRejectsInto, copyRowsInto, createStaging, dropStaging, type Staging, stagingOf } from './staging.ts';

export interface LoadOutcome {
  status: string;
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
    const read = await readIntoStaging(deps, file, local.path, staging, held, progress);
    if (read.plan.kind === 'archive') {
      const members = await unpackArchive(deps, file, local.path, held.signal);
      await endContainer(deps.db, file, read.probe.format, members);
      return { status: 'unpacked', ordersChanged: 0, figures: { members: members.length } };
    }
    if (read.plan.kind === 'split') {
      const members = sheetMembers(file, read.plan.parts);
      await endContainer(deps.db, file, read.probe.format, members);
      return { status: 'split', ordersChanged: 0, figures: { sheets: members.length } };
    }
    if (read.plan.kind === 'ask' || read.end === null) {
      await endWithQuestion(deps.db, file, read.probe, read.plan.kind === 'ask' ? read.plan.recognition : null);
      return { status: 'needs_mapping', ordersChanged: 0, figures: {} };
    }
    if (read.end.question !== null) {
      const { source } = read.plan;
      const question = { ...read.end.question, candidates: [source] };
      const { columns, warnings } = read.end;
      const probe = { ...read.probe, warnings: [...read.probe.warnings, ...warnings] };
      await endWithQuestion(deps.db, file, probe, { ...read.plan.recognition, columns, question });
      return { status: 'needs_mapping', ordersChanged: 0, figures: { question: question.code } };
    }
    const { probe, end, overrides, correction } = read;
    const { recognition: table, sheets } = read.plan;
    const loaded = { probe, table, end, sheets, overrides, correction };
    return await mergeAndReconcile(deps, file, staging, loaded, held, progress).catch(async (error: unknown) => {
      if (!(error instanceof RecordsWouldBeReplaced)) throw error;
      await endWithQuestion(deps.db, file, probe, replacementQuestion(table, error), { source: table.source });
      return { status: 'needs_mapping', ordersChanged: 0, figures: error.params };
    });
  } finally {
    await progress.stop();
    await local.release();
    // what cannot be dropped now (the database is away) goes with the sweeper
    await withConnection(deps.db, (client) => dropStaging(client, staging)).catch((error: unknown) =>
      deps.logger.debug('staging stays for the sweeper', { error }),
    );
  }
}

/** The recognition with the question whether the rows may replace what is known; the operator answers by `identities` of the mapping. */
function replacementQuestion(table: Recognition, { params }: RecordsWouldBeReplaced): Recognition {
  return { ...table, question: { code: 'records_would_be_replaced', params, candidates: [] } };
}

interface ReadResult {
  probe: LoadProbe;
  plan: FilePlan;
  end: LoadEnd | null;
  /** what the reading went by: the operator's word, a remembered mapping, the file that this one corrects */
  overrides: MappingOverrides;
  correction: Correction | null;
}

async function readIntoStaging(
  deps: ProcessDeps,
  file: ClaimedFile,
  path: string,
  staging: Staging,
  held: Held<ClaimedFile>,
  progress: Progress,
): Promise<ReadResult> {
  let overrides: MappingOverrides = { ...file.overrides };
  let corrected: CorrectedFile | null = null;
  let isRemembered = false;
  for (;;) {
    const attempt = { ...file, overrides };
    const result = await readOnce(deps, attempt, path, staging, held, progress, corrected);
    const named = result.probe.tables.find((table) => table.corrects !== null)?.corrects ?? null;
    if (corrected === null && named !== null && result.end === null) {
      // an error workbook that came back is read as the file it belongs to was
      corrected = (await findCorrectedFile(deps.db, named, file.id)) ?? NOT_OURS;
      overrides = { ...corrected.overrides, ...overrides };
      continue;
    }
    const recognition = recognitionOf(result.plan);
    if (recognition === null || isRemembered || result.end !== null) return result;
    // the operator chose for the same header set before
    const remembered = await findMapping(deps.db, recognition.signature);
    if (remembered === null) return { ...result, plan: await heldForDrift(deps, result.plan, recognition) };
    isRemembered = true;
    overrides = { ...remembered, ...overrides };
  }
}

function recognitionOf(plan: FilePlan): Recognition | null {
  return plan.kind === 'load' || plan.kind === 'ask' ? plan.recognition : null;
}

/** Whether to stop before the first row of a file that is recognised, because an operator's word about its columns is remembered. */
async function hasWordAbout(deps: ProcessDeps, file: ClaimedFile, recognition: Recognition): Promise<boolean> {
  if (file.overrides.columns !== undefined || file.overrides.source !== undefined) return false;
  if (await hasMapping(deps.db, recognition.signature)) return true;
  return (await findDrift(deps, headersOf(recognition), true)) !== null;
}

/** A remembered mapping whose columns changed since: the operator is asked, and told what changed. */
async function heldForDrift(deps: ProcessDeps, plan: FilePlan, recognition: Recognition): Promise<FilePlan> {
  const found = await findDrift(deps, headersOf(recognition), plan.kind === 'load');
  if (found === null) return plan;
  const { drift } = found;
  const none = '—';
  const question = {
    code: 'mapping_drift',
    params: { source: drift.source, added: drift.added.join(', ') || none, removed: drift.removed.join(', ') || none },
    candidates: [drift.source as SourceName],
  };
  return { kind: 'ask', recognition: { ...recognition, question, drift } };
}

function headersOf(recognition: Recognition): string[] {
  return recognition.columns.map((column) => column.header);
}

async function readOnce(
  deps: ProcessDeps,
  file: ClaimedFile,
  path: string,
  staging: Staging,
  held: Held<ClaimedFile>,
  progress: Progress,
  corrected: CorrectedFile | null,
): Promise<ReadResult> {
  const correction: Correction | null = corrected === null || corrected === NOT_OURS ? null : { fileId: corrected.fileId, rows: [] };
  const connections: HeldConnection[] = [];
  const sink = async (): Promise<HeldConnection> => {
    const connection = await openConnection(deps.db);
    connections.push(connection);
    return connection;
  };
  const giveBack = async (error?: unknown): Promise<void> => {
    await Promise.all(connections.splice(0).map((connection) => connection.release(error)));
  };
  let seen: { probe: LoadProbe; plan: FilePlan } | null = null;
  let failed: unknown = undefined;
  // a COPY on a dead connection ends by nothing else: what its stream waits for never comes
  const onAbort = (): void => void giveBack(held.signal.reason);
  held.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const end = await runLoad({
      path,
      name: file.name,
      sizeBytes: file.sizeBytes,
      overrides: file.overrides,
      limits: DEFAULT_READ_LIMITS,
      caps: deps.readerCaps,
      signal: held.signal,
      onStderr: (tail) => deps.logger.warn('reader child wrote', { tail }),
      onProgress: (read) => progress.report({ phase: 'reading', ...read }),
      async onProbe(probe) {
        const plan = planFile(probe);
        seen = { probe, plan };
        if (plan.kind !== 'load') return 'stop';
        if (corrected === null && probe.tables.some((table) => table.corrects !== null)) return 'stop';
        if (await hasWordAbout(deps, file, plan.recognition)) return 'stop';
        progress.report({ phase: 'reading' });
        const errorCeiling = deps.errorCeiling[plan.source];
        return {
          source: plan.source,
          sheets: plan.sheets,
          ...(errorCeiling === undefined ? {} : { errorCeiling }),
          ...(correction === null ? {} : { corrects: correction.fileId }),
        };
      },
      async openRows(plan) {
        const { client } = await sink();
        await client.query('set statement_timeout = 0; set lock_timeout = 0');
        await createStaging(client, staging, sources[plan.source]);
        return copyRowsInto(client, staging, sources[plan.source]);
      },
      async openRejects() {
        const { client } = await sink();
        await client.query('set statement_timeout = 0; set lock_timeout = 0');
        return copyRejectsInto(client, staging);
      },
      onCorrected: (rows) => correction?.rows.push(...rows),
      async onRestart() {
        if (correction !== null) correction.rows = [];
        await giveBack(new Error('the file is read again'));
      },
    });
    if (seen === null) throw new Error('the reader child ended without a probe');
    const { probe, plan } = seen as { probe: LoadProbe; plan: FilePlan };
    return { probe, plan, end, overrides: file.overrides, correction };
  } catch (error) {
    failed = error;
    throw error;
  } finally {
    held.signal.removeEventListener('abort', onAbort);
    if (failed === undefined)
      await Promise.all(connections.map(({ client }) => client.query('reset statement_timeout; reset lock_timeout'))).catch(
        (error: unknown) => (failed = error),
      );
    await giveBack(failed);
  }
}

interface Read {
  probe: LoadProbe;
  table: Recognition;
  end: LoadEnd;
  sheets: (string | null)[];
  overrides: MappingOverrides;
  correction: Correction | null;
}

async function mergeAndReconcile(
  deps: ProcessDeps,
  file: ClaimedFile,
  staging: Staging,
  read: Read,
  held: Held<ClaimedFile>,
  progress: Progress,
): Promise<LoadOutcome> {
  progress.report({ phase: 'merging', rowsRead: read.end.rowsRead, rowsStaged: read.end.rowsStaged, bytes: file.sizeBytes });
  await progress.flush();
  if (held.signal.aborted) throw held.signal.reason as Error;
  // no beat may wait for the row that the transaction is about to lock
  void held.stopHeartbeat();
  const { source: sourceName } = read.table;
  if (sourceName === null) throw new Error('a table without a source cannot be merged');
  const source = sources[sourceName];
  return deps.db.transaction(async (trx) => {
    const client = await connectionOf(trx);
    await guardTransaction(client, deps.leaseMs);
    await held.lock(trx);
    await takeMergeLock(client);
    progress.lockTaken();
    const twin = await twinCompletedMeanwhile(trx, file);
    if (twin !== null) {
      await endDuplicate(trx, file, twin);
      return { status: 'duplicate', ordersChanged: 0, figures: {} };
    }
    const confirm = await earlierMayFollow(trx, file, sourceName);
    const { end } = read;
    const context: ReconcileContext = { client, matching: deps.matching, cause: { kind: 'file', fileId: file.id } };
    const { result, refused } = await refuseFailingRows(client, staging, async ({ trial }) => {
      await createWorkTables(client);
      const warnings: Warning[] = [];
      const merged = await mergeStaged({
        client,
        source,
        staging,
        fileId: file.id,
        seq: file.seq,
        confirm,
        warn: (warning) => warnings.push(warning),
        identities: trial ? 'replace' : (file.overrides.identities ?? null),
      });
      if (!trial) progress.report({ phase: 'reconciling' });
      for (const [from, to] of [
        [end.timeFrom, end.timeTo],
        [end.statedFrom, end.statedTo],
      ] as const)
        if (from !== null && to !== null) await addCoverage(context, sourceName, { from, to });
      return { counts: merged, warnings, ...(await reconcileTouched(context)) };
    });
    const { counts, ordersChanged } = result;
    if (refused !== null) {
      counts.rejected += refused.rows.length;
      deps.logger.error('rows were refused because a statement failed over them', { ...refused, fileId: file.id });
      const key = `rows_refused:${file.id}:${file.run}`;
      await addNotice(trx, key, 'rows_refused', { file: file.name, count: refused.rows.length, reason: refused.sqlState });
    }
    await client.query(
      `insert into row_errors (file_id, row_index, sheet, source_row, column_name, field, code, severity, params, value)
       select $1, row_index, sheet, source_row, column_name, field, code, severity, params, value from ${staging.rejects} order by row_index`,
      [file.id],
    );
    await progress.stop();
    if (read.correction !== null) await resolveCorrected(trx, file, staging, read.correction);
    const warnings = [
      ...(await periodOverlap(trx, file, sourceName, end)),
      ...result.warnings,
      ...(await backwardTimes(client, sourceName, staging, deps.matching.hwVendhubWindowS)),
      ...(await emptyDays(client, sourceName, end)),
    ];
    await endLoaded(trx, file, { ...read, warnings, counts, ordersChanged });
    return {
      status: 'completed',
      ordersChanged,
      figures: { source: sourceName, ...counts, read: end.rowsRead, rejected: end.rowsRejected + counts.rejected },
    };
  });
}

/** A twin that was completed while this one was read: this one changes nothing. */
async function twinCompletedMeanwhile(trx: Knex.Transaction, file: ClaimedFile): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select o.id from uploaded_files o left join uploaded_files op on op.id = o.parent_id
     where o.sha256 = ? and o.id <> ? and o.status in ('completed', 'completed_with_errors') and op.sha256 is distinct from o.sha256
       and not exists (select 1 from uploaded_files p where p.id = ? and p.sha256 = o.sha256)
     order by o.seq limit 1`,
    [file.sha256, file.id, file.parentId],
  );
  return rows[0]?.id ?? null;
}

/** True while a file accepted earlier may still deliver rows of this source, now or after a retry or mapping. */
async function earlierMayFollow(trx: Knex.Transaction, file: ClaimedFile, source: string): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: unknown[] }>(
    `select 1 from uploaded_files where seq < ? and status not in ('completed', 'completed_with_errors', 'duplicate', 'undone') and (source is null or source = ?) limit 1`,
    [file.seq, source],
  );
  return rows.length > 0;
}
