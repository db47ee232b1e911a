import type { Knex } from 'knex';

/**
 * Sessions and files. The row in uploaded_files is the outbox: a queued row without a live lease is work to be
 * dispatched.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create schema if not exists staging;

    create table processing_sessions (
      id uuid primary key,
      status text not null default 'queued'
        check (status in ('queued', 'processing', 'completed', 'completed_with_errors', 'failed', 'cancelled')),
      created_at timestamptz not null default now(),
      started_at timestamptz,
      completed_at timestamptz,
      created_by bigint not null references users (id)
    );
    create index processing_sessions_created_by_idx on processing_sessions (created_by);
    create index processing_sessions_created_at_idx on processing_sessions (created_at desc, id desc);

    create table uploaded_files (
      id uuid primary key,
      -- order of acceptance: decides which of two files wins where they disagree (rules.md section 7)
      seq bigint generated always as identity unique,
      session_id uuid not null references processing_sessions (id),
      parent_id uuid references uploaded_files (id),
      member_path text,
      name text not null,
      size_bytes bigint not null check (size_bytes >= 0),
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      storage_key text not null,
      format text,
      source text check (source in ('happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum')),
      source_confidence real,
      status text not null default 'queued'
        check (status in ('queued', 'processing', 'needs_mapping', 'completed', 'completed_with_errors', 'failed',
          'duplicate', 'cancelled')),
      phase text not null default 'waiting' check (phase in ('waiting', 'detecting', 'reading', 'merging',
        'reconciling', 'done')),
      mode text check (mode in ('queue', 'in-process')),
      -- how often it was started on purpose: 1, and one more for each retry or mapping
      run integer not null default 1,
      -- number of claims so far; only grows, also across runs; every write of a claimant compares it
      fence bigint not null default 0,
      claimed_by text,
      lease_until timestamptz,
      -- claims of this run that ended without release (their process died)
      claims_lost integer not null default 0,
      -- transient faults of this run, for the growing pause before the next attempt
      attempts integer not null default 0,
      next_attempt_at timestamptz not null default now(),
      cancel_requested boolean not null default false,
      -- what the operator fixed: POST /files/:id/mapping and the field source of the upload
      overrides jsonb not null default '{}',
      recognition jsonb,
      warnings jsonb not null default '[]',
      error_code text,
      error_params jsonb,
      rows_read bigint not null default 0,
      rows_new bigint not null default 0,
      rows_updated bigint not null default 0,
      fields_filled bigint not null default 0,
      fields_changed bigint not null default 0,
      rows_unchanged bigint not null default 0,
      rows_rejected bigint not null default 0,
      rows_skipped bigint not null default 0,
      orders_changed bigint not null default 0,
      open_errors bigint not null default 0,
      period_from timestamptz,
      period_to timestamptz,
      duplicate_of uuid references uploaded_files (id),
      corrects uuid references uploaded_files (id),
      corrected_by uuid references uploaded_files (id),
      created_at timestamptz not null default now(),
      created_by bigint not null references users (id),
      started_at timestamptz,
      completed_at timestamptz,
      check (rows_read = rows_new + rows_updated + rows_unchanged + rows_rejected + rows_skipped)
    );
    create index uploaded_files_session_id_idx on uploaded_files (session_id, seq);
    create index uploaded_files_parent_id_idx on uploaded_files (parent_id);
    create index uploaded_files_duplicate_of_idx on uploaded_files (duplicate_of);
    create index uploaded_files_corrects_idx on uploaded_files (corrects);
    create index uploaded_files_corrected_by_idx on uploaded_files (corrected_by);
    create index uploaded_files_created_by_idx on uploaded_files (created_by);
    create index uploaded_files_sha256_idx on uploaded_files (sha256);
    create index uploaded_files_storage_key_idx on uploaded_files (storage_key);
    create index uploaded_files_created_at_idx on uploaded_files (created_at desc, id desc);
    -- what the sweeper looks at every two seconds
    create index uploaded_files_open_idx on uploaded_files (next_attempt_at) where status in ('queued', 'processing');

    -- A table of its own, so that a heartbeat of progress never waits for or bloats the outbox.
    create unlogged table file_progress (
      file_id uuid primary key references uploaded_files (id) on delete cascade,
      phase text not null,
      rows_read bigint not null default 0,
      rows_staged bigint not null default 0,
      bytes bigint not null default 0,
      updated_at timestamptz not null default clock_timestamp()
    );

    -- STORAGE_URL=postgres: the bytes of stored files
    create table file_chunks (
      storage_key text not null,
      chunk_no integer not null,
      bytes bytea not null,
      primary key (storage_key, chunk_no)
    );
    -- already compressed or soon read once: TOAST compression would only cost time
    alter table file_chunks alter column bytes set storage external;

    create table row_errors (
      id bigint generated always as identity primary key,
      file_id uuid not null references uploaded_files (id) on delete cascade,
      row_index bigint not null,
      sheet text,
      source_row bigint not null,
      column_name text,
      field text,
      code text not null,
      params jsonb not null default '{}',
      value text,
      resolved_at timestamptz,
      resolved_by uuid references uploaded_files (id)
    );
    create index row_errors_file_id_idx on row_errors (file_id, row_index, id);
    create index row_errors_resolved_by_idx on row_errors (resolved_by);

    create table header_mappings (
      id bigint generated always as identity primary key,
      -- the normalised headers, sorted and joined: the same header set finds its mapping again
      signature text not null unique,
      source text not null check (source in ('happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum')),
      headers text[] not null,
      overrides jsonb not null,
      created_at timestamptz not null default now(),
      created_by bigint references users (id),
      last_used_at timestamptz
    );
    create index header_mappings_created_by_idx on header_mappings (created_by);

    -- Processes that are alive, for health and the doctor: who processes files, which version.
    create table service_instances (
      id text primary key,
      service text not null check (service in ('api', 'worker')),
      version text not null,
      started_at timestamptz not null default clock_timestamp(),
      seen_at timestamptz not null default clock_timestamp(),
      details jsonb not null default '{}'
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table service_instances, header_mappings, row_errors, file_chunks, file_progress, uploaded_files,
      processing_sessions;
    drop schema staging cascade;
  `);
}
