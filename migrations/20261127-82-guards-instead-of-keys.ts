import type { Knex } from 'knex';

/** Records, each of one file and on one order. */
const RECORDS = ['happy_workers_orders', 'vendhub_sales', 'fiscal_receipts', 'gateway_payments'] as const;
/** Under which imports happen one after another (shared/reconcile/engine.ts). */
const MERGE_LOCK_KEY = 724_124;

/** A condition: some row of these relations has this column at the id of `gone`. */
const anyPoints = (tables: readonly string[], column: string): string =>
  tables.map((table) => `exists (select 1 from gone g join ${table} r on r.${column} = g.id)`).join('\n          or ');

/** The same of one id. */
const pointsTo = (tables: readonly string[], column: string): string =>
  tables.map((table) => `exists (select 1 from ${table} r where r.${column} = old.id)`).join(' or ');

const isThere = (tables: readonly string[]): string =>
  tables.map((table) => `exists (select 1 from ${table})`).join(' or ');

/**
 * Files and orders that records point to can't be deleted or get another id. Keys asked the same the other way round,
 * of each of a million rows: whether the one file is there and the order that was made a moment before
 * (docs/decisions). Now whoever deletes is asked, an import looks through what it wrote once
 * (shared/reconcile/dangling.ts), and the doctor looks through everything.
 *
 * Whoever deletes waits for an import under way, whose rows nobody sees yet. The statements are planned each time,
 * since one order goes as well as a hundred thousand. What is the row's `own` goes with it.
 */
async function guard(
  knex: Knex,
  { table, column, holders, own }: { table: string; column: string; holders: readonly string[]; own: string | null },
): Promise<void> {
  await knex.raw(`
    create function keep_${table}_of_records() returns trigger language plpgsql as $body$
    declare
      held boolean;
    begin
      perform pg_advisory_xact_lock_shared(${MERGE_LOCK_KEY});
      if tg_op = 'TRUNCATE' then
        held := ${isThere(holders)};
      elsif tg_op = 'UPDATE' then
        held := ${pointsTo(own === null ? holders : [...holders, own], column)};
      else
        execute $held$
          select ${anyPoints(holders, column)}
        $held$ into held;
      end if;
      if held then
        raise exception 'records point to this row of ${table}'
          using errcode = 'foreign_key_violation', table = '${table}', constraint = 'keep_${table}_of_records';
      end if;
      ${
        own === null
          ? ''
          : `if tg_op = 'DELETE' then
        execute 'delete from ${own} i using gone g where i.${column} = g.id';
      elsif tg_op = 'TRUNCATE' then
        delete from ${own};
      end if;`
      }
      return null;
    end $body$`);
  await knex.raw(`
    create trigger keep_deleted after delete on ${table} referencing old table as gone
      for each statement execute function keep_${table}_of_records();
    create trigger keep_truncated after truncate on ${table}
      for each statement execute function keep_${table}_of_records();
    create trigger keep_renumbered after update of id on ${table}
      for each row when (old.id is distinct from new.id) execute function keep_${table}_of_records();
  `);
}

export async function up(knex: Knex): Promise<void> {
  for (const table of RECORDS)
    await knex.raw(`
      alter table ${table} drop constraint ${table}_order_id_fkey, drop constraint ${table}_file_id_fkey`);
  await knex.raw(`
    alter table order_issues drop constraint order_issues_order_id_fkey;
    alter table order_changes drop constraint order_changes_file_id_fkey;
  `);
  await guard(knex, { table: 'orders', column: 'order_id', holders: RECORDS, own: 'order_issues' });
  await guard(knex, { table: 'uploaded_files', column: 'file_id', holders: [...RECORDS, 'order_changes'], own: null });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['orders', 'uploaded_files'])
    await knex.raw(`
      drop trigger keep_deleted on ${table};
      drop trigger keep_truncated on ${table};
      drop trigger keep_renumbered on ${table};
      drop function keep_${table}_of_records();
    `);
  await knex.raw(`
    alter table order_changes add constraint order_changes_file_id_fkey
      foreign key (file_id) references uploaded_files (id);
    alter table order_issues add constraint order_issues_order_id_fkey
      foreign key (order_id) references orders (id) on delete cascade;
  `);
  for (const table of RECORDS)
    await knex.raw(`
      alter table ${table}
        add constraint ${table}_order_id_fkey
          foreign key (order_id) references orders (id) deferrable initially deferred,
        add constraint ${table}_file_id_fkey foreign key (file_id) references uploaded_files (id)`);
}
