import type { Knex } from 'knex';

/** A large table is in use while its index is built. */
export const concurrently = true;

const NAME = 'processing_sessions_door_key';

/** What a door brings twice is one session (migration 83). */
export async function up(knex: Knex): Promise<void> {
  await down(knex);
  await knex.raw(
    `create unique index concurrently ${NAME} on processing_sessions (door, door_key) where door_key is not null`,
  );
}

export async function down(knex: Knex): Promise<void> {
  // one that broke off left an index that nobody may use
  await knex.raw(`drop index concurrently if exists ${NAME}`);
}
