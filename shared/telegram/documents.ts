/** The documents of an upload: which there are, what of them has been fetched, and what there will never be. */
import type { Db } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import type { StoredUpload } from '../uploads/store-file.ts';
import { download, DownloadDelayed } from './download.ts';
import type { BotDeps } from './incoming.ts';

/** A document that Telegram refuses to give, not one that it cannot give now, is given up after so many tries. */
const MAX_REFUSALS = 5;
/** For so long it is asked for what it cannot give now. */
const ASKED_FOR = '6 hours';

export interface DocumentRow {
  message_id: string;
  file_id: string;
  name: string;
  size_bytes: string | null;
  fault: 'too_big' | 'not_fetched' | null;
  /** of the file that it becomes */
  uploaded_id: string;
  loaded: boolean;
  /** fetched at an earlier try */
  stored: StoredUpload | null;
}

/** Those that the version before wrote down bear no id yet; where their upload has a session they are in it. */
export async function completeDocuments(db: Db, uploadId: string): Promise<void> {
  await execute(
    db,
    `update telegram_documents d set uploaded_id = gen_random_uuid(),
       loaded_at = case when u.session_id is not null then clock_timestamp() end
     from telegram_uploads u where u.id = d.upload_id and d.upload_id = ? and d.uploaded_id is null`,
    [uploadId],
  );
}

/** In the order in which they were sent. */
export function documentsOf(db: Db, uploadId: string): Promise<DocumentRow[]> {
  return selectRows<DocumentRow>(
    db,
    `select message_id::text, file_id, name, size_bytes::text, fault, uploaded_id, loaded_at is not null as loaded,
      stored
     from telegram_documents where upload_id = ? order by message_id`,
    [uploadId],
  );
}

/** Its bytes, or why there will be none. @throws DownloadDelayed; what Uploads.store throws */
export async function fetchDocument(
  deps: BotDeps,
  uploadId: string,
  document: DocumentRow,
  stopped: AbortSignal,
): Promise<StoredUpload | 'too_big' | 'not_fetched'> {
  const { file_id: fileId, name, size_bytes: size } = document;
  const asked = { fileId, name, sizeBytes: size === null ? null : Number(size) };
  const which = [uploadId, document.message_id];
  try {
    const found = await download({ ...deps, telegram: deps.config.telegram }, asked, stopped);
    await execute(
      deps.db,
      `update telegram_documents set stored = ?::jsonb, fault = ? where upload_id = ? and message_id = ?`,
      [found === 'too_big' ? null : JSON.stringify(found), found === 'too_big' ? found : null, ...which],
    );
    return found;
  } catch (error) {
    if (!(error instanceof DownloadDelayed) || stopped.aborted) throw error;
    const row = await selectRow<{ given_up: boolean }>(
      deps.db,
      `update telegram_documents d set failures = failures + ?,
         fault = case when failures + ? >= ${MAX_REFUSALS} or u.created_at < clock_timestamp() - interval '${ASKED_FOR}'
           then 'not_fetched' end
       from telegram_uploads u where u.id = d.upload_id and d.upload_id = ? and d.message_id = ?
       returning d.fault is not null as given_up`,
      [Number(error.isRefusal), Number(error.isRefusal), ...which],
    );
    if (row?.given_up !== true) throw error;
    return 'not_fetched';
  }
}

/**
 * What was fetched, each under the id of the file that it becomes. From here on it belongs to whoever takes it: should
 * that fail, or this process die, it is fetched anew.
 */
export async function takeStored(db: Db, uploadId: string, fresh: readonly DocumentRow[]): Promise<StoredUpload[]> {
  await execute(db, 'update telegram_documents set stored = null where upload_id = ? and stored is not null', [
    uploadId,
  ]);
  return fresh.flatMap(({ stored, uploaded_id: id }) => (stored === null ? [] : [{ ...stored, id }]));
}
