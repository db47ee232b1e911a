import type { Knex } from 'knex';

/** Large tables are in use while their indexes are built. */
export const concurrently = true;

const INDEXES = [
  ['happy_workers_orders', 'happy_workers_orders_file_id_idx'],
  ['vendhub_sales', 'vendhub_sales_file_id_idx'],
  ['fiscal_receipts', 'fiscal_receipts_file_id_idx'],
  ['gateway_payments', 'gateway_payments_file_id_idx'],
  ['order_changes', 'order_changes_file_guard_idx'],
] as const;

/**
 * A megabyte of a table holds the rows of a dozen daily reports. Ids of files are random, so between the least and the
 * greatest of a dozen lies nearly every other: whoever looked for a file's rows read the whole table. A filter of each
 * megabyte says which files are in it.
 */
const OF_A_DOZEN = 'using brin (file_id uuid_bloom_ops (n_distinct_per_range = 64))';

export const up = (knex: Knex): Promise<void> => replaceAll(knex, OF_A_DOZEN);
export const down = (knex: Knex): Promise<void> => replaceAll(knex, 'using brin (file_id)');

/** The old one serves until the new one is there; one that broke off left an index that nobody may use. */
async function replaceAll(knex: Knex, definition: string): Promise<void> {
  for (const [table, name] of INDEXES) {
    await knex.raw(`drop index concurrently if exists ${name}_next`);
    await knex.raw(`create index concurrently ${name}_next on ${table} ${definition}`);
    await knex.raw(`drop index concurrently if exists ${name}`);
    await knex.raw(`alter index ${name}_next rename to ${name}`);
  }
}
