import type { Lang } from '../../shared/texts/languages.ts';
import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import { AppError, unavailable } from '../../shared/errors.ts';
import { SOURCE_NAMES } from '../../shared/ingest/sources/index.ts';
import type { SourceName } from '../../shared/ingest/sources/source.ts';
import { CACHE_TAG_MAPPINGS } from '../../shared/cache/cache.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { StoredFileMissingError, type ByteRange } from '../../shared/storage/file-store.ts';
import { applyPreviews } from '../../shared/uploads/apply-previews.ts';
import { cancelFile, mapFile, retryFile } from '../../shared/uploads/file-actions.ts';
import { attachmentHeader } from '../../shared/uploads/file-name.ts';
import { fileDetailSchema, fileSchema, type FileView, sessionSchema } from '../../shared/uploads/file-schema.ts';
import { fileDetailView, fileView, sessionView } from '../../shared/uploads/file-view.ts';
import { filesOfSessions, findFile, findSession, listFiles } from '../../shared/uploads/files-repository.ts';
import { FILE_STATUSES } from '../../shared/ingest/session-state.ts';
import { COLUMN_STYLES } from '../../shared/ingest/child/protocol.ts';
import type { Uploader } from '../../shared/uploads/accept-upload.ts';
import { doorOfRequest } from '../../shared/uploads/doors.ts';
import { UPLOAD_ROLE } from '../../shared/uploads/uploads.ts';
import { waitForSession } from '../../shared/uploads/wait-for-session.ts';
import { type CursorDeps, listOf, pageOf, pageQuery } from '../keyset.ts';
import { assertAcceptable, receiveUpload } from '../multipart.ts';
import type { StreamDeps } from '../send-stream.ts';
import { defineRoute, type Route, type RouteContext } from '../route.ts';

const idParams = z.strictObject({ id: z.uuid() });

const mappingBody = z.strictObject({
  source: z.enum(SOURCE_NAMES).optional(),
  columns: z.record(z.string().max(500), z.string().max(100).nullable()).optional(),
  sheet: z.string().max(200).optional(),
  headerRow: z.number().int().min(1).max(1_000).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.string().max(40).optional(),
  styles: z.record(z.string().max(100), z.enum(COLUMN_STYLES)).optional(),
  acceptDrift: z.boolean().optional(),
  identities: z.enum(['new', 'replace']).optional(),
  remember: z.boolean().optional(),
});

const uploadAnswer = z.object({ session: sessionSchema });
const BYTES = { media: ['application/octet-stream'] };

type Context = Pick<RouteContext<unknown, unknown, unknown>, 'principal' | 'requestId' | 'address'>;

const uploaderOf = ({ principal, requestId, address }: Context): Uploader => ({
  userId: principal.userId,
  requestId,
  address,
});

