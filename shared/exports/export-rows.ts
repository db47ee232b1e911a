/** Exports as rows of their table, which is their outbox, and as the API shows them. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { count, instant, wordedWithHint } from '../answer-parts.ts';
import { recordAudit } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { AppError } from '../errors.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { exportErrorTexts, exportRequestTexts } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderHint, renderText, type TextParams } from '../texts/text.ts';
import { isSmall } from './export-turns.ts';
import {
  EXPORT_FORMATS,
  EXPORT_KINDS,
  type ExportFormat,
  type ExportKind,
  type ExportRequest,
} from './export-kinds.ts';

/** Of one person at once: each holds a transaction open while it is written. */
const MAX_OPEN = 20;
/** Of one person, kept for a day: how many, and how many bytes in all. */
const MAX_KEPT = 100;
const MAX_KEPT_BYTES = 4 * 1024 ** 3;

const EXPORT_STATUSES = ['queued', 'processing', 'completed', 'failed'] as const;

export interface ExportRow {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  filter: Record<string, unknown>;
  lang: Lang;
  status: (typeof EXPORT_STATUSES)[number];
  rows_done: string;
  rows_total: string | null;
  size_bytes: string | null;
  storage_key: string | null;
  error_code: string | null;
  error_params: TextParams | null;
  created_at: Date;
  expires_at: Date | null;
  fence: string;
  /** its day is over, whether housekeeping came by already or not */
  expired: boolean;
}

const COLUMNS = `id, kind, format, filter, lang, status, rows_done, rows_total, size_bytes, storage_key, error_code,
  error_params, created_at, expires_at, fence,
  status = 'completed' and (storage_key is null or expires_at < clock_timestamp()) as expired`;

export interface Orderer {
  userId: string;
  requestId: string;
  address: string;
}

/**
 * Stores the request with its line of the audit log; whoever is dispatched or sweeps does the rest.
 * @throws AppError validation_failed for a file that is not there, conflict when too many are open
 */
export async function createExport(
  db: Db,
  request: ExportRequest,
  options: { format: ExportFormat; lang: Lang; by: Orderer },
): Promise<ExportRow> {
  const { format, lang, by } = options;
  const fileId = request.kind === 'errors' || request.kind === 'changes' ? request.filter.fileId : undefined;
  return transactionWithKnownEnd(db, async (trx) => {
    if (
      fileId !== undefined &&
      (await selectRow(trx, 'select 1 from uploaded_files where id = ?', [fileId])) === null
    ) {
      throw new AppError('validation_failed', {
        details: {
          issues: [{ path: 'filter.fileId', message: renderText(exportRequestTexts, 'file_unknown', {}, lang) }],
        },
      });
    }
    // one after another for a person, or all of many at once would see room for one
    await execute(trx, `select pg_advisory_xact_lock(hashtextextended('vhm24r exports of ' || ?::text, 0))`, [
      by.userId,
    ]);
    const open = await selectRow<{ count: string }>(
      trx,
      `select count(*) as count from exports where created_by = ? and status in ('queued', 'processing')`,
      [by.userId],
    );
    const openCount = Number(open?.count ?? 0);
    if (openCount >= MAX_OPEN) {
      const params = { count: openCount };
      throw new AppError('conflict', {
        details: {
          code: 'too_many_exports',
          params,
          message: renderText(exportRequestTexts, 'too_many_exports', params, lang),
        },
      });
    }
    await assertRoom(trx, by.userId, openCount, lang);
    const id = randomUUID();
    await execute(
      trx,
      'insert into exports (id, kind, format, filter, lang, created_by, small) values (?, ?, ?, ?, ?, ?, ?)',
      [id, request.kind, format, JSON.stringify(request.filter), lang, by.userId, await isSmall(trx, request)],
    );
    await recordAudit(trx, {
      actorId: by.userId,
      action: 'exports.created',
      subject: `export:${id}`,
      address: by.address,
      requestId: by.requestId,
      details: { kind: request.kind, format, filter: request.filter },
    });
    return (await findExport(trx, id)) as ExportRow;
  });
}

/**
 * @param openCount of this person: they will be kept too
 * @throws AppError conflict when this person's exports take all the room that one may have
 */
