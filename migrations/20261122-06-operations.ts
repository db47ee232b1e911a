import type { Knex } from 'knex';

/**
 * What the operation of the services remembers: who ran a schedule, how the stores did in the last 24 hours, which
 * notices are to be sent.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Whoever inserts the row runs it: under BullMQ, whose jobs may come twice, and by the services' own timers while
    -- Redis is away.
    create table schedule_runs (
      id bigint generated always as identity primary key,
      schedule text not null,
      due_at timestamptz not null,
      via text not null check (via in ('queue', 'timer')),
      instance_id text not null,
      status text not null default 'running' check (status in ('running', 'done', 'failed')),
      started_at timestamptz not null default clock_timestamp(),
      finished_at timestamptz,
      error text,
      result jsonb not null default '{}',
      unique (schedule, due_at)
    );
    create index schedule_runs_started_at_idx on schedule_runs (started_at);

    -- One row per thing watched and half minute; several processes watch, the first one writes.
    create table monitor_samples (
      target text not null,
      at timestamptz not null,
      state text not null check (state in ('healthy', 'degraded', 'critical', 'offline')),
      ok boolean not null,
      ms real,
      details jsonb not null default '{}',
      primary key (target, at)
    );
    create index monitor_samples_at_idx on monitor_samples (at);

    -- Outbox of notices to the administrators: once per key, retried until sent.
    create table notices (
      id bigint generated always as identity primary key,
      notice_key text not null unique,
      kind text not null,
      params jsonb not null default '{}',
      created_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null default clock_timestamp(),
      attempts integer not null default 0,
      sent_at timestamptz,
      last_error text
    );
    create index notices_open_idx on notices (next_attempt_at) where sent_at is null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table notices, monitor_samples, schedule_runs');
}
