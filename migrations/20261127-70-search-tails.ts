import type { Knex } from 'knex';

/**
 * What people have of a payment in hand when they search: the last digits of a card or phone, the RRN of a bank statement. Reports without
 * these columns cost nothing here. The expressions are those of shared/orders/search-proofs.ts, letter for letter, or no index is used.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index gateway_payments_card_tail_idx on gateway_payments (right(card_number, 4)) where card_number is not null;
    create index gateway_payments_phone_tail_idx on gateway_payments (right(regexp_replace(phone_number, '\\D', '', 'g'), 4))
      where phone_number is not null;
    create index gateway_payments_rrn_idx on gateway_payments (rrn) where rrn is not null;
    create index gateway_payments_fiscal_sign_idx on gateway_payments (fiscal_sign) where fiscal_sign is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index gateway_payments_fiscal_sign_idx, gateway_payments_rrn_idx, gateway_payments_phone_tail_idx, gateway_payments_card_tail_idx;
  `);
}
