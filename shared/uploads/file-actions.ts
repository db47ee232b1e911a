/** What a person may do to a file: answer its question, start it again, stop it. One function each, whoever asks. */
import { recordAudit, type AuditAction } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { isLockTimeout } from '../db/faults.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import type { Knex } from 'knex';
import { AppError } from '../errors.ts';
import type { MappingOverrides } from '../ingest/child/protocol.ts';
import { mappingForHeaders, rememberMapping } from '../ingest/header-mappings.ts';
import type { Identities } from '../ingest/merge-identities.ts';
import { announcePlacing } from '../ingest/order-of-acceptance.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { queuePreview } from '../preview/preview-rows.ts';
import type { Uploader } from './accept-upload.ts';
import { refreshSession, type FileStatus } from '../ingest/session-state.ts';

interface LockedFile {
  id: string;
  session_id: string;
  status: FileStatus;
  source: string | null;
  storage_key: string;
  preview: boolean;
  bytes_expired_at: Date | null;
  recognition: { signature?: string; columns?: { header: string }[]; drift?: { signature: string } } | null;
}

/**
 * Longest an action waits for the row: the final transaction of processing holds it, and then it is too late anyway.
 */
const LOCK_WAIT_MS = 1_000;

const RETRYABLE: readonly FileStatus[] = ['failed', 'cancelled', 'undone'];
const MAPPABLE: readonly FileStatus[] = ['needs_mapping', 'failed', 'cancelled'];
const CANCELLABLE: readonly FileStatus[] = ['queued', 'processing', 'needs_mapping', 'previewed'];

export type ActionDeps = { db: Db };

export interface MappingRequest extends MappingOverrides {
  acceptDrift?: boolean;
  /** what the rows are that would replace other records: records of their own, or the same ones */
  identities?: Identities;
  /** keep these answers for every file with the same headers */
  remember?: boolean;
}

/**
 * Starts a new run of a file that failed, was cancelled or taken back. One that was taken back is accepted anew, after
 * all others; what it was once seen to do says nothing of this time.
 * @throws AppError not_found, conflict, file_expired
 */
export async function retryFile({ db }: ActionDeps, fileId: string, by: Uploader): Promise<void> {
  await onLockedFile(db, fileId, RETRYABLE, async (trx, file) => {
    if (file.status === 'undone') {
      await announcePlacing(trx);
      await trx.raw(
        `update uploaded_files set seq = default, undone_at = null, undone_by = null, undo_reason = null,
           foreseen = null, foreseen_at = null, came_out = null
         where id = ?`,
        [file.id],
      );
    }
    await startNewRun(trx, file, null);
    await audit(trx, 'files.retried', file, by, {});
  });
}

/**
 * Takes the operator's answers and starts a new run with them.
 * @throws AppError not_found, conflict, file_expired
 */
export async function mapFile(
  { db }: ActionDeps,
  fileId: string,
  request: MappingRequest,
  by: Uploader,
): Promise<void> {
  const { remember: wished, acceptDrift, identities, ...answers } = request;
  await onLockedFile(db, fileId, MAPPABLE, async (trx, file) => {
    const drifted = acceptDrift === true ? await acceptedMapping(trx, file) : null;
    const overrides: MappingOverrides = { ...drifted, ...answers };
    // What was remembered goes on being remembered, for the columns as they are now.
    const remember = wished === true || drifted !== null;
    await startNewRun(trx, file, identities === undefined ? overrides : { ...overrides, identities });
    const source = overrides.source ?? file.source;
    const signature = file.recognition?.signature;
    if (remember && source !== null && signature !== undefined) {
      await rememberMapping(trx, {
        signature,
        overrides: { ...overrides, source: source as SourceName },
        headers: (file.recognition?.columns ?? []).map((column) => column.header),
        userId: by.userId,
      });
    }
    await audit(trx, 'files.mapped', file, by, {
      ...overrides,
      remember,
      acceptDrift: acceptDrift === true,
      ...(identities === undefined ? {} : { identities }),
    });
  });
}

/** The remembered mapping that the file drifted from, for the columns it has. */
async function acceptedMapping(trx: Knex.Transaction, file: LockedFile): Promise<MappingOverrides | null> {
  const signature = file.recognition?.drift?.signature;
  if (signature === undefined) return null;
  return mappingForHeaders(
    trx,
    signature,
    (file.recognition?.columns ?? []).map((column) => column.header),
  );
}

