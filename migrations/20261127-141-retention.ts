import type { Knex } from 'knex';

/**
 * What is kept for a time only. The bytes of files that took no effect go (shared/retention); their rows stay, and say
 * since when.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table uploaded_files add column bytes_expired_at timestamptz');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table uploaded_files drop column bytes_expired_at');
}
