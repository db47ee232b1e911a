import type { Knex } from 'knex';

const CHECK = 'telegram_preferences_lang_check';

/** Which languages there are the code knows, and one more is no migration: a code of two letters is asked for. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table telegram_preferences drop constraint ${CHECK};
    alter table telegram_preferences add constraint ${CHECK} check (lang ~ '^[a-z]{2}$') not valid;
    alter table telegram_preferences validate constraint ${CHECK};
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    update telegram_preferences set lang = null where lang not in ('ru', 'en', 'uz');
    alter table telegram_preferences drop constraint ${CHECK};
    alter table telegram_preferences add constraint ${CHECK} check (lang in ('ru', 'en', 'uz'));
  `);
}