/**
 * Stops a file: at once while it waits, at its next heartbeat while it is processed. Not possible once its final
 * transaction runs.
 * @throws AppError not_found, conflict
 */
export async function cancelFile({ db }: ActionDeps, fileId: string, by: Uploader): Promise<void> {
  await onLockedFile(db, fileId, CANCELLABLE, async (trx, file) => {
    // a file that is only looked at has no claim of its own: whoever is at it finds another fence
    if (file.status === 'processing' && !file.preview) {
      await trx.raw('update uploaded_files set cancel_requested = true where id = ?', [file.id]);
    } else {
      await trx.raw(
        `update uploaded_files set status = 'cancelled', phase = 'done', cancel_requested = true,
          completed_at = clock_timestamp(),
           fence = fence + 1, claimed_by = null, lease_until = null
         where id = ?`,
        [file.id],
      );
      await trx.raw('delete from file_progress where file_id = ?', [file.id]);
      await refreshSession(trx, file.session_id);
    }
    await audit(trx, 'files.cancelled', file, by, { status: file.status });
  });
}

async function onLockedFile(
  db: Db,
  fileId: string,
  allowed: readonly FileStatus[],
  work: (trx: Knex.Transaction, file: LockedFile) => Promise<void>,
): Promise<void> {
  try {
    await transactionWithKnownEnd(db, async (trx) => {
      await trx.raw(`set local lock_timeout = ${LOCK_WAIT_MS}`);
      const { rows } = await trx.raw<{ rows: LockedFile[] }>(
        `select id, session_id, status, source, storage_key, recognition, preview, bytes_expired_at
         from uploaded_files where id = ? for update`,
        [fileId],
      );
      const file = rows[0];
      if (file === undefined) throw new AppError('not_found');
      if (!allowed.includes(file.status)) throw new AppError('conflict', { details: { status: file.status, allowed } });
      // what is allowed in these states reads the bytes again, but for a cancellation, which none of them knows
      if (file.bytes_expired_at !== null) throw new AppError('file_expired');
      await work(trx, file);
    });
  } catch (error) {
    // somebody holds the row longer than a heartbeat does: the file is being finished
    if (isLockTimeout(error)) throw new AppError('conflict', { cause: error });
    throw error;
  }
}

/**
 * The file is processed again, or looked at again with its session when it is only looked at.
 * @param overrides merged into what was fixed before; null = as it was
 */
export async function startNewRun(
  trx: Knex.Transaction,
  file: Pick<LockedFile, 'id' | 'session_id' | 'preview'>,
  overrides: (MappingOverrides & { identities?: Identities }) | null,
): Promise<void> {
  await trx.raw('delete from row_errors where file_id = ?', [file.id]);
  await trx.raw('delete from file_progress where file_id = ?', [file.id]);
  await trx.raw(
    `update uploaded_files set run = run + 1, status = 'queued', phase = 'waiting', overrides = overrides || ?::jsonb,
       claimed_by = null, lease_until = null, claims_lost = 0, attempts = 0, retry_reason = null,
       next_attempt_at = case when preview then 'infinity' else clock_timestamp() end, cancel_requested = false,
         bytes_missing_since = null, warnings = '[]',
       error_code = null, error_params = null, duplicate_of = null,
       rows_read = 0, rows_new = 0, rows_updated = 0, fields_filled = 0, fields_changed = 0, rows_unchanged = 0,
       rows_rejected = 0, rows_skipped = 0, orders_changed = 0, open_errors = 0, started_at = null, completed_at = null
     where id = ?`,
    [JSON.stringify(overrides ?? {}), file.id],
  );
  if (file.preview) await queuePreview(trx, file.session_id);
  await refreshSession(trx, file.session_id);
}

function audit(
  trx: Knex.Transaction,
  action: AuditAction,
  file: LockedFile,
  by: Uploader,
  details: Record<string, unknown>,
): Promise<void> {
  return recordAudit(trx, {
    actorId: by.userId,
    action,
    subject: `file:${file.id}`,
    address: by.address,
    requestId: by.requestId,
    details,
  });
}
