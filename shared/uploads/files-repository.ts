/** Reading files and sessions. Repositories take the pool or a transaction. */
import type { DbOrTransaction } from '../db/client.ts';
import type { CameOut, Foreseen } from '../ingest/foreseen.ts';
import type { Warning } from '../ingest/readers/reader.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import type { FilePhase, FileStatus, SessionStatus } from '../ingest/session-state.ts';
import type { Door } from './doors.ts';

export type CodeParams = Record<string, string | number>;

export interface FileRow {
  id: string;
  seq: string;
  session_id: string;
  parent_id: string | null;
  member_path: string | null;
  name: string;
  size_bytes: string;
  sha256: string;
  storage_key: string;
  /** since when its bytes are no longer kept */
  bytes_expired_at: Date | null;
  format: string | null;
  source: SourceName | null;
  source_confidence: number | null;
  status: FileStatus;
  phase: FilePhase;
  mode: 'queue' | 'in-process' | null;
  run: number;
  fence: string;
  overrides: Record<string, unknown>;
  recognition: Record<string, unknown> | null;
  warnings: Warning[];
  error_code: string | null;
  error_params: CodeParams | null;
  rows_read: string;
  rows_new: string;
  rows_updated: string;
  fields_filled: string;
  fields_changed: string;
  rows_unchanged: string;
  rows_rejected: string;
  rows_skipped: string;
  orders_changed: string;
  open_errors: string;
  period_from: Date | null;
  period_to: Date | null;
  duplicate_of: string | null;
  /** attempts that something around the file stopped */
  attempts: number;
  next_attempt_at: Date;
  retry_reason: 'database' | 'storage' | 'internal' | null;
  corrects: string | null;
  corrected_by: string | null;
  corrects_name: string | null;
  corrected_by_name: string | null;
  undone_at: Date | null;
  undone_by: string | null;
  undone_by_name: string | null;
  undo_reason: string | null;
  created_at: Date;
  created_by: string;
  created_by_name: string | null;
  door: Door;
  /** it takes no effect until somebody applies it */
  preview: boolean;
  foreseen: Foreseen | null;
  foreseen_at: Date | null;
  came_out: CameOut | null;
  progress_phase: FilePhase | null;
  progress_rows_read: string | null;
  progress_rows_staged: string | null;
  progress_bytes: string | null;
}

export interface SessionRow {
  id: string;
  status: SessionStatus;
  created_at: Date;
  /** created_at with its microseconds, for cursors */
  created_at_text: string;
  started_at: Date | null;
  completed_at: Date | null;
  created_by: string;
  created_by_name: string | null;
  door: Door;
}

/** What people call a user. */
const nameOf = (user: string): string =>
  `coalesce(nullif(concat_ws(' ', ${user}.first_name, ${user}.last_name), ''), ${user}.username, ${user}.email)`;
const CREATOR = `${nameOf('u')} as created_by_name`;

const FILE_SELECT = `
  select f.id, f.seq, f.session_id, f.parent_id, f.member_path, f.name, f.size_bytes, f.sha256, f.storage_key,
    f.bytes_expired_at, f.format, f.source,
         f.source_confidence, f.status, f.phase, f.mode, f.run, f.fence, f.overrides, f.recognition, f.warnings,
           f.error_code,
         f.error_params, f.rows_read, f.rows_new, f.rows_updated, f.fields_filled, f.fields_changed, f.rows_unchanged,
         f.rows_rejected, f.rows_skipped, f.orders_changed, f.open_errors, f.period_from, f.period_to, f.duplicate_of,
         f.attempts, f.next_attempt_at, f.retry_reason, f.corrects, f.corrected_by,
         (select name from uploaded_files where id = f.corrects) as corrects_name,
         (select name from uploaded_files where id = f.corrected_by) as corrected_by_name, f.undone_at, f.undone_by,
         ${nameOf('undoer')} as undone_by_name, f.undo_reason,
         f.preview, f.foreseen, f.foreseen_at, f.came_out, f.created_at, f.created_by, ${CREATOR},
         (select door from processing_sessions where id = f.session_id) as door,
         p.phase as progress_phase, p.rows_read as progress_rows_read, p.rows_staged as progress_rows_staged,
           p.bytes as progress_bytes
  from uploaded_files f
  join users u on u.id = f.created_by
  left join users undoer on undoer.id = f.undone_by
  left join file_progress p on p.file_id = f.id and f.status = 'processing'`;

