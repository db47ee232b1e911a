import type { Knex } from 'knex';

/** The time of sealing comes under the seal: a row that was slipped in later shows. */
export async function up(knex: Knex): Promise<void> {
  // the default stays: an api of before this may still seal beside a new one
  await knex.raw('alter table audit_seals add column time_sealed boolean not null default false');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table audit_seals drop column time_sealed');
}
