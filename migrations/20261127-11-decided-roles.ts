import type { Knex } from 'knex';

/** When an administrator last chose a person's role: TELEGRAM_ADMIN_IDS promotes only whom nobody has decided about. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table users add column role_decided_at timestamptz');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table users drop column role_decided_at');
}
