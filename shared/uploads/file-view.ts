/** Files and sessions as the API shows them (api.md section 4). */
import { fileErrorTexts, questionTexts, rowErrorTexts, type TextTable, warningTexts } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderHint, renderText } from '../texts/text.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { CodedView, FileDetailView, FileView, Recognition, RowErrorView, SessionView } from './file-schema.ts';
import { previewView } from './preview-view.ts';
import type { CodeParams, FileRow, RowErrorRow, SessionRow } from './files-repository.ts';
import { type FilePhase, isFinalFile, isFinalSession } from '../ingest/session-state.ts';

function worded(table: TextTable, code: string, params: CodeParams, lang: Lang): CodedView {
  return { code, params, message: renderText(table, code, params, lang), hint: renderHint(table, code, params, lang) };
}

/** `bad_file`, `archive_limit` and `unsupported_format` come in kinds with a sentence each, where the table has one. */
function fileErrorView(code: string, params: CodeParams, lang: Lang): CodedView {
  const kind = params['reason'] ?? params['limit'] ?? params['format'];
  const detailed = `${code}.${String(kind)}`;
  const table: TextTable = fileErrorTexts;
  return { ...worded(table, kind !== undefined && detailed in table ? detailed : code, params, lang), code };
}

/** A warning that says more of several files than of one has a sentence of its own for that. */
function warningView({ code, params }: FileRow['warnings'][number], lang: Lang): CodedView {
  const several = `${code}.several`;
  const table: TextTable = warningTexts;
  return {
    ...worded(table, Number(params['files'] ?? 1) > 1 && several in table ? several : code, params, lang),
    code,
  };
}

/** Share of the way of a file that each phase has behind it when it begins. */
const PHASE_START: Record<FilePhase, number> = {
  waiting: 0,
  detecting: 0.02,
  reading: 0.05,
  merging: 0.8,
  reconciling: 0.9,
  done: 0.95,
};
const READING_SHARE = 0.75;

/** 0..1; 1 only when the file has ended, which is after its commit. A question to the operator is half way. */
export function fileProgress(row: FileRow): number {
  if (row.status === 'needs_mapping') return 0.5;
  if (isFinalFile(row.status)) return 1;
  if (row.status === 'queued') return 0;
  const phase = row.progress_phase ?? row.phase;
  const start = PHASE_START[phase];
  if (phase !== 'reading') return start;
  const sizeBytes = Number(row.size_bytes);
  const share = sizeBytes === 0 ? 0 : Math.min(1, Number(row.progress_bytes ?? 0) / sizeBytes);
  return Math.round((start + READING_SHARE * share) * 1000) / 1000;
}

/** A file that something around it stopped and that is tried again by itself. */
function retryView(row: FileRow): FileView['retry'] {
  if (row.attempts === 0 || (row.status !== 'queued' && row.status !== 'processing')) return null;
  return {
    attempts: row.attempts,
    nextAttemptAt: row.status === 'queued' ? tashkentIso(row.next_attempt_at) : null,
    reason: row.retry_reason,
  };
}

export function fileView(row: FileRow, lang: Lang): FileView {
  return {
    id: row.id,
    sessionId: row.session_id,
    parentId: row.parent_id,
    memberPath: row.member_path,
    name: row.name,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    format: row.format,
    source: row.source,
    sourceConfidence: row.source_confidence,
    status: row.status,
    phase: row.status === 'processing' ? (row.progress_phase ?? row.phase) : row.phase,
    mode: row.mode,
    run: row.run,
    progress: fileProgress(row),
    rows: {
      read: Number(row.rows_read),
      new: Number(row.rows_new),
      updated: Number(row.rows_updated),
      filled: Number(row.fields_filled),
      changed: Number(row.fields_changed),
      unchanged: Number(row.rows_unchanged),
      rejected: Number(row.rows_rejected),
      skipped: Number(row.rows_skipped),
    },
    periodFrom: row.period_from === null ? null : tashkentIso(row.period_from),
    periodTo: row.period_to === null ? null : tashkentIso(row.period_to),
    duplicateOf: row.duplicate_of,
    error: row.error_code === null ? null : fileErrorView(row.error_code, row.error_params ?? {}, lang),
    warnings: row.warnings.map((warning) => warningView(warning, lang)),
    createdAt: tashkentIso(row.created_at),
    createdBy: row.created_by,
    createdByName: row.created_by_name,
    door: row.door,
    ordersChanged: Number(row.orders_changed),
    openErrors: Number(row.open_errors),
    corrects: row.corrects,
    correctsName: row.corrects_name,
    correctedBy: row.corrected_by,
    correctedByName: row.corrected_by_name,
    retry: retryView(row),
    undoneAt: row.undone_at === null ? null : tashkentIso(row.undone_at),
    undoneBy: row.undone_by,
    undoneByName: row.undone_by_name,
    undoReason: row.undo_reason,
    preview: previewView(row),
  };
}

