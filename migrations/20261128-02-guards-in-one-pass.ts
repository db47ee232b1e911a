import type { Knex } from 'knex';

const RECORDS = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;
const GUARDED = [
  { table: 'orders', column: 'order_id', holders: RECORDS, own: 'order_issues' },
  { table: 'uploaded_files', column: 'file_id', holders: [...RECORDS, 'order_changes'], own: null },
] as const;
type Guarded = (typeof GUARDED)[number];
const MERGE_LOCK_KEY = 724_124;

/**
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
        execute 'delete from ${own} i using gone g where i.${column} = g.id';
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

export async function up(knex: Knex): Promise<void> {
  for (const guarded of GUARDED) await guard(knex, guarded, counted(guarded));
}

export async function down(knex: Knex): Promise<void> {
  for (const guarded of GUARDED) await guard(knex, guarded, lookedFor(guarded));
}
