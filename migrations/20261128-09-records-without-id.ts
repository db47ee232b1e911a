import type { Knex } from 'knex';

/** A large table is in use while its index is built. */
export const concurrently = true;

const INDEXES = [
  { name: 'vendhub_sales_without_id_idx', table: 'vendhub_sales', id: 'report_id' },
  { name: 'fiscal_receipts_without_id_idx', table: 'fiscal_receipts', id: 'fiscal_module' },
] as const;

/** Whether any record lacks the id that most have: to say no, all of them were read for each large report. */
export async function up(knex: Knex): Promise<void> {
  for (const { name, table, id } of INDEXES) {
    await knex.raw(`drop index concurrently if exists ${name}`);
    await knex.raw(`create index concurrently ${name} on ${table} (natural_key) where ${id} is null`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const { name } of INDEXES) await knex.raw(`drop index concurrently if exists ${name}`);
}
