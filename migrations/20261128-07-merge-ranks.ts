import type { Knex } from 'knex';

/** The rank of a large report among those that were dropped with it, from when it is known (ingest/merge-order.ts). */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`alter table file_progress add column merge_rank smallint`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`alter table file_progress drop column merge_rank`);
}
