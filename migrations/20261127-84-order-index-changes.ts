import type { Knex } from 'knex';

/** A large table is in use while its indexes are built. */
export const concurrently = true;

const MACHINE = 'orders_machine_idx';
const STATUS = 'orders_status_idx';

/**
 * Lists of one status walk order_statuses now, and totals by machine come out of order_sums: neither the index of
 * statuses nor the price beside each machine is read any more.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${STATUS}`);
  await replace(knex, MACHINE, '(machine_code, time, id)');
}

export async function down(knex: Knex): Promise<void> {
  await replace(knex, STATUS, '(status, time, id) include (price)');
  await replace(knex, MACHINE, '(machine_code, time, id) include (price)');
}

/** The old one serves until the new one is there; one that broke off left an index that nobody may use. */
async function replace(knex: Knex, name: string, definition: string): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${name}_next`);
  await knex.raw(`create index concurrently ${name}_next on orders ${definition}`);
  await knex.raw(`drop index concurrently if exists ${name}`);
  await knex.raw(`alter index ${name}_next rename to ${name}`);
}