async function assertRoom(trx: DbOrTransaction, userId: string, openCount: number, lang: Lang): Promise<void> {
  const kept = await selectRow<{ count: string; bytes: string }>(
    trx,
    `select count(*) as count, coalesce(sum(size_bytes), 0) as bytes from exports
     where created_by = ? and status = 'completed' and storage_key is not null and expires_at > clock_timestamp()`,
    [userId],
  );
  const count = Number(kept?.count ?? 0) + openCount;
  const megabytes = Math.round(Number(kept?.bytes ?? 0) / 1024 ** 2);
  if (count < MAX_KEPT && Number(kept?.bytes ?? 0) < MAX_KEPT_BYTES) return;
  const params = { count, megabytes };
  throw new AppError('conflict', {
    details: { code: 'exports_full', params, message: renderText(exportRequestTexts, 'exports_full', params, lang) },
  });
}

/**
 * Stops an export that waits or is written, or gives up the file of one that is there: housekeeping removes the bytes.
 * Twice does no harm.
 * @param asAdmin anybody's; else one's own alone
 * @throws AppError not_found, forbidden
 */
export function cancelExport(db: Db, id: string, { by, asAdmin }: { by: Orderer; asAdmin: boolean }): Promise<void> {
  return transactionWithKnownEnd(db, async (trx) => {
    const row = await selectRow<{ created_by: string; status: string }>(
      trx,
      'select created_by, status from exports where id = ? for update',
      [id],
    );
    if (row === null) throw new AppError('not_found');
    if (row.created_by !== by.userId && !asAdmin) throw new AppError('forbidden');
    if (row.status === 'failed') return;
    const change =
      row.status === 'completed'
        ? 'expires_at = least(expires_at, clock_timestamp())'
        : `status = 'failed', error_code = 'cancelled', error_params = '{}', lease_until = null,
             completed_at = clock_timestamp()`;
    await execute(trx, `update exports set ${change} where id = ?`, [id]);
    const { userId: actorId, address, requestId } = by;
    await recordAudit(trx, { actorId, action: 'exports.cancelled', subject: `export:${id}`, address, requestId });
  });
}

export function findExport(db: DbOrTransaction, id: string): Promise<ExportRow | null> {
  return selectRow<ExportRow>(db, `select ${COLUMNS} from exports where id = ?`, [id]);
}

function errorOf(row: ExportRow, lang: Lang) {
  const code = row.expired ? 'expired' : row.error_code;
  if (code === null) return null;
  const params = row.error_params ?? {};
  return {
    code,
    params,
    message: renderText(exportErrorTexts, code, params, lang),
    hint: renderHint(exportErrorTexts, code, params, lang),
  };
}

/** 1 only when the file is there. */
function progressOf(row: ExportRow): number {
  if (row.status === 'completed') return 1;
  const total = Number(row.rows_total ?? 0);
  if (row.status !== 'processing' || total === 0) return 0;
  return Math.min(0.99, Math.floor((Number(row.rows_done) / total) * 1_000) / 1_000);
}

/** Export of api.md section 4. */
export const exportSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(EXPORT_KINDS),
    format: z.enum(EXPORT_FORMATS),
    status: z.enum(EXPORT_STATUSES),
    progress: z.number().min(0).max(1),
    rows: count,
    rowsTotal: count.nullable().describe('null: not known yet'),
    sizeBytes: count.nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    error: wordedWithHint.nullable(),
  })
  .meta({ id: 'Export' });

export function exportView(row: ExportRow, lang: Lang): z.output<typeof exportSchema> {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    status: row.status,
    progress: progressOf(row),
    rows: Number(row.rows_done),
    rowsTotal: row.rows_total === null ? null : Number(row.rows_total),
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    createdAt: tashkentIso(row.created_at),
    expiresAt: row.expires_at === null ? null : tashkentIso(row.expires_at),
    error: errorOf(row, lang),
  };
}

/** e.g. `orders-2026-11-22-2015.xlsx`, the clock of Tashkent. */
export function exportFileName(row: Pick<ExportRow, 'kind' | 'format' | 'created_at'>): string {
  const at = tashkentIso(row.created_at);
  return `${row.kind}-${at.slice(0, 10)}-${at.slice(11, 16).replace(':', '')}.${row.format}`;
}
