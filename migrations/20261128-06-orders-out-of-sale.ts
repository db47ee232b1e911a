import type { Knex } from 'knex';

/** A large table is in use while its index is built. */
export const concurrently = true;

const OUT_OF_SALE = 'orders_out_of_sale_idx';

/** Sales that are no revenue in list order: one in a hundred, for which a list would walk all orders by time. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${OUT_OF_SALE}`);
  await knex.raw(
    `create index concurrently ${OUT_OF_SALE} on orders (time, id) include (price) where unpaid or refunded`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${OUT_OF_SALE}`);
}
