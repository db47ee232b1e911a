import type { Response } from 'express';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { ApiResources } from '../../shared/resources.ts';
import type { Lang } from '../../shared/texts/languages.ts';
import { createUndo, findUndo, lastUndoOf, type UndoRequest } from '../../shared/undo/undo-rows.ts';
import { undoSchema, undoView, type UndoView } from '../../shared/undo/undo-view.ts';
import { defineRoute, type Route } from '../route.ts';

const idParams = z.strictObject({ id: z.uuid() });
const REASON_MIN_CHARS = 10;

const undoBody = z
  .strictObject({ dryRun: z.boolean().default(false), reason: z.string().trim().max(1_000).optional() })
  .refine(({ dryRun, reason }) => dryRun || (reason?.length ?? 0) >= REASON_MIN_CHARS, {
    path: ['reason'],
    message: `says why, in ${REASON_MIN_CHARS} characters or more`,
  });

export function createUndoRoutes({ db, dispatcher }: ApiResources): Route[] {
  async function ask(request: UndoRequest, response: Response, lang: Lang): Promise<UndoView> {
    const id = await createUndo(db, request);
    const undo = await findUndo(db, id);
    if (undo === null) throw new AppError('not_found');
    await dispatcher.dispatch({ name: 'undo-files', id, fence: '0', requestId: request.by.requestId }, true);
    response.status(202).setHeader('Location', `/api/v1/undos/${id}`);
    return undoView(undo, lang);
  }

  const undoRoute = (path: string, summary: string, of: (id: string) => UndoRequest['of']) =>
    defineRoute({
      method: 'post',
      path,
      role: 'finance',
      summary,
      params: idParams,
      body: undoBody,
      responses: { 202: undoSchema },
      handler({ params, body: { dryRun, reason = null }, principal: { userId }, address, requestId, response, lang }) {
        return ask({ of: of(params.id), dryRun, reason, by: { userId, requestId, address } }, response, lang);
      },
    });

  return [
    undoRoute('/files/:id/undo', 'Take the import of a file back, or say what that would change', (fileId) => ({
      fileId,
    })),
    undoRoute('/sessions/:id/undo', 'Take back all files of a session', (sessionId) => ({ sessionId })),
    defineRoute({
      method: 'get',
      path: '/undos/:id',
      role: 'viewer',
      summary: 'One taking back, with its receipt',
      params: idParams,
      responses: { 200: undoSchema },
      async handler({ params, lang }) {
        const undo = await findUndo(db, params.id);
        if (undo === null) throw new AppError('not_found');
        return undoView(undo, lang);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/files/:id/undo',
      role: 'viewer',
      summary: 'The last taking back of a file',
      params: idParams,
      responses: { 200: undoSchema },
      async handler({ params, lang }) {
        const undo = await lastUndoOf(db, params.id);
        if (undo === null) throw new AppError('not_found');
        return undoView(undo, lang);
      },
    }),
  ];
}
