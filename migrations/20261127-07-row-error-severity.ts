import type { Knex } from 'knex';

/** Faults of cells that did not refuse their row (rules.md 4.1) stand beside those that did. */
export async function up(knex: Knex): Promise<void> {
  // a constant default is kept in the catalogue: no row is written
  await knex.raw(
    `alter table row_errors add column severity text not null default 'error' check (severity in ('error', 'warning'))`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`delete from row_errors where severity = 'warning'`);
  await knex.raw('alter table row_errors drop column severity');
}
