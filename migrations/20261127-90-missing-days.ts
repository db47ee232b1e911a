import type { Knex } from 'knex';

/** Missing days that a notice has named: what is missing still is not named again, what went missing again is. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table missing_days_told (
      source text not null,
      -- the first of a shorter hole
      day date not null,
      -- less than the whole day
      part boolean not null,
      told_at timestamptz not null default clock_timestamp(),
      primary key (source, day, part)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table missing_days_told');
}
