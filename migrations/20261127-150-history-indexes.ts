import type { Knex } from 'knex';

/** A large table is in use while its indexes are built. */
export const concurrently = true;

const RECORD = 'order_changes_record_idx';
const FILE = 'order_changes_file_id_idx';
/** Who deletes a file is asked whether any line tells of it (20261127-82-guards-instead-of-keys). */
const GUARD = 'order_changes_file_guard_idx';
const FIELDS = `change_type in ('filled', 'changed')`;

/**
 * By record and by file only lines of fields are looked up; most lines are of statuses and links, which pay for neither
 * now. What is known of orders that an undo removed names its file in the same transaction as their history does, whose
 * guard keeps that file.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${GUARD}`);
  await knex.raw(`create index concurrently ${GUARD} on order_changes using brin (file_id)`);
  await replace(knex, RECORD, `(source, record_id) where record_id is not null and ${FIELDS}`);
  await replace(knex, FILE, `(file_id) where ${FIELDS}`);
  await knex.raw(`alter table undone_orders drop constraint if exists undone_orders_file_id_fkey`);
  await knex.raw(`drop index concurrently if exists undone_orders_file_id_idx`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`drop index concurrently if exists undone_orders_file_id_idx`);
  await knex.raw(`create index concurrently undone_orders_file_id_idx on undone_orders (file_id)`);
  await knex.raw(`
    alter table undone_orders drop constraint if exists undone_orders_file_id_fkey;
    alter table undone_orders add constraint undone_orders_file_id_fkey
      foreign key (file_id) references uploaded_files (id)`);
  await replace(knex, FILE, '(file_id)');
  await replace(knex, RECORD, '(source, record_id) where record_id is not null');
  await knex.raw(`drop index concurrently if exists ${GUARD}`);
}

/** The old one serves until the new one is there; one that broke off left an index that nobody may use. */
async function replace(knex: Knex, name: string, definition: string): Promise<void> {
  await knex.raw(`drop index concurrently if exists ${name}_next`);
  await knex.raw(`create index concurrently ${name}_next on order_changes ${definition}`);
  await knex.raw(`drop index concurrently if exists ${name}`);
  await knex.raw(`alter index ${name}_next rename to ${name}`);
}
