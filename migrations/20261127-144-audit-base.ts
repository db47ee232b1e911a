import type { Knex } from 'knex';

const REFUSE = `raise exception '% is append-only', tg_table_name using errcode = '42501'`;

/**
 * Where a chain begins whose oldest part went after its time (AUDIT_KEEP_DAYS): the last seal that is gone, under the
 * key, so that nobody without it can cut a beginning off. Only the sealer removes, and says so in its transaction; for
 * everybody else log and seals stay append-only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_base (
      single boolean primary key default true check (single),
      seq bigint not null,
      seal bytea not null,
      mac bytea not null
    );
    create or replace function audit_log_is_append_only() returns trigger language plpgsql as $$ begin
      if tg_op = 'DELETE' and current_setting('vhm24r.audit_retention', true) = 'on' then return null; end if;
      ${REFUSE};
    end $$;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    create or replace function audit_log_is_append_only() returns trigger language plpgsql as $$
      begin ${REFUSE}; end $$;
    drop table audit_base;
  `);
}
