import type { Knex } from 'knex';

/**
 * The Telegram bot: what came in (each update once), what is to be said (as it should read, and what of it has been
 * said), the albums and documents that are being collected, and what each person chose.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table telegram_updates (
      -- another bot counts its updates anew
      bot_id bigint not null,
      update_id bigint not null,
      chat_id bigint not null,
      body jsonb not null,
      received_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null default clock_timestamp(),
      attempts integer not null default 0,
      lease_until timestamptz,
      done_at timestamptz,
      last_error text,
      primary key (bot_id, update_id)
    );
    create index telegram_updates_open_idx on telegram_updates (next_attempt_at) where done_at is null;
    create index telegram_updates_chat_idx on telegram_updates (chat_id) where done_at is null;
    create index telegram_updates_done_idx on telegram_updates (done_at) where done_at is not null;

    -- who asks Telegram for updates where no webhook can be
    create table telegram_poller (
      single boolean primary key default true check (single),
      holder text not null,
      lease_until timestamptz not null
    );

    -- A message as it should read. It is sent, or edited, while revision is ahead of sent_revision.
    create table telegram_messages (
      id bigint generated always as identity primary key,
      message_key text not null unique,
      chat_id bigint not null,
      body jsonb not null,
      revision integer not null default 1,
      sent_revision integer not null default 0,
      message_id bigint,
      created_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null default clock_timestamp(),
      attempts integer not null default 0,
      lease_until timestamptz,
      sent_at timestamptz,
      failed_at timestamptz,
      last_error text
    );
    create index telegram_messages_open_idx on telegram_messages (next_attempt_at)
      where revision > sent_revision and failed_at is null;
    create index telegram_messages_created_at_idx on telegram_messages (created_at);

    -- When a chat may be written to next; the chat 0 is all of them together.
    create table telegram_turns (
      chat_id bigint primary key,
      next_at timestamptz not null
    );

    create table telegram_uploads (
      id bigint generated always as identity primary key,
      -- the same album is the same upload, and the same session
      door_key text not null unique,
      chat_id bigint not null,
      user_id bigint not null references users (id),
      state text not null default 'collecting' check (state in ('collecting', 'loading', 'watching', 'ended')),
      created_at timestamptz not null default clock_timestamp(),
      next_attempt_at timestamptz not null,
      attempts integer not null default 0,
      lease_until timestamptz,
      session_id uuid references processing_sessions (id),
      -- orders that needed attention before its files were loaded
      attention_before integer,
      -- why it was refused
      fault jsonb
    );
    create index telegram_uploads_open_idx on telegram_uploads (next_attempt_at) where state <> 'ended';
    create index telegram_uploads_user_id_idx on telegram_uploads (user_id);
    create index telegram_uploads_session_id_idx on telegram_uploads (session_id);
    create table telegram_documents (
      upload_id bigint not null references telegram_uploads (id) on delete cascade,
      message_id bigint not null,
      file_id text not null,
      name text not null,
      size_bytes bigint,
      fault text,
      primary key (upload_id, message_id)
    );

    create table telegram_preferences (
      user_id bigint primary key references users (id) on delete cascade,
      lang text check (lang in ('ru', 'en', 'uz')),
      -- null = as the role has it
      notices text[],
      quiet boolean not null default true,
      off_at timestamptz,
      off_reason text check (off_reason in ('stopped', 'blocked'))
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table telegram_preferences, telegram_documents, telegram_uploads, telegram_turns, telegram_messages,
      telegram_poller, telegram_updates
  `);
}
