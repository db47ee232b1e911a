import type { Knex } from 'knex';

/**
 * orders.times_disagree: the times of a machine row of the order run backwards (rules.md 4.1), an issue of its own.
 * uploaded_files.retry_reason: why a file that waits for its next attempt has to wait; null while nothing stopped it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table orders add column times_disagree boolean not null default false;
    alter table uploaded_files add column retry_reason text;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table uploaded_files drop column retry_reason;
    alter table orders drop column times_disagree;
  `);
}
