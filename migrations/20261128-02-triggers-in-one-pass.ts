import type { Knex } from 'knex';

const RECORDS = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;
const GUARDED = [
  { table: 'orders', column: 'order_id', holders: RECORDS, own: 'order_issues' },
  { table: 'uploaded_files', column: 'file_id', holders: [...RECORDS, 'order_changes'], own: null },
] as const;
type Guarded = (typeof GUARDED)[number];
const MERGE_LOCK_KEY = 724_124;

/**
 * Triggers of tables of which one statement changes a million rows. An old or new version of a row that takes part in
 * an update or a delete is carried along whole, through every sort; of a common table expression only what it gives is
 * (orders updated: 2.2 s to 1.1 s for 200 000).
 *
 * What a guard asks of the rows that go. `exists` over the join made the planner look for a first hit: a million rows
 * that nobody points to were looked up one by one, in each table that might, and their whole old versions were read for
 * each of these (3.0 s; 1.2 s counted over their ids, kept once).
 */
const counted = ({ holders, column }: Guarded): string => `
          with ids as materialized (select id from gone)
          select ${holders
            .map((table) => `(select count(*) from ids g join ${table} r on r.${column} = g.id) > 0`)
            .join('\n            or ')}`;

const lookedFor = ({ holders, column }: Guarded): string => `
          select ${holders
            .map((table) => `exists (select 1 from gone g join ${table} r on r.${column} = g.id)`)
            .join('\n          or ')}`;

function guard(knex: Knex, guarded: Guarded, anyPoints: string): Promise<void> {
  const { table, column, holders, own } = guarded;
  const isThere = holders.map((holder) => `exists (select 1 from ${holder})`).join(' or ');
  const pointsToOld = [...holders, ...(own === null ? [] : [own])]
    .map((holder) => `exists (select 1 from ${holder} r where r.${column} = old.id)`)
    .join(' or ');
  const ownGoes =
    own === null
      ? ''
      : `if tg_op = 'DELETE' then
        execute 'with ids as materialized (select id from gone)
          delete from ${own} i using ids g where i.${column} = g.id';
      elsif tg_op = 'TRUNCATE' then
        delete from ${own};
      end if;`;
  return knex.raw(`
    create or replace function keep_${table}_of_records() returns trigger language plpgsql as $body$
    declare
      held boolean;
    begin
      perform pg_advisory_xact_lock_shared(${MERGE_LOCK_KEY});
      if tg_op = 'TRUNCATE' then
        held := ${isThere};
      elsif tg_op = 'UPDATE' then
        held := ${pointsToOld};
      else
        execute $held$${anyPoints}
        $held$ into held;
      end if;
      if held then
        raise exception 'records point to this row of ${table}'
          using errcode = 'foreign_key_violation', table = '${table}', constraint = 'keep_${table}_of_records';
      end if;
      ${ownGoes}
      return null;
    end $body$`);
}

const MOVED = `
          select g.id, g.status as old_status, g.time as old_time, f.status, f.time, f.pending
            from gone g
            join fresh f on f.id = g.id
            where f.status <> g.status or f.time <> g.time or f.pending <> g.pending`;
const moveFrom = (moved: string): string => `
          update order_statuses s set status = m.status, time = m.time, pending = m.pending from ${moved} m
            where s.status = m.old_status and s.time = m.old_time and s.order_id = m.id`;

/** From so many rows on reading all statuses is cheaper than looking theirs up, and what is carried along is felt. */
const MANY = 20_000;

const UPDATE_WHOLE = moveFrom(`(${MOVED}
          )`);
const UPDATE_NARROW = `with moved as materialized (${MOVED}
          )${moveFrom('moved')}`;

const STATUSES = {
  // of a join within an expression the planner expects too much: few rows are looked up without it
  narrow: {
    removed: `with left_behind as materialized (select status, time, id from gone)
          delete from order_statuses s using left_behind g`,
    moved: `if (select count(*) from (select 1 from gone limit ${MANY + 1}) g) > ${MANY} then
          execute $moved$
          ${UPDATE_NARROW}
          $moved$;
        else
          execute $moved$
          ${UPDATE_WHOLE}
          $moved$;
        end if`,
  },
  whole: {
    removed: `delete from order_statuses s using gone g`,
    moved: `execute $moved$
          ${UPDATE_WHOLE}
        $moved$`,
  },
} as const;

function keepStatuses(knex: Knex, { removed, moved }: { removed: string; moved: string }): Promise<void> {
  return knex.raw(`
    create or replace function keep_order_statuses() returns trigger language plpgsql as $body$
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
        execute '${removed}
          where s.status = g.status and s.time = g.time and s.order_id = g.id';
      elsif tg_op = 'UPDATE' then
        ${moved};
      else
        delete from order_statuses;
      end if;
      return null;
    end $body$`);
}

const TIMES = [
  ['orders', 'time'],
  ['fiscal_receipts', 'fiscal_time'],
  ['gateway_payments', 'transaction_time'],
] as const;
/** Without a zone's calendar, and without the decimal numbers that extract gives: 0.30 s to 0.13 s for 200 000. */
const byOffset = (column: string): string => `(${column} at time zone interval '5 hours')::date`;
const bySeconds = (column: string): string =>
  `date '1970-01-01' + floor((extract(epoch from ${column}) + 18000) / 86400)::int`;

async function noteDays(knex: Knex, dayOf: (column: string) => string): Promise<void> {
  for (const [table, column] of TIMES) {
    const days = (relation: string): string => `select distinct ${dayOf(column)} from ${relation}`;
    await knex.raw(`
      create or replace function note_${table}_days() returns trigger language plpgsql as $body$
      begin
        if tg_op = 'INSERT' then
          insert into order_sums_stale (day) ${days('fresh')};
        elsif tg_op = 'DELETE' then
          insert into order_sums_stale (day) ${days('gone')};
        elsif tg_op = 'UPDATE' then
          insert into order_sums_stale (day) ${days('fresh')} union ${days('gone')};
        else
          delete from order_sums;
          delete from order_sums_stale;
        end if;
        return null;
      end $body$`);
  }
}

export async function up(knex: Knex): Promise<void> {
  for (const guarded of GUARDED) await guard(knex, guarded, counted(guarded));
  await keepStatuses(knex, STATUSES.narrow);
  await noteDays(knex, byOffset);
}

export async function down(knex: Knex): Promise<void> {
  for (const guarded of GUARDED) await guard(knex, guarded, lookedFor(guarded));
  await keepStatuses(knex, STATUSES.whole);
  await noteDays(knex, bySeconds);
}
