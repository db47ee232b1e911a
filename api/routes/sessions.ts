import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import { AppError } from '../../shared/errors.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { sessionSchema } from '../../shared/uploads/file-schema.ts';
import { fileProgress, fileView, sessionView } from '../../shared/uploads/file-view.ts';
import { filesOfSessions, findSession, listSessions, type FileRow } from '../../shared/uploads/files-repository.ts';
import { createEventCursor, type SessionSnapshot } from '../../shared/uploads/session-feed.ts';
import { type CursorDeps, pageOf, pageQuery } from '../keyset.ts';
import { createLiveStreams } from '../live-streams.ts';
import { defineRoute, type Route } from '../route.ts';

const idParams = z.strictObject({ id: z.uuid() });

export function createSessionRoutes(resources: ApiResources & CursorDeps): Route[] {
  const cursor = resources.cursors.of('sessions');
  const { db, feed, auth, logger } = resources;
  const streams = createLiveStreams({ auth, logger, feed });
  return [
    defineRoute({
      method: 'get',
      path: '/sessions',
      expensive: true,
      role: 'viewer',
      summary: 'Sessions, newest first',
      query: z.strictObject(pageQuery),
      responses: { 200: listSchema(sessionSchema) },
      async handler({ query, lang }) {
        const key = query.cursor === undefined ? undefined : cursor.read(query.cursor);
        const before = key === undefined ? undefined : { createdAt: key[0] ?? '', id: key[1] ?? '' };
        const sessions = await listSessions(db, { before, limit: query.limit });
        const files = await filesOfSessions(
          db,
          sessions.slice(0, query.limit).map((session) => session.id),
        );
        const bySession = new Map<string, FileRow[]>();
        for (const file of files) bySession.set(file.session_id, [...(bySession.get(file.session_id) ?? []), file]);
        return pageOf(
          sessions,
          query.limit,
          { cursor, keyOf: (session) => [session.created_at_text, session.id] },
          (session) => sessionView(session, bySession.get(session.id) ?? [], lang),
        );
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sessions/:id',
      role: 'viewer',
      summary: 'One session with its files',
      params: idParams,
      responses: { 200: sessionSchema },
      async handler({ params, lang }) {
        const session = await findSession(db, params.id);
        if (session === null) throw new AppError('not_found');
        return sessionView(session, await filesOfSessions(db, [session.id]), lang);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/sessions/:id/events',
      role: 'viewer',
      summary: 'Live progress of a session (server-sent events)',
      params: idParams,
      responses: { 200: { media: ['text/event-stream'] } },
      async handler({ params, lang, principal, request, response }) {
        if ((await findSession(db, params.id)) === null) throw new AppError('not_found');
        const stream = await streams.open(principal, request, response);
        const next = createEventCursor(request.get('last-event-id'));
        const stopWatching = feed.watch(params.id, (snapshot) => {
          for (const event of next(snapshot)) {
            if (event.event === 'file') stream.send('file', event.id, fileView(event.file, lang));
            else if (event.event === 'progress') stream.send('progress', event.id, progressView(snapshot));
            else {
              stream.send('done', event.id, sessionView(snapshot.session, snapshot.files, lang));
              stream.end();
            }
          }
        });
        if (stream.signal.aborted) stopWatching();
        else stream.signal.addEventListener('abort', stopWatching, { once: true });
        return undefined;
      },
    }),
  ];
}

/** What changes often, small. */
function progressView({ session, files }: SessionSnapshot) {
  const view = sessionView(session, files, 'en');
  return {
    sessionId: view.id,
    status: view.status,
    mode: view.mode,
    progress: view.progress,
    totalFiles: view.totalFiles,
    processedFiles: view.processedFiles,
    totals: view.totals,
    files: files.map((file) => ({
      id: file.id,
      status: file.status,
      phase: file.progress_phase ?? file.phase,
      progress: fileProgress(file),
      rowsRead: Number(file.progress_rows_read ?? file.rows_read),
      rowsStaged: Number(file.progress_rows_staged ?? 0),
      bytes: Number(file.progress_bytes ?? 0),
      sizeBytes: Number(file.size_bytes),
    })),
  };
}
