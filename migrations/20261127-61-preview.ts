import type { Knex } from 'knex';

/**
 * Looking before an import lands. A file that is only looked at is marked and never due; previews are the runs, one for
 * each session, since its files are looked at on top of each other. The state counts what has taken effect, so that one
 * can tell whether it moved meanwhile.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table uploaded_files
      -- it takes no effect until somebody applies it
      add column preview boolean not null default false,
      -- what it would do (shared/ingest/foreseen.ts)
      add column foreseen jsonb,
      add column foreseen_at timestamptz,
      -- what it did when it was applied
      add column came_out jsonb;
    create index uploaded_files_foreseen_idx on uploaded_files (foreseen_at) where preview;
    alter table uploaded_files drop constraint uploaded_files_status_check;
    alter table uploaded_files add constraint uploaded_files_status_check check (status in ('queued', 'processing',
      'needs_mapping',
      'completed', 'completed_with_errors', 'failed', 'duplicate', 'cancelled', 'undone', 'previewed')) not valid;

    create table previews (
      id uuid primary key references processing_sessions (id) on delete cascade,
      status text not null default 'queued' check (status in ('queued', 'processing', 'completed', 'failed')),
      created_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz,
      fence bigint not null default 0,
      lease_until timestamptz,
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now()
    );
    create index previews_open_idx on previews (next_attempt_at) where status in ('queued', 'processing');

    create table state_version (
      single boolean primary key default true check (single),
      -- imports, files taken back and decisions that have taken effect
      version bigint not null
    );
    insert into state_version (version)
    select (select count(*) from uploaded_files where status in ('completed', 'completed_with_errors', 'undone'))
      + (select count(*) from manual_decisions);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table state_version, previews;
    update uploaded_files set status = 'cancelled' where preview;
    alter table uploaded_files drop constraint uploaded_files_status_check;
    alter table uploaded_files add constraint uploaded_files_status_check check (status in
      ('queued', 'processing', 'needs_mapping', 'completed', 'completed_with_errors', 'failed', 'duplicate',
        'cancelled', 'undone'));
    alter table uploaded_files drop column preview, drop column foreseen, drop column foreseen_at, drop column came_out;
  `);
}
