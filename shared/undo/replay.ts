/**
 * The records of some keys as they would be if only these files had come, in their order of acceptance: their rows are
 * merged by the same code as on import, into temporary tables of the same names, which stand before the real ones as
 * long as the transaction lets them.
 */
import type { Client } from 'pg';
import type { Identities } from '../ingest/merge-identities.ts';
import { mergeStaged } from '../ingest/merge.ts';
import type { Source } from '../ingest/sources/source.ts';
import type { Staging } from '../ingest/staging.ts';
import { createWorkTables, emptyWorkTables } from '../reconcile/work-tables.ts';

export interface Holder {
  fileId: string;
  /** order of acceptance */
  seq: string;
  /** its rows of the keys in question */
  staging: Staging;
  identities: Identities | null;
}

const RECORDS = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;
/** What else a merge writes, or looks at because of what it wrote. */
const OTHERS = ['orders', 'order_changes', 'manual_decisions', 'source_days', 'machines', 'goods'] as const;

/**
 * Leaves the records in the temporary table replayed, which has the columns of the source's table. Under the merge
 * lock.
 */
export async function replay(client: Client, source: Source, holders: readonly Holder[]): Promise<void> {
  if (holders.length === 0) {
    await client.query(`create temporary table replayed (like public.${source.table}) on commit drop`);
    return;
  }
  for (const table of RECORDS) {
    const key = table === 'gateway_payments' ? 'gateway, natural_key' : 'natural_key';
    await client.query(`
      create temporary table ${table} (like public.${table} including defaults including identity) on commit drop;
      create unique index ${table}_natural_key on pg_temp.${table} (${key});
      create index on pg_temp.${table} (order_id, id)`);
  }
  for (const table of OTHERS) {
    const identity = table === 'orders' ? '' : 'including identity';
    await client.query(
      `create temporary table ${table} (like public.${table} including defaults including indexes ${identity})
       on commit drop`,
    );
  }
  await createWorkTables(client);
  for (const { fileId, seq, staging, identities } of holders.toSorted((a, b) =>
    Number(BigInt(a.seq) - BigInt(b.seq)),
  )) {
    // what a file was asked about it has answered, or it would not stand
    await mergeStaged({
      client,
      source,
      staging,
      fileId,
      seq,
      confirm: true,
      note: false,
      identities: identities ?? 'replace',
    });
  }
  await emptyWorkTables(client);
  await client.query(`alter table pg_temp.${source.table} rename to replayed`);
  const left = [...RECORDS, ...OTHERS].filter((table) => table !== source.table);
  await client.query(`drop table ${left.map((table) => `pg_temp.${table}`).join(', ')}; analyze replayed`);
}
