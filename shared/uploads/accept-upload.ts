/**
 * Accepting uploads: bytes are stored already, here they become a session and its files, in one transaction with the
 * audit row. Only after the commit are they dispatched; a crash in between costs the seconds until a sweeper looks.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { EndUnknownError, transactionWithKnownEnd } from '../db/known-end.ts';
import { announcePlacing } from '../ingest/order-of-acceptance.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { refreshSession } from '../ingest/session-state.ts';
import { queuePreview } from '../preview/preview-rows.ts';
import type { ProcessingMode } from '../work/kind.ts';
import type { FileStore } from '../storage/file-store.ts';
import { takeOffSuspicion } from '../storage/suspects.ts';
import type { Door } from './doors.ts';
import { noteRoot } from '../tracing/spans.ts';
import { removeStored, type StoredUpload } from './store-file.ts';

export interface AcceptedSession {
  sessionId: string;
  /** those that are new, or, where the door had brought it before, those of that time */
  files: { id: string; storageKey: string }[];
  /** how many files of this person were waiting or at work before these */
  ahead: number;
  /** the door had brought all of it before: it is the session of that time, and the bytes of this one are gone */
  before: boolean;
}

export interface Uploader {
  userId: string;
  requestId: string;
  address: string;
}

export interface UploadDeps {
  db: Db;
  store: FileStore;
}

export interface AcceptRowOptions {
  by: Uploader;
  door: Door;
  doorKey?: string;
  source: SourceName | null;
  /** where the files are expected to run; the claim writes where they did */
  mode: ProcessingMode;
  preview?: boolean;
}

/**
 * What a door brings under a key that has a session already is that session. Files that bear their own id join it when
 * they are not in it yet; of others nothing is added.
 * @throws EndUnknownError (503) when the commit's answer was lost and the database cannot be asked: then the bytes
 * stay. After any other error there are no rows, and the bytes are gone
 */
export async function acceptUpload(
  { db, store }: UploadDeps,
  uploads: readonly StoredUpload[],
  options: AcceptRowOptions,
): Promise<AcceptedSession> {
  const { by, door, doorKey = null, source, mode, preview = false } = options;
  const startTime = Date.now();
  const sessionId = randomUUID();
  const files = uploads.map((upload) => ({ ...upload, id: upload.id ?? randomUUID() }));
  const mayJoin = uploads.every(({ id }) => id !== undefined);
  let known: AcceptedSession | null;
  let ahead = 0;
  try {
    known = await transactionWithKnownEnd(db, async (trx) => {
      const made = await selectRow(
        trx,
        `insert into processing_sessions (id, created_by, door, door_key) values (?, ?, ?, ?)
         on conflict (door, door_key) where door_key is not null do nothing
         returning id`,
        [sessionId, by.userId, door, doorKey],
      );
      const before = made === null ? await sessionOfDoor(trx, door, doorKey) : null;
      if (before !== null && !mayJoin) return before;
      const session = before?.sessionId ?? sessionId;
      await takeOffSuspicion(
        trx,
        uploads.map((upload) => upload.storageKey),
      );
      const overrides = JSON.stringify(source === null ? {} : { source });
      await announcePlacing(trx);
      const { rows } = await trx.raw<{ rows: { id: string; ahead: number }[] }>(
        `insert into uploaded_files
           (id, session_id, name, size_bytes, sha256, storage_key, mode, overrides, created_by, preview,
             next_attempt_at)
         select id, ?, name, size_bytes, sha256, storage_key, ?, ?::jsonb, ?, ?,
           case when ? then 'infinity' else now() end
         from jsonb_to_recordset(?::jsonb) as given (id uuid, name text, size_bytes bigint, sha256 text,
           storage_key text, position integer)
         order by position
         on conflict (id) do nothing
         returning id, (
           select count(*)::int from uploaded_files
           where created_by = ? and status in ('queued', 'processing')) as ahead`,
        [
          session,
          mode,
          overrides,
          by.userId,
          preview,
          preview,
          JSON.stringify(
            files.map((file, position) => ({
              position,
              id: file.id,
              name: file.name,
              size_bytes: file.sizeBytes,
              sha256: file.sha256,
              storage_key: file.storageKey,
            })),
          ),
          by.userId,
        ],
      );
      ahead = rows[0]?.ahead ?? 0;
      const added = files.filter(({ id }) => rows.some((row) => row.id === id));
      if (before !== null && added.length === 0) return before;
      if (preview) await queuePreview(trx, session);
      await recordAudit(trx, {
        actorId: by.userId,
        action: 'files.uploaded',
        subject: `session:${session}`,
        address: by.address,
        requestId: by.requestId,
        details: {
          ...(preview ? { preview } : {}),
          ...(door === 'page' ? {} : { door }),
          files: added.map((file) => ({ id: file.id, sha256: file.sha256, sizeBytes: file.sizeBytes })),
        },
      });
      if (before === null) return null;
      await refreshSession(trx, session);
      return {
        sessionId: session,
        files: added.map(({ id, storageKey }) => ({ id, storageKey })),
        ahead,
        before: false,
      };
    });
  } catch (error) {
    // When nobody can say whether the rows are there, the bytes may belong to them: the sweep finds out.
    if (!(error instanceof EndUnknownError)) await removeStored(store, uploads);
    throw error;
  }
  if (known !== null) {
    const { files: there } = known;
    await removeStored(
      store,
      uploads.filter(({ storageKey }) => !there.some((file) => file.storageKey === storageKey)),
    );
    return known;
  }
  const endTime = Date.now();
  for (const { id, sizeBytes } of files)
    noteRoot('file accepted', id, {
      startTime,
      endTime,
      attributes: { 'vhm24r.door': door, 'vhm24r.bytes': sizeBytes },
    });
  return { sessionId, files: files.map(({ id, storageKey }) => ({ id, storageKey })), ahead, before: false };
}

async function sessionOfDoor(trx: DbOrTransaction, door: Door, doorKey: string | null): Promise<AcceptedSession> {
  const rows = await selectRows<{ session_id: string; id: string; storage_key: string }>(
    trx,
    `select f.session_id, f.id, f.storage_key
     from processing_sessions s
     join uploaded_files f on f.session_id = s.id and f.parent_id is null
     where s.door = ? and s.door_key = ?
     order by f.seq`,
    [door, doorKey],
  );
  return {
    sessionId: rows[0]?.session_id ?? '',
    files: rows.map((row) => ({ id: row.id, storageKey: row.storage_key })),
    ahead: 0,
    before: true,
  };
}
