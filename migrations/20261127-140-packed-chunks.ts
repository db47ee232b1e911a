import type { Knex } from 'knex';

/**
 * Chunks of stored files may be packed (deflate). They stand in a column of their own, and `bytes` is null beside it:
 * the version before this one takes such a file for one that is not there and tries again, it never takes packed bytes
 * for the file's own.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table file_chunks
      add column packed bytea,
      alter column bytes drop not null,
      -- for rows to come: those that are there have bytes, and are not read through for it
      add constraint file_chunks_bytes_or_packed check (num_nonnulls(bytes, packed) = 1) not valid;
    alter table file_chunks alter column packed set storage external;
    do $$ begin
      if to_regclass('file_chunks_packed') is not null then
        insert into file_chunks (storage_key, chunk_no, packed) select storage_key, chunk_no, packed
        from file_chunks_packed;
        drop table file_chunks_packed;
      end if;
    end $$;
  `);
}

/** Packed chunks, which SQL cannot unpack, are put aside until the next way up. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ begin
      if exists (select from file_chunks where packed is not null) then
        create table file_chunks_packed as select storage_key, chunk_no, packed from file_chunks
          where packed is not null;
        delete from file_chunks where packed is not null;
      end if;
    end $$;
    alter table file_chunks drop constraint file_chunks_bytes_or_packed, drop column packed, alter column bytes
      set not null;
  `);
}
