import type { Knex } from 'knex';

/** Said by who moves the statuses of the orders that he updates himself (reconcile/write-decided.ts). */
const TOLD = `current_setting('vhm24r.statuses_told', true) = 'yes'`;

/**
 * An import that decides a million orders knows what their statuses were and are. The trigger had to find that out of
 * both versions of whole rows, joined by their numbers: a third of what the update took. Whoever else writes is
 * followed as before.
 */
const followUpdates = (knex: Knex, when: string): Promise<void> =>
  knex.raw(`
    drop trigger keep_statuses_updated on orders;
    create trigger keep_statuses_updated after update on orders referencing old table as gone new table as fresh
      for each statement ${when} execute function keep_order_statuses()`);

export const up = (knex: Knex): Promise<void> => followUpdates(knex, `when ((${TOLD}) is not true)`);

export const down = (knex: Knex): Promise<void> => followUpdates(knex, '');
