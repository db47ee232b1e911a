import type { Knex } from 'knex';

/** Bytes that no row points to, and rows whose bytes are not there: both are judged by the database's clock alone. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table storage_suspects (
      storage_key text primary key,
      -- when a sweep first found these bytes without a row that points to them
      seen_at timestamptz not null default clock_timestamp(),
      -- from now on no row may point to them: they are removed
      condemned_at timestamptz
    );
    create index storage_suspects_seen_at_idx on storage_suspects (seen_at);

    alter table uploaded_files add column bytes_missing_since timestamptz;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table uploaded_files drop column bytes_missing_since;
    drop table storage_suspects;
  `);
}