/** As the reading of the file left it; what came later is absent in older files. */
type StoredRecognition = Partial<
  Omit<Recognition, 'question'> & {
    question: Pick<NonNullable<Recognition['question']>, 'code' | 'params' | 'candidates'> | null;
  }
>;

/** The file with how it was recognised, for GET /files/:id. */
export function fileDetailView(row: FileRow, lang: Lang): FileDetailView {
  const stored = row.recognition as StoredRecognition | null;
  if (stored === null) return { ...fileView(row, lang), recognition: null };
  const question = stored.question ?? null;
  const recognition = {
    strength: stored.strength ?? null,
    runnerUp: stored.runnerUp ?? null,
    missing: stored.missing ?? [],
    unknown: stored.unknown ?? [],
    headerRow: stored.headerRow ?? null,
    sheet: stored.sheet ?? null,
    delimiter: stored.delimiter ?? null,
    encoding: stored.encoding ?? null,
    columns: stored.columns ?? [],
    question:
      question === null
        ? null
        : { ...worded(questionTexts, question.code, question.params, lang), candidates: question.candidates ?? [] },
    suggestions: stored.suggestions ?? {},
    drift: stored.drift ?? null,
    preview: stored.preview ?? [],
  };
  return { ...fileView(row, lang), recognition };
}

export function sessionView(session: SessionRow, files: readonly FileRow[], lang: Lang): SessionView {
  const sum = (pick: (file: FileRow) => string) => files.reduce((total, file) => total + Number(pick(file)), 0);
  const ended = isFinalSession(session.status);
  return {
    id: session.id,
    status: session.status,
    mode: sessionMode(files),
    createdAt: tashkentIso(session.created_at),
    startedAt: session.started_at === null ? null : tashkentIso(session.started_at),
    completedAt: session.completed_at === null ? null : tashkentIso(session.completed_at),
    createdBy: session.created_by,
    createdByName: session.created_by_name,
    door: session.door,
    totalFiles: files.length,
    processedFiles: files.filter((file) => isFinalFile(file.status)).length,
    totals: {
      read: sum((file) => file.rows_read),
      new: sum((file) => file.rows_new),
      updated: sum((file) => file.rows_updated),
      unchanged: sum((file) => file.rows_unchanged),
      rejected: sum((file) => file.rows_rejected),
      skipped: sum((file) => file.rows_skipped),
    },
    progress: ended ? 1 : sessionProgress(files),
    files: files.map((file) => fileView(file, lang)),
  };
}

/** in-process if any file ran so. */
export function sessionMode(files: readonly FileRow[]): 'queue' | 'in-process' | null {
  if (files.some((file) => file.mode === 'in-process')) return 'in-process';
  return files.some((file) => file.mode === 'queue') ? 'queue' : null;
}

/** By size, so that one large file among small ones counts as what it is. */
function sessionProgress(files: readonly FileRow[]): number {
  const weight = (file: FileRow) => Number(file.size_bytes) + 1;
  const total = files.reduce((sum, file) => sum + weight(file), 0);
  const done = files.reduce((sum, file) => sum + weight(file) * fileProgress(file), 0);
  return total === 0 ? 0 : Math.min(0.999, Math.round((done / total) * 1000) / 1000);
}

export function rowErrorView(row: RowErrorRow, lang: Lang): RowErrorView {
  return {
    row: Number(row.source_row),
    sheet: row.sheet,
    column: row.column_name,
    field: row.field,
    code: row.code,
    params: row.params,
    value: row.value,
    severity: row.severity,
    message: renderText(rowErrorTexts, row.code, row.params, lang),
  };
}
