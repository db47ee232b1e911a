import type { Knex } from 'knex';

/**
 * What ends every sign-in of a person ends what was to make a further one: the code that binds a chat, the link that
 * the bot gave. In the database, as the version itself is raised there. An invitation is an administrator's word, and
 * stays.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function users_end_codes() returns trigger language plpgsql as $$
      begin
        delete from telegram_bindings where user_id = new.id;
        delete from telegram_sessions where user_id = new.id and kind = 'bot';
        return null;
      end $$;
    create trigger users_end_codes after update on users
      for each row when (new.token_version is distinct from old.token_version) execute function users_end_codes();
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger users_end_codes on users;
    drop function users_end_codes();
  `);
}
