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
      -- raised by whatever must end every sign-in of this person; see users_raise_token_version
      token_version integer not null default 1,
      token_version_at timestamptz not null default clock_timestamp(),
      -- the transaction that raised it: followers read what was not yet visible to their last snapshot, so none is
      -- missed however late it commits
      token_version_xid xid8 not null default pg_current_xact_id(),
      created_at timestamptz not null default now(),
      approved_at timestamptz,
      approved_by bigint references users (id),
      last_active_at timestamptz,
      check (email is not null or telegram_id is not null)
    );
    create unique index users_email_key on users (lower(email));
    create index users_approved_by_idx on users (approved_by);
    create index users_token_version_at_idx on users (token_version_at);
    create index users_token_version_xid_idx on users (token_version_xid);
    -- in the database, so that no statement, not even one typed by hand, can block somebody and leave the tokens alive
    create function users_raise_token_version() returns trigger language plpgsql as $$
      begin
        if new.token_version <= old.token_version
          and (new.status, new.role, new.password_hash) is distinct from (old.status, old.role, old.password_hash) then
          new.token_version = old.token_version + 1;
        end if;
        if new.token_version is distinct from old.token_version then
          new.token_version_at = clock_timestamp();
          new.token_version_xid = pg_current_xact_id();
        end if;
        return new;
      end $$;
    create trigger users_raise_token_version before update on users
      for each row execute function users_raise_token_version();

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
      scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['read', 'upload', 'decide', 'admin']),
      -- must equal the owner's: signing out everywhere ends personal tokens too
      token_version integer not null,
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
      -- the successor is made from this token and this number, so that a retry after a lost answer gets the same one
      -- again
      successor_seed bytea,
      retried_at timestamptz,
      replaced_by bigint references refresh_tokens (id) on delete set null,
      revoked_at timestamptz,
      token_version integer not null,
      -- the access token handed out together with it: signing out by either ends both
      access_jti text not null,
      access_expires_at timestamptz not null,
      address text,
      agent text
    );
    create index refresh_tokens_access_jti_idx on refresh_tokens (access_jti);
    create index refresh_tokens_user_id_idx on refresh_tokens (user_id);
    create index refresh_tokens_family_idx on refresh_tokens (family);
    create index refresh_tokens_replaced_by_idx on refresh_tokens (replaced_by);
    create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);

    create table revoked_tokens (
      jti text primary key,
      user_id bigint references users (id) on delete cascade,
      expires_at timestamptz not null,
      reason text not null,
      revoked_at timestamptz not null default clock_timestamp(),
      -- as users.token_version_xid
      xid xid8 not null default pg_current_xact_id()
    );
    create index revoked_tokens_xid_idx on revoked_tokens (xid);
    create index revoked_tokens_user_id_idx on revoked_tokens (user_id);
    create index revoked_tokens_expires_at_idx on revoked_tokens (expires_at);

    create table download_links (
      token_hash bytea primary key,
      user_id bigint not null references users (id) on delete cascade,
      path text not null,
      -- of the sign-in that asked for it
      jti text,
      token_version integer not null,
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
      details jsonb not null default '{}',
      -- the sealer looks for rows that its last snapshot could not see
      xid xid8 not null default pg_current_xact_id()
    );
    create index audit_log_xid_idx on audit_log (xid);
    create index audit_log_actor_id_idx on audit_log (actor_id, id desc);
    create index audit_log_action_idx on audit_log (action, id desc);
    create function audit_log_is_append_only() returns trigger language plpgsql as
      $$ begin raise exception '% is append-only', tg_table_name using errcode = '42501'; end $$;
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function audit_log_is_append_only();

    create table audit_seals (
      -- place in the chain, from 1 without gaps
      seq bigint primary key,
      audit_id bigint not null unique,
      sealed_at timestamptz not null default clock_timestamp(),
      -- HMAC over the row and the seal before it, with a key kept outside the database
      seal bytea not null,
      key_id text not null
    );
    create trigger audit_seals_append_only before update or delete or truncate on audit_seals
      for each statement execute function audit_log_is_append_only();
    -- where the chain ends, under the same key, so that rows and seals cut off together show
    create table audit_head (
      single boolean primary key default true check (single),
      seq bigint not null,
      mac bytea not null
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table audit_head, audit_seals, audit_log, download_links, revoked_tokens, refresh_tokens, user_tokens,
      telegram_sessions, users;
    drop function audit_log_is_append_only();
    drop function users_raise_token_version();
  `);
}
