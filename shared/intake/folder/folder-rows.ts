/**
 * What was claimed in the folder, as the database keeps it. Files that are taken together are one batch, written down
 * BEFORE anything is uploaded; its id is the door's key of the session. So whoever goes on after a kill, or a second
 * api, brings the same batch under the same key, and it is one session.
 *
 * A name in the folder stands for one file until that is put away; after that the same name, even with the same bytes,
 * is a new upload: somebody put it there again on purpose. The row and not inode or time decides, because inodes of
 * network shares change when they are mounted again.
 */
import type { Db, DbOrTransaction } from '../../db/client.ts';
import { execute, selectRow, selectRows } from '../../db/rows.ts';
import type { SessionStatus } from '../../ingest/session-state.ts';
import type { StoredUpload } from '../../uploads/store-file.ts';
import type { WatchedFile } from './watched-files.ts';

export interface Refusal {
  code: string;
  params: Record<string, string | number>;
}

export interface FolderRow {
  id: string;
  batch: string;
  place: string;
  name: string;
  inode: string;
  size_bytes: string;
  mtime_ns: string;
  file_id: string | null;
  refusal: Refusal | null;
  target: string | null;
  state: 'claimed' | 'taken' | 'asked' | 'done';
}

/** A file that can be put away now. */
export interface EndedRow extends FolderRow {
  session_id: string | null;
  session_status: SessionStatus | null;
  /** Tashkent day of its end */
  day: string;
}

const COLUMNS =
  'i.id, i.batch, i.place, i.name, i.inode::text, i.size_bytes, ' +
  'i.mtime_ns::text, i.file_id, i.refusal, i.target, i.state';

export const claimedFile = (row: FolderRow): WatchedFile => ({
  name: row.name,
  inode: BigInt(row.inode),
  sizeBytes: BigInt(row.size_bytes),
  mtimeNs: BigInt(row.mtime_ns),
});

export function openRows(db: Db): Promise<FolderRow[]> {
  return selectRows(db, `select ${COLUMNS} from intake_folder_files i where state in ('claimed', 'taken') order by id`);
}

/** Writes the batch down; names that somebody else has claimed meanwhile are left out. */
export function claimFiles(db: Db, batch: string, files: readonly WatchedFile[]): Promise<FolderRow[]> {
  return selectRows(
    db,
    `insert into intake_folder_files as i (batch, place, name, inode, size_bytes, mtime_ns)
     select ?, name, name, inode, size_bytes, mtime_ns
     from jsonb_to_recordset(?::jsonb) as given (name text, inode numeric, size_bytes bigint, mtime_ns numeric)
     on conflict (place) where state in ('claimed', 'taken') do nothing
     returning ${COLUMNS}`,
    [
      batch,
      JSON.stringify(
        files.map(({ name, inode, sizeBytes, mtimeNs }) => ({
          name,
          inode: String(inode),
          size_bytes: String(sizeBytes),
          mtime_ns: String(mtimeNs),
        })),
      ),
    ],
  );
}

/** It is not what was claimed any more, or cannot be read: it is looked at anew. */
export async function dropClaim(db: Db, id: string): Promise<void> {
  await execute(db, `delete from intake_folder_files where id = ? and state = 'claimed'`, [id]);
}

/** What bindSession finds the file by. */
export async function noteStored(db: Db, id: string, stored: StoredUpload): Promise<void> {
  await execute(db, `update intake_folder_files set sha256 = ?, shown_name = ? where id = ? and state = 'claimed'`, [
    stored.sha256,
    stored.name,
    id,
  ]);
}

export async function refuseFile(db: Db, id: string, refusal: Refusal): Promise<void> {
  await execute(
    db,
    `update intake_folder_files set refusal = ?::jsonb, state = 'taken' where id = ? and state = 'claimed'`,
    [JSON.stringify(refusal), id],
  );
}

/**
 * Ties the rows of a batch to the files of its session; rows without one are claimed anew.
 * @returns whether the batch has a session
 */
export async function bindSession(db: Db, batch: string): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (!(await hasSession(trx, batch))) return false;
    await execute(
      trx,
      `with sent as (
         select f.id, f.sha256, f.name, row_number() over (partition by f.sha256, f.name order by f.seq) as no
         from processing_sessions s join uploaded_files f on f.session_id = s.id and f.parent_id is null
         where s.door = 'folder' and s.door_key = ?
       ), mine as (
         select id, sha256, shown_name, row_number() over (partition by sha256, shown_name order by id) as no
         from intake_folder_files where batch = ? and state = 'claimed'
       )
       update intake_folder_files i set file_id = sent.id, state = 'taken'
       from mine join sent on sent.sha256 = mine.sha256 and sent.name = mine.shown_name and sent.no = mine.no
       where i.id = mine.id`,
      [batch, batch],
    );
    await execute(trx, `delete from intake_folder_files where batch = ? and state = 'claimed'`, [batch]);
    await execute(trx, `update intake_doors set last_taken_at = clock_timestamp() where door = 'folder'`);
    return true;
  });
}

async function hasSession(db: DbOrTransaction, batch: string): Promise<boolean> {
  const row = await selectRow(db, `select 1 from processing_sessions where door = 'folder' and door_key = ?`, [batch]);
  return row !== null;
}

/** Taken files whose session has ended, and those put away with a question that has been answered since. */
export function endedRows(db: Db): Promise<EndedRow[]> {
  return selectRows(
    db,
    `select ${COLUMNS}, f.session_id, s.status as session_status,
       to_char(coalesce(s.completed_at, i.claimed_at) at time zone 'Asia/Tashkent', 'YYYY-MM-DD') as day
     from intake_folder_files i
     left join uploaded_files f on f.id = i.file_id
     left join processing_sessions s on s.id = f.session_id
     where (i.state = 'taken' or i.state = 'asked' and f.status <> 'needs_mapping')
       and (i.refusal is not null or s.completed_at is not null)
     order by i.id`,
  );
}

export async function noteTarget(db: Db, id: string, target: string): Promise<void> {
  await execute(db, `update intake_folder_files set target = ? where id = ?`, [target, id]);
}

export async function notePutAway(db: Db, id: string, place: string, state: 'asked' | 'done'): Promise<void> {
  await execute(
    db,
    `update intake_folder_files set place = ?, target = null, state = ?, done_at = clock_timestamp() where id = ?`,
    [place, state, id],
  );
}
