import type { Knex } from 'knex';

/** A large table is in use while its index is built. */
export const concurrently = true;

/**
 * Click names the customer by a phone of which the middle is hidden. The expression is that of
 * shared/orders/search-proofs.ts, letter for letter, or no index is used.
 */
export async function up(knex: Knex): Promise<void> {
  // one that broke off left an index that nobody may use
  await knex.raw('drop index concurrently if exists gateway_payments_client_tail_idx');
  await knex.raw(`create index concurrently gateway_payments_client_tail_idx on gateway_payments
    (right(regexp_replace(client_info, '\\D', '', 'g'), 4)) where client_info is not null`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index concurrently if exists gateway_payments_client_tail_idx');
}
