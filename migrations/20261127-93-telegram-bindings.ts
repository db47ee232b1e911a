import type { Knex } from 'knex';

/** Codes by which somebody who has an account binds their chat with the bot to it: one a person, gone once used. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table telegram_bindings (
      user_id bigint primary key references users (id) on delete cascade,
      token_hash bytea not null unique,
      expires_at timestamptz not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table telegram_bindings');
}
