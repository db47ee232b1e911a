import { z } from 'zod';
import { TIME_GROUPS } from '../../shared/analytics/buckets.ts';
import { AppError, unavailable } from '../../shared/errors.ts';
import { EXPORT_FORMATS, type ExportRequest } from '../../shared/exports/export-kinds.ts';
import {
  cancelExport,
  createExport,
  exportFileName,
  type ExportRow,
  exportSchema,
  exportView,
  findExport,
} from '../../shared/exports/export-rows.ts';
import { FORMAT_WRITERS } from '../../shared/exports/formats.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { StoredFileMissingError } from '../../shared/storage/file-store.ts';
import { attachmentHeader } from '../../shared/uploads/file-name.ts';
import { orderFilterQuery } from '../order-query.ts';
import type { StreamDeps } from '../send-stream.ts';
import { defineRoute, type Route } from '../route.ts';
import { timeRangeQuery } from '../time-range.ts';

const idParams = z.strictObject({ id: z.uuid() });
const format = z.enum(EXPORT_FORMATS);
const fileId = z.uuid();

/** Of anything else no text can be made that means it, and of some none at all. */
const isPlain = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/**
 * In JSON a list may be a list and a flag a flag; the schema of the query reads both as an address would spell them.
 */
function spelled(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => {
        if (Array.isArray(part) && part.every(isPlain)) return [name, part.map(String).join(',')];
        return [name, isPlain(part) ? String(part) : (part as unknown)];
      }),
  );
}

const filterOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => spelled(value ?? {}), z.strictObject(shape));

const exportBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('orders'), format, filter: filterOf(orderFilterQuery) }),
  z.strictObject({
    kind: z.literal('changes'),
    format,
    filter: filterOf({ ...orderFilterQuery, fileId: fileId.optional() }),
  }),
  z.strictObject({ kind: z.literal('errors'), format, filter: filterOf({ fileId }) }),
  z.strictObject({
    kind: z.literal('analytics'),
    format,
    filter: filterOf({ ...timeRangeQuery, group: z.enum(TIME_GROUPS).optional() }),
  }),
]);

export function createExportRoutes({ db, store, dispatcher, streams }: ApiResources & StreamDeps): Route[] {
  async function exportOf(id: string): Promise<ExportRow> {
    const row = await findExport(db, id);
    if (row === null) throw new AppError('not_found');
    return row;
  }

  return [
    defineRoute({
      method: 'post',
      path: '/exports',
      role: 'viewer',
      summary: 'Have a table written: orders, changes, rejected rows of a file, or analytics',
      body: exportBody,
      responses: { 202: exportSchema },
      async handler({ body, lang, principal, requestId, address, response }) {
        const { format: wanted, ...request } = body;
        const by = { userId: principal.userId, requestId, address };
        const made = await createExport(db, request as ExportRequest, { format: wanted, lang, by });
        await dispatcher.dispatch({ name: 'write-export', id: made.id, fence: made.fence, requestId }, true);
        response.status(202);
        response.setHeader('Location', `/api/v1/exports/${made.id}`);
        return exportView(await exportOf(made.id), lang);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/exports/:id',
      role: 'viewer',
      summary: 'How far an export is',
      params: idParams,
      responses: { 200: exportSchema },
      handler: async ({ params, lang }) => exportView(await exportOf(params.id), lang),
    }),
    defineRoute({
      method: 'post',
      path: '/exports/:id/cancel',
      role: 'viewer',
      summary: 'Stop an export, or give up its file',
      params: idParams,
      responses: { 200: exportSchema },
      async handler({ params, lang, principal, requestId, address }) {
        const by = { userId: principal.userId, requestId, address };
        await cancelExport(db, params.id, { by, asAdmin: principal.role === 'admin' });
        return exportView(await exportOf(params.id), lang);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/exports/:id/download',
      role: 'viewer',
      summary: 'The file of a completed export',
      params: idParams,
      downloadable: true,
      responses: { 200: { media: Object.values(FORMAT_WRITERS).map(({ contentType }) => contentType) } },
      async handler({ params, lang, principal, response }) {
        const row = await exportOf(params.id);
        const { status, progress, error } = exportView(row, lang);
        if (row.expired) throw new AppError('not_found', { details: error });
        if (row.storage_key === null) throw new AppError('conflict', { details: { status, progress, error } });
        await streams.admit(principal, response);
        let bytes;
        try {
          bytes = await store.openRead(row.storage_key);
        } catch (fault) {
          if (fault instanceof StoredFileMissingError) throw unavailable(fault, 60);
          throw fault;
        }
        response.setHeader('Content-Type', FORMAT_WRITERS[row.format].contentType);
        response.setHeader('Content-Length', String(row.size_bytes));
        response.setHeader('Content-Disposition', attachmentHeader(exportFileName(row)));
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Cache-Control', 'private, no-store');
        response.flushHeaders();
        streams.send(bytes, response);
        return undefined;
      },
    }),
  ];
}