const SESSION_SELECT = `
  select s.id, s.status, s.created_at, s.created_at::text as created_at_text, s.started_at, s.completed_at,
    s.created_by,
         s.door, ${CREATOR}
  from processing_sessions s join users u on u.id = s.created_by`;

export async function findFile(db: DbOrTransaction, id: string): Promise<FileRow | null> {
  const { rows } = await db.raw<{ rows: FileRow[] }>(`${FILE_SELECT} where f.id = ?`, [id]);
  return rows[0] ?? null;
}

export async function findSession(db: DbOrTransaction, id: string): Promise<SessionRow | null> {
  const { rows } = await db.raw<{ rows: SessionRow[] }>(`${SESSION_SELECT} where s.id = ?`, [id]);
  return rows[0] ?? null;
}

export async function findSessions(db: DbOrTransaction, ids: readonly string[]): Promise<SessionRow[]> {
  const { rows } = await db.raw<{ rows: SessionRow[] }>(`${SESSION_SELECT} where s.id = any(?)`, [[...ids]]);
  return rows;
}

/** Files of these sessions in the order of acceptance. */
export async function filesOfSessions(db: DbOrTransaction, sessionIds: readonly string[]): Promise<FileRow[]> {
  if (sessionIds.length === 0) return [];
  const { rows } = await db.raw<{ rows: FileRow[] }>(`${FILE_SELECT} where f.session_id = any(?) order by f.seq`, [
    [...sessionIds],
  ]);
  return rows;
}

export interface FileFilter {
  sha256?: string;
  statuses?: readonly string[];
  sources?: readonly string[];
  /** keyset: only files accepted before this one */
  beforeSeq?: string;
  limit: number;
}

/** Newest first; one row more than asked for when there are more. */
export async function listFiles(db: DbOrTransaction, filter: FileFilter): Promise<FileRow[]> {
  const where: string[] = ['true'];
  const bindings: unknown[] = [];
  const add = (condition: string, value: unknown) => {
    where.push(condition);
    bindings.push(value);
  };
  if (filter.sha256 !== undefined) add('f.sha256 = ?', filter.sha256);
  if (filter.statuses !== undefined) add('f.status = any(?)', [...filter.statuses]);
  if (filter.sources !== undefined) add('f.source = any(?)', [...filter.sources]);
  if (filter.beforeSeq !== undefined) add('f.seq < ?', filter.beforeSeq);
  bindings.push(filter.limit + 1);
  const { rows } = await db.raw<{ rows: FileRow[] }>(
    `${FILE_SELECT} where ${where.join(' and ')} order by f.seq desc limit ?`,
    bindings as never[],
  );
  return rows;
}

/** Newest first, one row more than asked for when there are more. */
export async function listSessions(
  db: DbOrTransaction,
  filter: { before?: { createdAt: string; id: string }; limit: number },
): Promise<SessionRow[]> {
  const { before } = filter;
  const { rows } = await db.raw<{ rows: SessionRow[] }>(
    `${SESSION_SELECT} ${before === undefined ? '' : 'where (s.created_at, s.id) < (?::timestamptz, ?::uuid)'}
     order by s.created_at desc, s.id desc limit ?`,
    before === undefined ? [filter.limit + 1] : [before.createdAt, before.id, filter.limit + 1],
  );
  return rows;
}

export interface RowErrorRow {
  id: string;
  row_index: string;
  sheet: string | null;
  source_row: string;
  column_name: string | null;
  field: string | null;
  code: string;
  severity: 'error' | 'warning';
  params: CodeParams;
  value: string | null;
}

/**
 * Rejected rows and cells that were given up, in file order, one entry a fault; one row more than asked for when there
 * are more.
 */
export async function listRowErrors(
  db: DbOrTransaction,
  fileId: string,
  filter: { after?: { rowIndex: string; id: string }; limit: number },
): Promise<RowErrorRow[]> {
  const { after } = filter;
  const { rows } = await db.raw<{ rows: RowErrorRow[] }>(
    `select id, row_index, sheet, source_row, column_name, field, code, severity, params, value from row_errors
     where file_id = ? ${after === undefined ? '' : 'and (row_index, id) > (?::bigint, ?::bigint)'}
     order by row_index, id limit ?`,
    after === undefined ? [fileId, filter.limit + 1] : [fileId, after.rowIndex, after.id, filter.limit + 1],
  );
  return rows;
}
