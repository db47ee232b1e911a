import type { Knex } from 'knex';

/** Links by which people choose their first or another password: one a person, gone once used. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table invitations (
      user_id bigint primary key references users (id),
      token_hash bytea not null unique,
      created_at timestamptz not null default clock_timestamp(),
      created_by bigint references users (id),
      expires_at timestamptz not null
    );
    create index invitations_created_by_idx on invitations (created_by);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table invitations');
}
