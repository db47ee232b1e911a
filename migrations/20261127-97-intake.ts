import type { Knex } from 'knex';

/**
 * What the watched folder and the mailbox have taken and not yet put away, so that whoever goes on after a crash knows
 * it. `intake_doors` is the lease by which one api at a time looks, and what it saw last, for the doctor.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table intake_doors (
      door text primary key check (door in ('folder', 'mail')),
      holder uuid,
      lease_until timestamptz not null default '-infinity',
      looked_at timestamptz,
      last_taken_at timestamptz,
      -- what is wrong or left alone: [{code, subject}]
      findings jsonb not null default '[]'
    );
    create table intake_folder_files (
      id bigint generated always as identity primary key,
      -- the door's key of the session: files that were claimed together
      batch uuid not null,
      -- where it lies now, relative to the folder
      place text not null,
      name text not null,
      inode numeric not null,
      size_bytes bigint not null,
      mtime_ns numeric not null,
      sha256 text,
      shown_name text,
      file_id uuid references uploaded_files (id),
      refusal jsonb,
      -- where it is about to be moved
      target text,
      -- claimed: perhaps uploaded; taken: uploaded or refused; asked: put away with a question; done: put away
      state text not null default 'claimed' check (state in ('claimed', 'taken', 'asked', 'done')),
      claimed_at timestamptz not null default clock_timestamp(),
      done_at timestamptz
    );
    -- a name in the folder is one file; once that is put away, the same name is another one
    create unique index intake_folder_files_place on intake_folder_files (place) where state in ('claimed', 'taken');
    create index intake_folder_files_batch on intake_folder_files (batch);
    create index intake_folder_files_file on intake_folder_files (file_id);
    create index intake_folder_files_asked on intake_folder_files (id) where state = 'asked';
    create table intake_messages (
      id bigint generated always as identity primary key,
      mailbox text not null,
      uid_validity numeric not null,
      uid bigint not null,
      message_id text,
      session_id uuid references processing_sessions (id),
      -- why it was refused as a whole: {code, params}
      refusal jsonb,
      state text not null default 'taken' check (state in ('taken', 'done')),
      taken_at timestamptz not null default clock_timestamp(),
      done_at timestamptz,
      unique (mailbox, uid_validity, uid)
    );
    create index intake_messages_session on intake_messages (session_id);
    create index intake_messages_taken on intake_messages (mailbox) where state = 'taken';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table intake_messages, intake_folder_files, intake_doors');
}
