import type { Knex } from 'knex';

/** A large table is in use while its index goes, or is built again. */
export const concurrently = true;

/** Lists walk order_statuses (the migration before), and no index of orders may hold what changes with every leg. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('drop index concurrently if exists orders_status_idx');
}

export async function down(knex: Knex): Promise<void> {
  // one that broke off left an index that nobody may use
  await knex.raw('drop index concurrently if exists orders_status_idx');
  await knex.raw('create index concurrently orders_status_idx on orders (status, time, id) include (price)');
}
