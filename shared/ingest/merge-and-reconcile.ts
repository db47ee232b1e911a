/**
 * The one way in which staged rows take effect: merged into the records of their source, their coverage added,
 * everything that they touch evaluated. Inside a transaction that holds the merge lock; who looks before it lands rolls
 * that back.
 */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';
import type { Executor, ReconcileContext } from '../reconcile/context.ts';
import { expectFiles } from '../reconcile/dangling.ts';
import { addCoverage, type CoveredRange, saysSomething } from '../reconcile/coverage.ts';
import { reconcileTouched } from '../reconcile/engine.ts';
import { createWorkTables } from '../reconcile/work-tables.ts';
import { noteCovered } from './file-effects.ts';
import { beginReceipt, type FileReceipt, takeReceipt } from './file-receipt.ts';
import { mergeStaged, type MergeCounts } from './merge.ts';
import type { Identities } from './merge-identities.ts';
import { isPlacing } from './order-of-acceptance.ts';
import type { Warning } from './readers/reader.ts';
import { type FailingRows, refuseFailingRows } from './refuse-failing-rows.ts';
import type { Source } from './sources/source.ts';
import type { Staging } from './staging.ts';

export interface StagedRows {
  fileId: string;
  /** order of acceptance */
  seq: string;
  source: Source;
  staging: Staging;
  /** the operator's answer where rows would replace other records; null = not asked yet */
  identities: Identities | null;
  /** what the file covers by its rows and by what it states */
  covered: readonly CoveredRange[];
}

export interface MergeRules {
  matching: MatchingConfig;
  /** also tell what it comes to (file-receipt.ts) */
  receipt?: boolean;
  /** of groups in which nothing is to be chosen (reconcile/context.ts) */
  executor?: Executor;
  /** the rows are merged, what they touch is evaluated from here on */
  onReconciling?(): void;
}

export interface Merged {
  counts: MergeCounts;
  /** orders and orphans that are new or whose status, pending or issues changed */
  ordersChanged: number;
  warnings: Warning[];
  /** rows over which a statement failed; counted in counts.rejected; null: none */
  refused: FailingRows | null;
  receipt: FileReceipt | null;
}

/**
 * The temporary tables are left to whoever ends the transaction or merges another file in it. @throws
 * RecordsWouldBeReplaced
 */
export async function mergeAndReconcile(
  client: Client,
  { fileId, seq, source, staging, identities, covered }: StagedRows,
  { matching, receipt = false, executor, onReconciling }: MergeRules,
): Promise<Merged> {
  const confirm = await earlierMayFollow(client, seq, source);
  const context: ReconcileContext = { client, matching, cause: { kind: 'file', fileId }, executor };
  const begun = receipt ? await beginReceipt(client) : null;
  const { result, refused } = await refuseFailingRows(client, staging, async ({ trial }) => {
    await createWorkTables(client);
    const warnings: Warning[] = [];
    const counts = await mergeStaged({
      client,
      source,
      staging,
      fileId,
      seq,
      confirm,
      foresee: executor === 'code' ? undefined : matching,
      warn: (warning) => warnings.push(warning),
      identities: trial ? 'replace' : identities,
    });
    await expectFiles(client, `select uuid '${fileId}' as file_id`);
    if (!trial) onReconciling?.();
    for (const range of covered.filter(saysSomething)) {
      await noteCovered(client, fileId, range);
      await addCoverage(context, source.name, range);
    }
    const { ordersChanged } = await reconcileTouched(context);
    return { counts, warnings, ordersChanged };
  });
  if (refused !== null) result.counts.rejected += refused.rows.length;
  const taken = begun === null ? null : await takeReceipt(client, begun, { id: fileId, source: source.name });
  return { ...result, refused, receipt: taken };
}

/** True while a file accepted earlier may still deliver rows of this source, now or after a retry or mapping. */
async function earlierMayFollow(client: Client, seq: string, source: Source): Promise<boolean> {
  if (await isPlacing(client)) return true;
  const { rowCount } = await client.query(
    `select 1 from uploaded_files
     where seq < $1 and not preview and status not in ('completed', 'completed_with_errors', 'duplicate', 'undone')
       and (source is null or source = $2)
     limit 1`,
    [seq, source.name],
  );
  return (rowCount ?? 0) > 0;
}
