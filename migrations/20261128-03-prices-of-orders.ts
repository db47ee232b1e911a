import type { Knex } from 'knex';

/** A large table is in use while its indexes are built. */
export const concurrently = true;

const ORDERS = 'orders_price_time_idx';
const ORPHANS = 'orders_orphan_price_time_idx';

/**
 * Orders and the rows of lone proofs apart, each row in one of the two: proofs look for orders of their price, and
 * where many proofs of one amount and time stand alone each of them read the rows of all others, which were stepped
 * over only after that (250 000 payments of one second: minutes).
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${ORPHANS}`);
  await knex.raw(`create index concurrently ${ORPHANS} on orders (price, time) where order_number is null`);
  await replace(knex, '(price, time) where order_number is not null');
}

export async function down(knex: Knex): Promise<void> {
  await replace(knex, '(price, time)');
  await knex.raw(`drop index concurrently if exists ${ORPHANS}`);
}

/** The old one serves until the new one is there; one that broke off left an index that nobody may use. */
async function replace(knex: Knex, definition: string): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${ORDERS}_next`);
  await knex.raw(`create index concurrently ${ORDERS}_next on orders ${definition}`);
  await knex.raw(`drop index concurrently if exists ${ORDERS}`);
  await knex.raw(`alter index ${ORDERS}_next rename to ${ORDERS}`);
}
