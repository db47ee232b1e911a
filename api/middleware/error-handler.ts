/** The only place that turns an error into an answer; the same in every environment. */
import type { ErrorRequestHandler, NextFunction, Request, RequestHandler, Response } from 'express';
import { isSchemaMissing, isStatementStopped } from '../../shared/db/faults.ts';
import { AppError, unavailable } from '../../shared/errors.ts';
import { isAway } from '../../shared/faults.ts';
import type { Logger } from '../../shared/logger.ts';
import { renderText } from '../../shared/texts/text.ts';
import { discardBody } from '../discard-body.ts';
import { loggedPath } from './route-pattern.ts';
import { errorTexts } from '../../shared/texts/tables.ts';
import { DEFAULT_LANG, type Lang } from '../../shared/texts/languages.ts';

/** Anything that can be thrown, as an error with a code. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  // without its tables the service is not ready, as /readyz says too: the migrations are still to run
  if (isAway(error, 'database') || isSchemaMissing(error)) return unavailable(error);
  if (isStatementStopped(error)) return unavailable(error, 5);
  const fault = error as { type?: unknown; status?: unknown; statusCode?: unknown } | null;
  // body-parser and express mark what the client did wrong
  if (fault?.type === 'entity.too.large')
    return new AppError('validation_failed', { details: { reason: 'body_too_large' }, cause: error });
  if (fault?.type === 'charset.unsupported' || fault?.type === 'encoding.unsupported') {
    // the code of that name speaks of files, and here JSON is read
    return new AppError('validation_failed', { details: { reason: 'body_not_json' }, cause: error });
  }
  const status = typeof fault?.status === 'number' ? fault.status : fault?.statusCode;
  if (status === 400 || status === 413 || error instanceof URIError)
    return new AppError('validation_failed', { cause: error });
  if (status === 404) return new AppError('not_found', { cause: error });
  return new AppError('internal', { cause: error });
}

/** What a client asked of a file in vain: a part that it lacks (416), a condition that it does not meet (412). */
function readUnmet(error: unknown): { status: 412 | 416; headers: Record<string, string> } | null {
  if (typeof error !== 'object' || error === null) return null;
  const { status, headers = {} } = error as { status?: unknown; headers?: Record<string, string> };
  return status === 412 || status === 416 ? { status, headers } : null;
}

export function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const unmet = readUnmet(error);
    if (unmet !== null && !response.headersSent) {
      response.removeHeader('Content-Type');
      response
        .status(unmet.status)
        .set({ ...unmet.headers, 'Cache-Control': 'no-store' })
        .end();
      return;
    }
    const fault = toAppError(error);
    if (fault.code === 'internal')
      logger.error('request failed', { error: fault.cause ?? fault, path: loggedPath(request) });
    else if (isSchemaMissing(fault.cause)) {
      logger.error('request refused: the schema is not that of this version, run the migrations', {
        error: fault.cause,
      });
    } else if (fault.code === 'service_unavailable')
      logger.warn('request refused: a dependency is away', { error: fault.cause ?? fault });
    if (response.headersSent) {
      // the answer has begun: cutting it short is the only way left to say that it is not whole
      response.destroy();
      return;
    }
    sendError(request, response, fault);
  };
}

export function sendError(request: Request, response: Response, fault: AppError): void {
  const lang = (response.locals['lang'] ?? DEFAULT_LANG) as Lang;
  const retryAfterS = fault.params['retryAfterS'];
  if (retryAfterS !== undefined && (fault.status === 503 || fault.status === 429))
    response.setHeader('Retry-After', String(retryAfterS));
  response.setHeader('Cache-Control', 'no-store');
  const details = fault.details ?? (Object.keys(fault.params).length > 0 ? fault.params : undefined);
  response.status(fault.status).json({
    error: {
      code: fault.code,
      message: renderText(errorTexts, fault.code, fault.params, lang),
      ...(details === undefined ? {} : { details }),
      requestId: response.locals['requestId'] as string,
    },
  });
  discardBody(request);
}

/** Whatever no route answered. */
export const notFound: RequestHandler = (_request, _response, next) => next(new AppError('not_found'));
