import type { Knex } from 'knex';

/** A large table is in use while its indexes are built. */
export const concurrently = true;

/**
 * What people have of a payment in hand when they search: the last digits of a card or phone, the RRN of a bank
 * statement. Reports without these columns cost nothing here. The expressions are those of
 * shared/orders/search-proofs.ts, letter for letter, or no index is used.
 */
const INDEXES = {
  gateway_payments_card_tail_idx: '(right(card_number, 4)) where card_number is not null',
  gateway_payments_phone_tail_idx: `(right(regexp_replace(phone_number, '\\D', '', 'g'), 4))
    where phone_number is not null`,
  gateway_payments_rrn_idx: '(rrn) where rrn is not null',
  gateway_payments_fiscal_sign_idx: '(fiscal_sign) where fiscal_sign is not null',
};

export async function up(knex: Knex): Promise<void> {
  for (const [name, definition] of Object.entries(INDEXES)) {
    // one that broke off left an index that nobody may use
    await knex.raw(`drop index concurrently if exists ${name}`);
    await knex.raw(`create index concurrently ${name} on gateway_payments ${definition}`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const name of Object.keys(INDEXES)) await knex.raw(`drop index concurrently if exists ${name}`);
}
