import type { Knex } from 'knex';

/** How large the database was on a day: what grows shows against it (shared/retention, the doctor). */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table size_samples (
      at timestamptz primary key default clock_timestamp(),
      database_bytes bigint not null,
      -- the largest tables with their indexes, bytes by name
      tables jsonb not null default '{}'
    )
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table size_samples');
}
