import type { Knex } from 'knex';

/** From so many rows on reading all statuses is cheaper than looking theirs up. */
const MANY = 20_000;

const MOVED = `
            select g.id, g.status as old_status, g.time as old_time, f.status, f.time, f.pending
            from gone g
            join fresh f on f.id = g.id
            where f.status <> g.status or f.time <> g.time or f.pending <> g.pending`;
const moveFrom = (moved: string): string => `
            update order_statuses s set status = m.status, time = m.time, pending = m.pending from ${moved} m
            where s.status = m.old_status and s.time = m.old_time and s.order_id = m.id`;

const NARROW = `
          execute $moved$
            with moved as materialized (${MOVED}
            )${moveFrom('moved')}
          $moved$;`;

/**
 * How many move is asked first, and said: the planner knows it then, and joins the two versions before it looks their
 * statuses up. Of a join of both with order_statuses it expected one row, and compared each old version with each new
 * one: 0.4 s for a thousand corrected orders whose statuses stay, 1.5 s for two thousand.
 */
const COUNTED = `
          execute $count$select count(*) from (${MOVED}
            ) m$count$ into moving;
          if moving > 0 then
            execute format($moved$${moveFrom(`(${MOVED}
            limit %s)`)}
            $moved$, moving);
          end if;`;
const AT_ONCE = `
          execute $moved$${moveFrom(`(${MOVED}
            )`)}
          $moved$;`;

const keepStatuses = (knex: Knex, ofFew: string): Promise<void> =>
  knex.raw(`
    create or replace function keep_order_statuses() returns trigger language plpgsql as $body$
    declare
      moving bigint;
    begin
      if tg_op = 'INSERT' then
        begin
          insert into order_statuses (status, time, order_id, pending)
          select status, time, id, pending from fresh;
        exception when unique_violation then
          insert into order_statuses (status, time, order_id, pending)
          select status, time, id, pending from fresh
          on conflict (status, time, order_id) do update set pending = excluded.pending;
        end;
      elsif tg_op = 'DELETE' then
        execute 'with left_behind as materialized (select status, time, id from gone)
          delete from order_statuses s using left_behind g
          where s.status = g.status and s.time = g.time and s.order_id = g.id';
      elsif tg_op = 'UPDATE' then
        if (select count(*) from (select 1 from gone limit ${MANY + 1}) g) > ${MANY} then${NARROW}
        else${ofFew}
        end if;
      else
        delete from order_statuses;
      end if;
      return null;
    end $body$`);

export const up = (knex: Knex): Promise<void> => keepStatuses(knex, COUNTED);

export const down = (knex: Knex): Promise<void> => keepStatuses(knex, AT_ONCE);
