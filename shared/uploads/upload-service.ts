/**
 * Accepting uploads: bytes are stored already, here they become a session and its files, in one transaction with the
 * audit row. Only after the commit are they dispatched; a crash in between costs the seconds until a sweeper looks.
 */
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { EndUnknownError, transactionWithKnownEnd } from '../db/known-end.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { queuePreview } from '../preview/preview-rows.ts';
import type { ProcessingMode } from '../work/kind.ts';
import type { FileStore } from '../storage/file-store.ts';
import { takeOffSuspicion } from '../storage/suspects.ts';

/** What multipart.ts hands over for each file. */
export interface StoredUpload {
  storageKey: string;
  /** cleaned, for display */
  name: string;
  sizeBytes: number;
  sha256: string;
}

export interface AcceptedSession {
  sessionId: string;
  files: { id: string; storageKey: string }[];
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

/**
 * @param mode where the files are expected to run; the claim writes where they did
 * @throws EndUnknownError (503) when the commit's answer was lost and the database cannot be asked: then the bytes
 * stay. After any other
 *   error there are no rows, and the bytes are gone
 */
export async function acceptUpload(
  { db, store }: UploadDeps,
  uploads: readonly StoredUpload[],
  options: { by: Uploader; source: SourceName | null; mode: ProcessingMode; preview?: boolean },
): Promise<AcceptedSession> {
  const { by, source, mode, preview = false } = options;
  const sessionId = randomUUID();
  const files = uploads.map((upload) => ({ id: randomUUID(), ...upload }));
  try {
    await transactionWithKnownEnd(db, async (trx) => {
      await takeOffSuspicion(
        trx,
        uploads.map((upload) => upload.storageKey),
      );
      await trx.raw('insert into processing_sessions (id, created_by) values (?, ?)', [sessionId, by.userId]);
      const overrides = JSON.stringify(source === null ? {} : { source });
      await trx.raw(
        `insert into uploaded_files
           (id, session_id, name, size_bytes, sha256, storage_key, mode, overrides, created_by, preview, next_attempt_at)
         select id, ?, name, size_bytes, sha256, storage_key, ?, ?::jsonb, ?, ?, case when ? then 'infinity' else now() end
         from jsonb_to_recordset(?::jsonb) as given (id uuid, name text, size_bytes bigint, sha256 text, storage_key text, position integer)
         order by position`,
        [
          sessionId,
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
        ],
      );
      if (preview) await queuePreview(trx, sessionId);
      await recordAudit(trx, {
        actorId: by.userId,
        action: 'files.uploaded',
        subject: `session:${sessionId}`,
        address: by.address,
        requestId: by.requestId,
        details: {
          ...(preview ? { preview } : {}),
          files: files.map((file) => ({ id: file.id, sha256: file.sha256, sizeBytes: file.sizeBytes })),
        },
      });
    });
  } catch (error) {
    // When nobody can say whether the rows are there, the bytes may belong to them: the sweep finds out.
    if (!(error instanceof EndUnknownError)) await removeStored(store, uploads);
    throw error;
  }
  return { sessionId, files: files.map(({ id, storageKey }) => ({ id, storageKey })) };
}

/** Takes back the bytes of a refused request; what cannot be removed now is swept later. */
export async function removeStored(store: FileStore, uploads: readonly { storageKey: string }[]): Promise<void> {
  await Promise.allSettled(uploads.map(({ storageKey }) => store.remove(storageKey)));
}
