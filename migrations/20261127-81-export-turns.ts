import type { Knex } from 'knex';

/** Who was served last, and which exports are small: what the order of exports goes by. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table exports add column claimed_at timestamptz;
    -- known to hold few rows when it was asked for
    alter table exports add column small boolean not null default false;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table exports drop column claimed_at, drop column small');
}
