import type { Knex } from 'knex';

/**
 * By which door a session came in. `door_key` is the door's own name of what it brought (a message, an album, a file of
 * a folder): given twice, it is the same session.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table processing_sessions
      add column door text not null default 'page'
        constraint processing_sessions_door_check check (door in ('page', 'api', 'cli', 'telegram', 'folder', 'mail')),
      add column door_key text;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table processing_sessions drop column door, drop column door_key');
}