export function createFileRoutes(resources: ApiResources & StreamDeps & CursorDeps): Route[] {
  const { streams, db, store, pool, dispatcher, uploads, watch, config, logger } = resources;
  const cursor = resources.cursors.of('files');

  async function fileAnswer(id: string, lang: Lang) {
    const file = await findFile(db, id);
    if (file === null) throw new AppError('not_found');
    return fileDetailView(file, lang);
  }

  const lookAt = (sessionId: string) =>
    watch.guard(async () => {
      const [session, files] = await Promise.all([findSession(db, sessionId), filesOfSessions(db, [sessionId])]);
      return { session, files };
    });

  /** After a retry or an answer: the new run is dispatched now and not at the next sweep. */
  async function dispatchAgain(id: string, requestId: string): Promise<void> {
    const file = await findFile(db, id);
    if (file?.status !== 'queued') return;
    // the sweeper dispatches what is looked at
    if (!file.preview) await dispatcher.dispatch({ name: 'process-file', id, fence: file.fence, requestId });
  }

  return [
    defineRoute({
      method: 'post',
      path: '/files',
      role: UPLOAD_ROLE,
      summary: 'Upload reports',
      multipart: true,
      responses: { 200: uploadAnswer, 202: uploadAnswer },
      async handler(context) {
        const { request, response, principal, lang } = context;
        assertAcceptable(request, uploads.limits);
        const receive = () => receiveUpload(request, response, uploads);
        // where the bytes go into the database, a frozen one would hold the sender
        const received = store.driver === 'postgres' ? await watch.guard(receive) : await receive();
        const asked = uploadFields(received.fields);
        if ('issues' in asked) {
          await uploads.discard(received.files);
          throw new AppError('validation_failed', { details: asked });
        }
        const { source, preview } = asked;
        await context.assertStillIn().catch(async (error: unknown) => {
          await uploads.discard(received.files);
          throw error;
        });
        const accepted = await uploads.accept(received.files, {
          by: uploaderOf(context),
          door: doorOfRequest(principal.kind, request.get('user-agent')),
          source,
          preview,
        });
        response.setHeader('X-Processing-Mode', accepted.mode);
        response.setHeader('Location', `/api/v1/sessions/${accepted.sessionId}`);
        const gone = new AbortController();
        response.once('close', () => gone.abort());
        let seen = await lookAt(accepted.sessionId);
        response.status(202);
        if (accepted.mode === 'in-process') {
          try {
            const ended = await watch.guard(() =>
              waitForSession({ db, pool }, accepted.sessionId, config.uploads.syncWaitMs, gone.signal),
            );
            seen = await lookAt(accepted.sessionId);
            if (ended) response.status(200);
          } catch (error) {
            // whoever were refused now would send again what is accepted
            logger.warn('the end of an accepted upload is not known', { sessionId: accepted.sessionId, error });
          }
        }
        const { session, files } = seen;
        if (session === null) throw new AppError('not_found');
        return { session: sessionView(session, files, lang) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/files',
      expensive: true,
      role: 'viewer',
      summary: 'Files, newest first',
      query: z.strictObject({
        ...pageQuery,
        sha256: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/)
          .transform((text) => text.toLowerCase())
          .optional(),
        status: listOf(FILE_STATUSES).optional(),
        source: listOf(SOURCE_NAMES).optional(),
      }),
      responses: { 200: listSchema(fileSchema) },
      async handler({ query, lang }) {
        const beforeSeq = query.cursor === undefined ? undefined : cursor.read(query.cursor)[0];
        const rows = await listFiles(db, {
          sha256: query.sha256,
          statuses: query.status,
          sources: query.source,
          beforeSeq,
          limit: query.limit,
        });
        return pageOf(rows, query.limit, { cursor, keyOf: (row) => [row.seq] }, (row) =>
          withoutSamples(fileView(row, lang)),
        );
      },
    }),
    defineRoute({
      method: 'get',
      path: '/files/:id',
      role: 'viewer',
      summary: 'One file, with how it was recognised',
      params: idParams,
      responses: { 200: fileDetailSchema },
      handler: ({ params, lang }) => fileAnswer(params.id, lang),
    }),
    defineRoute({
      method: 'get',
      path: '/files/:id/content',
      role: 'viewer',
      summary: 'The original bytes',
      params: idParams,
      downloadable: true,
      responses: { 200: BYTES, 206: BYTES, 416: null },
      async handler({ params, principal, request, response }) {
        const file = await findFile(db, params.id);
        if (file === null) throw new AppError('not_found');
        if (file.bytes_expired_at !== null) throw new AppError('file_expired');
        await streams.admit(principal, response);
        const sizeBytes = Number(file.size_bytes);
        const range = rangeOf(request.get('range'), sizeBytes);
        response.setHeader('Accept-Ranges', 'bytes');
        if (range === 'unsatisfiable') {
          response.setHeader('Content-Range', `bytes */${sizeBytes}`);
          response.status(416);
          return undefined;
        }
        let bytes;
        try {
          bytes = await store.openRead(file.storage_key, range ?? undefined);
        } catch (error) {
          if (error instanceof StoredFileMissingError) throw unavailable(error, 60);
          throw error;
        }
        if (range !== null) {
          response.status(206);
          response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${sizeBytes}`);
        }
        response.setHeader('Content-Type', 'application/octet-stream');
        response.setHeader('Content-Length', range === null ? sizeBytes : range.end - range.start + 1);
        response.setHeader('Content-Disposition', attachmentHeader(file.name));
        response.setHeader('X-Content-Type-Options', 'nosniff');
        response.setHeader('Cache-Control', 'private, no-store');
        response.flushHeaders();
        streams.send(bytes, response);
        return undefined;
      },
    }),
    defineRoute({
      method: 'post',
      path: '/files/:id/mapping',
      role: 'operator',
      summary: 'Answer the question about a file and go on with it',
      params: idParams,
      body: mappingBody,
      responses: { 200: fileDetailSchema },
      async handler(context) {
        const { params, body, lang, requestId } = context;
        await mapFile({ db }, params.id, body, uploaderOf(context));
        await resources.cache.dropTags([CACHE_TAG_MAPPINGS]);
        await dispatchAgain(params.id, requestId);
        return fileAnswer(params.id, lang);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/files/:id/retry',
      role: 'operator',
      summary: 'Start a failed or cancelled file again',
      params: idParams,
      responses: { 200: fileDetailSchema },
      async handler(context) {
        const { params, lang, requestId } = context;
        await retryFile({ db }, params.id, uploaderOf(context));
        await dispatchAgain(params.id, requestId);
        return fileAnswer(params.id, lang);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/files/:id/apply',
      role: 'operator',
      summary: 'Run a file for real that was looked at',
      params: idParams,
      responses: { 202: fileDetailSchema },
      async handler(context) {
        const { params, lang, requestId, response } = context;
        await applyPreviews({ db }, { fileId: params.id }, uploaderOf(context));
        await dispatchAgain(params.id, requestId);
        response.status(202);
        return fileAnswer(params.id, lang);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/sessions/:id/apply',
      role: 'operator',
      summary: 'Run all files of a session for real that were looked at',
      params: idParams,
      responses: { 202: sessionSchema },
      async handler(context) {
        const { params, lang, requestId, response } = context;
        await applyPreviews({ db }, { sessionId: params.id }, uploaderOf(context));
        const files = await filesOfSessions(db, [params.id]);
        for (const { id, status } of files) if (status === 'queued') await dispatchAgain(id, requestId);
        const session = await findSession(db, params.id);
        if (session === null) throw new AppError('not_found');
        response.status(202);
        return sessionView(session, await filesOfSessions(db, [params.id]), lang);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/files/:id/cancel',
      role: 'operator',
      summary: 'Stop a file',
      params: idParams,
      responses: { 200: fileDetailSchema },
      async handler(context) {
        await cancelFile({ db }, context.params.id, uploaderOf(context));
        return fileAnswer(context.params.id, context.lang);
      },
    }),
  ];
}

/** A page of a hundred files would carry twenty thousand. */
const withoutSamples = (file: FileView): FileView => ({
  ...file,
  preview:
    file.preview === null
      ? null
      : { ...file.preview, samples: [], result: file.preview.result && { ...file.preview.result, samples: [] } },
});

interface UploadFields {
  /** null: recognise it */
  source: SourceName | null;
  /** only look at what it would do */
  preview: boolean;
}

/** The optional fields beside the files; an empty one means none. */
function uploadFields(fields: Record<string, string>): UploadFields | { issues: { path: string; message: string }[] } {
  const { source = '', preview = '', ...others } = fields;
  const issues = Object.keys(others).map((path) => ({ path, message: 'is no field of an upload' }));
  const named = SOURCE_NAMES.find((name) => name === source);
  if (source !== '' && named === undefined)
    issues.push({ path: 'source', message: `is one of ${SOURCE_NAMES.join(', ')}` });
  if (!['', 'true', 'false'].includes(preview)) issues.push({ path: 'preview', message: 'is true or false' });
  return issues.length > 0 ? { issues } : { source: named ?? null, preview: preview === 'true' };
}

/** One range of bytes; anything else (several, another unit) is answered with the whole file, as RFC 9110 allows. */
function rangeOf(header: string | undefined, sizeBytes: number): ByteRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (match === null || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (start > end) return start >= sizeBytes || (from === '' && Number(to) === 0) ? 'unsatisfiable' : null;
  return { start, end };
}
