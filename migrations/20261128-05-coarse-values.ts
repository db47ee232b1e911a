import type { Knex } from 'knex';

const TABLES = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;

/**
 * Which values the file that gave them wrote coarsely (rules.md 4.1), a bit for each kept field of the source, in their
 * order: an exact one of a file that was accepted before and finishes after it takes their place. Null: none. They mean
 * something only as long as such a file may come; of a release that has other fields before one, nothing but that hangs
 * on them.
 */
export async function up(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.raw(`alter table ${table} add column coarse bigint`);
}

export async function down(knex: Knex): Promise<void> {
  for (const table of TABLES) await knex.raw(`alter table ${table} drop column coarse`);
}
