import type { Knex } from 'knex';

/**
 * The statuses of orders, and what is pending, in a table of their own, which lists of one status walk. With an index
 * of its own table each new status was a new entry in every index of orders; without one the row is written beside its
 * old version and no index learns of it (a HOT update). For that a page needs room for a second version of its rows,
 * which a first import needs for nearly every order.
 *
 * Triggers keep the table, whoever writes; their statements are planned each time, since one row changes as well as a
 * million.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table order_statuses (
      status text collate "C" not null,
      time timestamptz not null,
      order_id bigint not null,
      pending boolean not null,
      primary key (status, time, order_id)
    );
    alter table orders set (fillfactor = 50);
  `);
  await knex.raw(`
    create function keep_order_statuses() returns trigger language plpgsql as $body$
    begin
      if tg_op = 'INSERT' then
        insert into order_statuses (status, time, order_id, pending)
          select status, time, id, pending from fresh
          -- left by somebody who went around these triggers
          on conflict (status, time, order_id) do update set pending = excluded.pending;
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
  await knex.raw(`
    create trigger keep_statuses_inserted after insert on orders referencing new table as fresh
      for each statement execute function keep_order_statuses();
    create trigger keep_statuses_updated after update on orders referencing old table as gone new table as fresh
      for each statement execute function keep_order_statuses();
    create trigger keep_statuses_deleted after delete on orders referencing old table as gone
      for each statement execute function keep_order_statuses();
    create trigger keep_statuses_truncated after truncate on orders
      for each statement execute function keep_order_statuses();
  `);
  // behind the triggers, whose lock keeps writers out until all is in step; readers go on
  await knex.raw(`
    insert into order_statuses (status, time, order_id, pending)
      select status, time, id, pending from orders order by time, id;
    create index order_statuses_pending_idx on order_statuses (time, order_id) where pending;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger keep_statuses_inserted on orders;
    drop trigger keep_statuses_updated on orders;
    drop trigger keep_statuses_deleted on orders;
    drop trigger keep_statuses_truncated on orders;
    drop function keep_order_statuses();
    drop table order_statuses;
    alter table orders set (fillfactor = 80);
  `);
}
