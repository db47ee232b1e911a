/**
 * Makes the state what it would be without a file (rules.md section 7): the records of its keys become what the other
 * files make of them, and everything that follows from that is evaluated again. Inside one transaction, under the merge
 * lock.
 */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';
import { sources } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Cause } from '../reconcile/context.ts';
import { coverWithout } from '../reconcile/coverage.ts';
import { expectFiles } from '../reconcile/dangling.ts';
import { reconcileTouched } from '../reconcile/engine.ts';
import { createWorkTables } from '../reconcile/work-tables.ts';
import { keyHash } from '../ingest/file-effects.ts';
import { forgetNames } from './forget-names.ts';
import { countFieldsGiven, type ReceiptPart, takeReceipt } from './receipt-part.ts';
import { applyDifference } from './record-difference.ts';
import { type Holder, replay } from './replay.ts';

export interface TakenBack {
  file: { id: string; name: string; source: SourceName };
  /** the files that hold any of its keys, with their rows of these keys */
  holders: readonly Holder[];
  matching: MatchingConfig;
}

/**
 * Keys of the file, as the temporary table undo_keys (key). It is always read whole: an index would not be used.
 * @returns how many
 */
export async function createKeys(client: Client, fileId: string): Promise<number> {
  const keys = await client.query(
    `create temporary table undo_keys on commit drop as select distinct unnest(keys) as key from file_effects
      where file_id = '${fileId}'`,
  );
  await client.query(`analyze undo_keys`);
  return keys.rowCount ?? 0;
}

/** The temporary tables are left to whoever ends the transaction or takes back another file in it. */
export async function takeBack(client: Client, { file, holders, matching }: TakenBack): Promise<ReceiptPart> {
  const source = sources[file.source];
  const cause: Cause = { kind: 'undo', fileId: file.id };
  const fieldsGiven = await countFieldsGiven(client, file.id);
  await replay(client, source, holders);
  await createWorkTables(client);
  const gateway = source.table === 'gateway_payments' ? `where r.gateway = '${source.name}'` : '';
  await client.query(`
    create temporary table held on commit drop as
    select r.* from ${source.table} r join undo_keys k on k.key = ${keyHash('r')} ${gateway}`);
  await client.query(`analyze held (id, order_id, natural_key)`);
  await expectFiles(client, 'select distinct file_id from replayed');
  const applied = await applyDifference(client, source, cause, file.id);
  await coverWithout(client, source.name, file.id);
  await forgetNames(client, source, file.id);
  const { ordersChanged } = await reconcileTouched({ client, matching, cause });
  return takeReceipt(client, { file, fieldsGiven, applied, ordersChanged });
}
