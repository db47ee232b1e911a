/** Which files say something about the rows of the file to be taken back, and their rows of these keys. */
import type { Client } from 'pg';
import type { SourceName } from '../ingest/sources/source.ts';
import type { Staging } from '../ingest/staging.ts';
import { keyHash } from '../ingest/file-effects.ts';

/** Ids of the files beside this one that hold any key of undo_keys. */
export async function findHolders(client: Client, source: SourceName, fileId: string): Promise<string[]> {
  const { rows } = await client.query<{ file_id: string }>(
    `select e.file_id from file_effects e
     where e.source = $1 and e.file_id <> $2
       and exists (select 1 from (select unnest(e.keys) as key) h join undo_keys k on k.key = h.key)
     order by e.file_id`,
    [source, fileId],
  );
  return rows.map((row) => row.file_id);
}

/** Leaves of the staged rows those that hold a key of undo_keys, without those that the file was refused. */
export async function keepKeys(client: Client, staging: Staging, fileId: string): Promise<void> {
  await client.query(
    `delete from ${staging.rows} s
     where not exists (select 1 from undo_keys k where k.key = ${keyHash('s')})
       or s.row_index in (select e.row_index from row_errors e where e.file_id = $1 and e.severity = 'error')`,
    [fileId],
  );
}
