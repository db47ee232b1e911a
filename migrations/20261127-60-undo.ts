import type { Knex } from 'knex';

/**
 * Taking an import back. file_effects notes what each loaded file held and brought beside its rows, so that its part
 * can be told from that of the others; undos are the runs, each its own outbox. History and decisions outlive the order
 * that they tell of.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table file_effects (
      file_id uuid primary key references uploaded_files (id) on delete cascade,
      source text not null,
      -- hashes of the keys of its rows (shared/ingest/file-effects.ts), in no order
      keys bigint[] not null,
      -- the ranges of seconds that it covers, as they were given
      covered tstzrange[] not null default '{}',
      -- what it calls machines: [machine_code, name, at]
      names jsonb not null default '[]',
      goods text[] not null default '{}'
    );
    -- random numbers do not compress
    alter table file_effects alter column keys set storage external;
    create index file_effects_source_idx on file_effects (source);

    alter table machines add column address_seq bigint, add column category_seq bigint;

    alter table uploaded_files
      add column undone_at timestamptz,
      add column undone_by bigint references users (id),
      add column undo_reason text;
    create index uploaded_files_undone_by_idx on uploaded_files (undone_by) where undone_by is not null;
    alter table uploaded_files drop constraint uploaded_files_status_check;
    alter table uploaded_files add constraint uploaded_files_status_check check (status in
      ('queued', 'processing', 'needs_mapping', 'completed', 'completed_with_errors', 'failed', 'duplicate',
        'cancelled', 'undone')) not valid;

    create table undos (
      id uuid primary key,
      -- newest accepted first
      file_ids uuid[] not null,
      dry_run boolean not null,
      reason text,
      status text not null default 'queued' check (status in ('queued', 'processing', 'completed', 'failed',
        'blocked')),
      progress real not null default 0,
      blocked_code text,
      blocked_params jsonb not null default '{}',
      -- receipts of the files that are done, one each
      parts jsonb not null default '[]',
      created_at timestamptz not null default now(),
      created_by bigint not null references users (id),
      address text,
      request_id text,
      started_at timestamptz,
      completed_at timestamptz,
      fence bigint not null default 0,
      lease_until timestamptz,
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now()
    );
    create index undos_file_ids_idx on undos using gin (file_ids);
    create index undos_created_by_idx on undos (created_by);
    create index undos_open_idx on undos (next_attempt_at) where status in ('queued', 'processing');

    -- what no longer is, and the file that went with it
    create table undone_orders (
      order_id bigint primary key,
      order_number text,
      file_id uuid not null references uploaded_files (id),
      undone_at timestamptz not null default now()
    );
    create index undone_orders_file_id_idx on undone_orders (file_id);

    alter table order_changes drop constraint order_changes_order_id_fkey;
    alter table order_changes drop constraint order_changes_cause_check;
    alter table order_changes add constraint order_changes_cause_check check (cause in ('file', 'recompute', 'manual',
      'undo')) not valid;
    alter table manual_decisions drop constraint manual_decisions_order_id_fkey;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    delete from order_changes h where h.cause = 'undo' or not exists (select 1 from orders o where o.id = h.order_id);
    delete from manual_decisions d where not exists (select 1 from orders o where o.id = d.order_id);
    update uploaded_files set status = 'cancelled' where status = 'undone';
    alter table manual_decisions add constraint manual_decisions_order_id_fkey
      foreign key (order_id) references orders (id) deferrable initially deferred;
    alter table order_changes drop constraint order_changes_cause_check;
    alter table order_changes add constraint order_changes_cause_check check (cause in ('file', 'recompute', 'manual'));
    alter table order_changes add constraint order_changes_order_id_fkey
      foreign key (order_id) references orders (id) deferrable initially deferred;
    drop table undone_orders, undos, file_effects;
    alter table uploaded_files drop constraint uploaded_files_status_check;
    alter table uploaded_files add constraint uploaded_files_status_check check (status in
      ('queued', 'processing', 'needs_mapping', 'completed', 'completed_with_errors', 'failed', 'duplicate',
        'cancelled'));
    alter table uploaded_files drop column undone_at, drop column undone_by, drop column undo_reason;
    alter table machines drop column address_seq, drop column category_seq;
  `);
}
