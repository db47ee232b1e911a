import type { Knex } from 'knex';

/** What the rows of the relation fresh say, for order_statuses. */
const INSERT = `insert into order_statuses (status, time, order_id, pending)
          select status, time, id, pending from fresh`;
const ON_CONFLICT = `${INSERT}
          on conflict (status, time, order_id) do update set pending = excluded.pending`;

/** Rows that somebody left who went around the triggers are in the way of one insert in a million. */
const EXPECTING_NONE = `begin
          ${INSERT};
        exception when unique_violation then
          ${ON_CONFLICT};
        end`;

/**
 * Statuses of new orders are inserted as if none of them were there. Asked of each row, whether it is, costs as much as
 * inserting it; now only an insert that meets one is done again with the question.
 */
export async function up(knex: Knex): Promise<void> {
  await replace(knex, EXPECTING_NONE);
}

export async function down(knex: Knex): Promise<void> {
  await replace(knex, ON_CONFLICT);
}

async function replace(knex: Knex, insert: string): Promise<void> {
  await knex.raw(`
    create or replace function keep_order_statuses() returns trigger language plpgsql as $body$
    begin
      if tg_op = 'INSERT' then
        ${insert};
      elsif tg_op = 'DELETE' then
        execute 'delete from order_statuses s using gone g
          where s.status = g.status and s.time = g.time and s.order_id = g.id';
      elsif tg_op = 'UPDATE' then
        execute $moved$
          update order_statuses s set status = m.status, time = m.time, pending = m.pending
          from (
            select g.id, g.status as old_status, g.time as old_time, f.status, f.time, f.pending
            from gone g
            join fresh f on f.id = g.id
            where f.status <> g.status or f.time <> g.time or f.pending <> g.pending
          ) m
          where s.status = m.old_status and s.time = m.old_time and s.order_id = m.id
        $moved$;
      else
        delete from order_statuses;
      end if;
      return null;
    end $body$`);
}
