import type { Knex } from 'knex';

/**
 * A part of an album that comes late joins the session of the others, and what was fetched of an album stays when the
 * fetching of another part has to be tried again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table telegram_documents
      -- the file that it becomes: handed over twice it is there once. null: written down by the version before
      add column uploaded_id uuid,
      add column loaded_at timestamptz,
      -- bytes in the store that no row points to yet
      add column stored jsonb,
      add column failures integer not null default 0;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table telegram_documents
      drop column uploaded_id, drop column loaded_at, drop column stored, drop column failures;
  `);
}
