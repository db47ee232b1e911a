import type { Knex } from 'knex';

const TABLES = [
  ['orders', 'time'],
  ['fiscal_receipts', 'fiscal_time'],
  ['gateway_payments', 'transaction_time'],
] as const;

/** The day of Tashkent, counted in seconds: asking the calendar for a million times costs as much as reading them. */
const dayOf = (column: string): string =>
  `date '1970-01-01' + floor((extract(epoch from ${column}) + 18000) / 86400)::int`;

/**
 * What the orders, receipts and payments of each day of Tashkent come to (shared/sums). Whoever changes a row of a day,
 * by whatever way, leaves the day in order_sums_stale in the same transaction; readers count such days anew, and the
 * next reconciliation, or a round in the background, counts them into the table.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table order_sums (
      day date not null,
      dimension text collate "C" not null,
      key text collate "C",
      count bigint not null,
      sum numeric not null,
      problems bigint not null default 0,
      pending_count bigint not null default 0,
      pending_sum numeric not null default 0,
      first timestamptz,
      last timestamptz
    );
    create index order_sums_dimension_idx on order_sums (dimension, day);
    create index order_sums_day_idx on order_sums (day);
    -- reach: how many days before and after it may have changed with it
    create table order_sums_stale (day date not null, reach integer not null default 1);
  `);
  for (const [table, column] of TABLES) {
    await knex.raw(`
      create function note_${table}_days() returns trigger language plpgsql as $body$
      begin
        if tg_op = 'INSERT' then
          insert into order_sums_stale (day) select distinct ${dayOf(column)} from fresh;
        elsif tg_op = 'DELETE' then
          insert into order_sums_stale (day) select distinct ${dayOf(column)} from gone;
        elsif tg_op = 'UPDATE' then
          insert into order_sums_stale (day)
            select distinct ${dayOf(column)} from fresh union select distinct ${dayOf(column)} from gone;
        else
          delete from order_sums;
          delete from order_sums_stale;
        end if;
        return null;
      end $body$`);
    await knex.raw(`
      create trigger note_days_inserted after insert on ${table} referencing new table as fresh
        for each statement execute function note_${table}_days();
      create trigger note_days_updated after update on ${table} referencing old table as gone new table as fresh
        for each statement execute function note_${table}_days();
      create trigger note_days_deleted after delete on ${table} referencing old table as gone
        for each statement execute function note_${table}_days();
      create trigger note_days_truncated after truncate on ${table}
        for each statement execute function note_${table}_days();
      insert into order_sums_stale (day) select distinct ${dayOf(column)} from ${table};
    `);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const [table] of TABLES) {
    await knex.raw(`
      drop trigger note_days_inserted on ${table};
      drop trigger note_days_updated on ${table};
      drop trigger note_days_deleted on ${table};
      drop trigger note_days_truncated on ${table};
      drop function note_${table}_days();
    `);
  }
  await knex.raw('drop table order_sums, order_sums_stale');
}
