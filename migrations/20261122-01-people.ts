import type { Knex } from 'knex';

/** People, their tokens, revocations and the audit log. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      id bigint generated always as identity primary key,
      email text,
      password_hash text,
      telegram_id bigint unique,
      username text,
      first_name text,
      last_name text,
      status text not null default 'pending' check (status in ('pending', 'approved', 'blocked')),
      role text not null default 'viewer' check (role in ('viewer', 'operator', 'finance', 'admin')),
      token_version integer not null default 1,
      -- moves with token_version, so that followers read what was raised since
      token_version_at timestamptz not null default clock_timestamp(),
      created_at timestamptz not null default now(),
      approved_at timestamptz,
      approved_by bigint references users (id),
      last_active_at timestamptz,
      check (email is not null or telegram_id is not null)
    );
    create unique index users_email_key on users (lower(email));
    create index users_approved_by_idx on users (approved_by);
    create index users_token_version_at_idx on users (token_version_at);

    create table telegram_sessions (
      id bigint generated always as identity primary key,
      user_id bigint not null references users (id) on delete cascade,
      telegram_id bigint not null,
      kind text not null check (kind in ('widget', 'mini_app', 'bot')),
      -- each signed message signs in once
      auth_hash text not null unique,
      auth_date timestamptz not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null
    );
    create index telegram_sessions_user_id_idx on telegram_sessions (user_id);
    create index telegram_sessions_expires_at_idx on telegram_sessions (expires_at);

    create table user_tokens (
      id uuid primary key default gen_random_uuid(),
      user_id bigint not null references users (id) on delete cascade,
      name text not null,
      token_hash bytea not null unique,
      -- the first characters, so that its owner can tell it from others
      hint text not null,
      scopes text[] not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      last_used_at timestamptz,
      revoked_at timestamptz
    );
    create index user_tokens_user_id_idx on user_tokens (user_id);

    create table refresh_tokens (
      id bigint generated always as identity primary key,
      user_id bigint not null references users (id) on delete cascade,
      family uuid not null,
      token_hash bytea not null unique,
      issued_at timestamptz not null default now(),
      -- absolute: rotation does not move it
      expires_at timestamptz not null,
      used_at timestamptz,
      replaced_by bigint references refresh_tokens (id) on delete set null,
      revoked_at timestamptz,
      token_version integer not null,
      address text,
      agent text
    );
    create index refresh_tokens_user_id_idx on refresh_tokens (user_id);
    create index refresh_tokens_family_idx on refresh_tokens (family);
    create index refresh_tokens_replaced_by_idx on refresh_tokens (replaced_by);
    create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

    create table revoked_tokens (
      jti text primary key,
      user_id bigint references users (id) on delete cascade,
      expires_at timestamptz not null,
      reason text not null,
      revoked_at timestamptz not null default clock_timestamp()
    );
    create index revoked_tokens_user_id_idx on revoked_tokens (user_id);
    create index revoked_tokens_revoked_at_idx on revoked_tokens (revoked_at);
    create index revoked_tokens_expires_at_idx on revoked_tokens (expires_at);

    create table download_links (
      token_hash bytea primary key,
      user_id bigint not null references users (id) on delete cascade,
      path text not null,
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index download_links_user_id_idx on download_links (user_id);
    create index download_links_expires_at_idx on download_links (expires_at);

    create table audit_log (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      actor_id bigint references users (id),
      action text not null,
      -- what it was done to, as kind:id
      subject text,
      address text,
      request_id text,
      details jsonb not null default '{}'
    );
    create index audit_log_actor_id_idx on audit_log (actor_id, id desc);
    create index audit_log_action_idx on audit_log (action, id desc);
    create function audit_log_is_append_only() returns trigger language plpgsql as
      $$ begin raise exception 'audit_log is append-only' using errcode = '42501'; end $$;
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_append_only();

    create table audit_seals (
      audit_id bigint primary key,
      sealed_at timestamptz not null default clock_timestamp(),
      -- HMAC over the row and the seal before it, with a key kept outside the database
      seal bytea not null,
      key_id text not null default 'k1'
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table audit_seals, audit_log, download_links, revoked_tokens, refresh_tokens, user_tokens, telegram_sessions, users;
    drop function audit_log_is_append_only();
  `);
}
