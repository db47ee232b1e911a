/**
 * Rejected rows: as a list, in groups, and as a table in the user's own columns to mend and send back; and examples
 * that load.
 */
import type { Readable } from 'node:stream';
import type { Response } from 'express';
import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import { AppError } from '../../shared/errors.ts';
import { createCsvStream } from '../../shared/exports/csv-writer.ts';
import type { Sheet, Sheets } from '../../shared/exports/sheet.ts';
import { createXlsxStream } from '../../shared/exports/xlsx-writer.ts';
import { SOURCE_NAMES, sources } from '../../shared/ingest/sources/index.ts';
import type { SourceName } from '../../shared/ingest/sources/source.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { errorGroups } from '../../shared/uploads/error-groups.ts';
import { createErrorWorkbooks } from '../../shared/uploads/error-workbook.ts';
import type { Lang } from '../../shared/texts/languages.ts';
import { joinSheets, type KnownColumn } from '../../shared/uploads/joined-sheets.ts';
import { attachmentHeader } from '../../shared/uploads/file-name.ts';
import { errorGroupSchema, rowErrorSchema } from '../../shared/uploads/file-schema.ts';
import { rowErrorView } from '../../shared/uploads/file-view.ts';
import { findFile, listRowErrors, type FileRow } from '../../shared/uploads/files-repository.ts';
import { type CursorDeps, pageOf, pageOfWhole, pageQuery } from '../keyset.ts';
import type { StreamDeps } from '../send-stream.ts';
import { defineRoute, type Route } from '../route.ts';

const idParams = z.strictObject({ id: z.uuid() });
type TableFormat = 'csv' | 'xlsx';

const CONTENT_TYPES: Record<TableFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
const WORDS = { yes: 'TRUE', no: 'FALSE' };

export function createFileErrorRoutes(resources: ApiResources & StreamDeps & CursorDeps): Route[] {
  const cursor = resources.cursors.of('file errors');
  const { db, store, spool, logger, streams } = resources;
  const workbooks = createErrorWorkbooks({ db, store, spool, logger });

  async function fileOf(id: string): Promise<FileRow> {
    const file = await findFile(db, id);
    if (file === null) throw new AppError('not_found');
    return file;
  }

  function send(response: Response, name: string, format: TableFormat, body: Readable): void {
    response.setHeader('Content-Type', CONTENT_TYPES[format]);
    response.setHeader('Content-Disposition', attachmentHeader(name));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'private, no-store');
    response.flushHeaders();
    streams.send(body, response);
  }

  return [
    defineRoute({
      method: 'get',
      path: '/files/:id/errors',
      expensive: true,
      role: 'viewer',
      summary:
        'Rejected rows with their reasons; xlsx and csv hold the own columns of the file, to be mended and ' +
        'uploaded again',
      params: idParams,
      query: z.strictObject({ ...pageQuery, format: z.enum(['json', 'csv', 'xlsx']).default('json') }),
      downloadable: true,
      responses: { 200: { media: Object.values(CONTENT_TYPES), json: listSchema(rowErrorSchema) } },
      async handler({ params, query, lang, principal, response }) {
        const file = await fileOf(params.id);
        if (query.format !== 'json') {
          if (file.bytes_expired_at !== null) throw new AppError('file_expired');
          await streams.admit(principal, response);
          const gone = new AbortController();
          const leave = (): void => gone.abort(new Error('the reader of the errors has gone'));
          if (response.closed) leave();
          else response.once('close', leave);
          const sheets = await workbooks.open(file, lang, { userId: principal.userId, signal: gone.signal });
          const base = file.name.replace(/\.[\p{L}\p{N}]{1,10}$/u, '');
          send(
            response,
            `${base} errors.${query.format}`,
            query.format,
            written(query.format, query.format === 'csv' ? oneTable(file, sheets) : sheets, lang),
          );
          return undefined;
        }
        const key = query.cursor === undefined ? undefined : cursor.read(query.cursor);
        const after = key === undefined ? undefined : { rowIndex: key[0] ?? '0', id: key[1] ?? '0' };
        const rows = await listRowErrors(db, params.id, { after, limit: query.limit });
        return pageOf(rows, query.limit, { cursor, keyOf: (row) => [row.row_index, row.id] }, (row) =>
          rowErrorView(row, lang),
        );
      },
    }),
    defineRoute({
      method: 'get',
      path: '/files/:id/errors/groups',
      expensive: true,
      role: 'viewer',
      summary: 'Rejected rows by code and column, with the first three of each',
      params: idParams,
      query: z.strictObject(pageQuery),
      responses: { 200: listSchema(errorGroupSchema) },
      async handler({ params, query, lang }) {
        await fileOf(params.id);
        return pageOfWhole(await errorGroups(db, params.id, lang), query, {
          cursor: resources.cursors.of(`error groups of ${params.id}`),
          keyOf: ({ code, column, field, severity }) => [code, column ?? '', field ?? '', severity],
        });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/templates/:name',
      role: 'viewer',
      summary: 'An example of a report that loads cleanly: <source>.csv or <source>.xlsx',
      params: z.strictObject({ name: z.string().max(100) }),
      downloadable: true,
      responses: { 200: { media: Object.values(CONTENT_TYPES) } },
      async handler({ params, principal, lang, response }) {
        await streams.admit(principal, response);
        const [source = '', format = ''] = params.name.split('.', 2);
        const name = SOURCE_NAMES.find((one) => `${one}.${format}` === params.name && one === source);
        if (name === undefined || (format !== 'csv' && format !== 'xlsx')) throw new AppError('not_found');
        send(response, params.name, format, written(format, [templateSheet(name)], lang));
        return undefined;
      },
    }),
  ];
}

/** Excel in Russian or Uzbek opens commas in one column. */
function written(format: TableFormat, sheets: Sheets, lang: Lang): Readable {
  return format === 'csv'
    ? createCsvStream(sheets, { several: false, words: WORDS, lang, plainFigures: true })
    : createXlsxStream(sheets, { words: WORDS });
}

/** A csv with several tables below each other would be no report any more. */
function oneTable({ recognition }: FileRow, sheets: Sheets): Sheets {
  const loaded = recognition?.['sheets'];
  if (!Array.isArray(loaded) || loaded.length < 2) return sheets;
  return joinSheets(sheets, (recognition?.['columns'] ?? []) as KnownColumn[]);
}

/** The example of a source as a table to write. */
export function templateSheet(source: SourceName): Sheet {
  const { sheet, header, rows } = sources[source].template;
  return {
    name: sheet,
    columns: header.map((text) => ({ header: text, width: Math.min(40, Math.max(12, text.length + 2)) })),
    rows: [rows],
  };
}
