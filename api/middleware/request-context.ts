/** Every request has an id, which its answer and its log lines carry, and one log line of its own, without payloads. */
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { withContext } from '../../shared/context.ts';
import type { Logger } from '../../shared/logger.ts';
import { loggedPath } from './route-pattern.ts';
import { DEFAULT_LANG, LANGS, type Lang } from '../../shared/texts/languages.ts';

const ACCEPTABLE_ID = /^[A-Za-z0-9._-]{8,64}$/;

export function requestContext(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const sent = request.get('x-request-id');
    const requestId = sent !== undefined && ACCEPTABLE_ID.test(sent) ? sent : randomUUID();
    const startedAt = performance.now();
    response.locals['requestId'] = requestId;
    response.locals['lang'] = preferredLang(request.get('accept-language'));
    response.setHeader('X-Request-Id', requestId);
    withContext({ requestId }, () => {
      let logged = false;
      const log = (aborted: boolean) => {
        if (logged) return;
        logged = true;
        const ms = Math.round(performance.now() - startedAt);
        const quiet = response.locals['route'] === 'health';
        logger.log(quiet ? 'debug' : 'info', 'request', {
          requestId,
          method: request.method,
          path: loggedPath(request),
          status: response.statusCode,
          ms,
          ...(response.locals['userId'] === undefined ? {} : { userId: response.locals['userId'] as string }),
          ...(aborted ? { aborted } : {}),
        });
      };
      response.on('finish', () => log(false));
      response.on('close', () => log(!response.writableFinished));
      next();
    });
  };
}

/** ru unless the header ranks another language of the product higher. */
export function preferredLang(header: string | undefined): Lang {
  if (header === undefined) return 'ru';
  let best: { lang: Lang; weight: number } | null = null;
  for (const part of header.split(',')) {
    const [tag = '', ...options] = part.trim().split(';');
    const language = tag.trim().toLowerCase().split('-')[0];
    const quality = options
      .map((option) => /^\s*q=([\d.]+)\s*$/.exec(option)?.[1])
      .find((value) => value !== undefined);
    const weight = quality === undefined ? 1 : Number(quality);
    const lang = LANGS.find((known) => known === language);
    if (lang !== undefined && weight > (best?.weight ?? 0)) best = { lang, weight };
  }
  return best?.lang ?? DEFAULT_LANG;
}
