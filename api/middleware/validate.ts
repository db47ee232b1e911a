/**
 * One route of the table becomes one Express handler: who asks and how often, then what is asked, then the answer. The
 * order matters: a body is read only for those who may send it.
 */
import type { Lang } from '../../shared/texts/languages.ts';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { z } from 'zod';
import type { DatabaseWatch } from '../../shared/db/watch.ts';
import { withContext } from '../../shared/context.ts';
import { AppError } from '../../shared/errors.ts';
import type { Turns } from '../../shared/limits/turns.ts';
import { clientAddress } from '../client-address.ts';
import type { Principal, Route, RouteContext } from '../route.ts';

/** Who asks; throws unauthenticated, forbidden, rate_limited and so on. null only for public routes. */
export type RouteGuard = (request: Request, response: Response, route: Route) => Promise<Principal | null>;

const JSON_LIMIT = '256kb';
const MAX_DEPTH = 50;
const BODY_LIMIT_MS = 10_000;
/** What takes longer than this from being let in to taking effect is looked at once more. */
const LOOK_AGAIN_MS = 250;
const parseJson = express.json({ limit: JSON_LIMIT, strict: true });

export interface RouteDeps {
  guard: RouteGuard;
  watch: DatabaseWatch;
  /** of a person's expensive requests */
  turns: Turns;
  /** whether somebody who was let in has not been signed out meanwhile; throws token_revoked, service_unavailable */
  assertStillIn(principal: Principal): Promise<void>;
}

export function mountRoutes(router: Router, routes: readonly Route[], deps: RouteDeps): void {
  for (const route of routes) router[route.method](route.path, routeHandler(route, deps));
}

/** The Express handler of one route. */
export function routeHandler(route: Route, { guard, watch, turns, assertStillIn }: RouteDeps): RequestHandler {
  /**
   * Expensive ones two at once for each person; whoever went away meanwhile is not waited for. An answer keeps its turn
   * until it was read: one that nobody takes lies in memory. (Streams have turns of their own.)
   */
  async function inTurn(principal: Principal | null, response: Response, work: () => Promise<unknown>) {
    // the others are bounded by their number a minute: a queue of a person's own would hold up what is asked in an
    // outage
    if (principal === null || route.expensive !== true) return work();
    const gone = new AbortController();
    const leave = () => gone.abort(new AppError('rate_limited', { params: { retryAfterS: 1 } }));
    response.once('close', leave);
    const release = await turns.take(principal.userId, gone.signal).finally(() => response.off('close', leave));
    const answer = await work().catch((error: unknown) => {
      release();
      throw error;
    });
    if (answer === undefined || response.closed) release();
    else response.once('close', release);
    return answer;
  }

  return async (request, response) => {
    const principal = await watch.guard(() => guard(request, response, route));
    if (principal !== null) response.locals['userId'] = principal.userId;
    const params = parsePart(route.params, request.params, 'params');
    const query = parsePart(route.query, request.query, 'query');
    const letInAt = performance.now();
    // a body that comes slowly must not carry what it asks for over the end of its sign-in
    const stillIn = async (): Promise<void> => {
      if (principal === null || performance.now() - letInAt < LOOK_AGAIN_MS) return;
      await watch.guard(() => assertStillIn(principal));
    };
    const body = route.multipart === true ? undefined : await parseBody(route, request, response);
    await stillIn();
    const context = {
      params,
      query,
      body,
      // the type promises it for all but public routes, whose handlers do not ask
      principal: principal as Principal,
      requestId: response.locals['requestId'] as string,
      lang: response.locals['lang'] as Lang,
      address: clientAddress(request),
      assertStillIn: stillIn,
      request,
      response,
    } satisfies RouteContext<unknown, unknown, unknown>;
    const answer = () =>
      withContext(
        principal === null ? {} : { userId: principal.userId },
        async () => route.handler(context as never) as unknown,
      );
    // an upload takes as long as its sender needs; it asks the watch itself where it needs the database
    const result = await inTurn(principal, response, () => (route.multipart === true ? answer() : watch.guard(answer)));
    if (response.headersSent) return;
    // without a word a browser keeps a redirect for ever, and a proxy what it likes
    response.setHeader('Cache-Control', response.getHeader('Cache-Control') ?? 'no-store');
    if (result === undefined) {
      if (response.statusCode === 200) response.status(204);
      response.end();
      return;
    }
    response.json(result);
  };
}

/** Nothing declared means nothing allowed: unknown query parameters are refused. */
function parsePart(schema: z.ZodType | undefined, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  if (schema === undefined) {
    const unknown = part === 'query' ? Object.keys((value ?? {}) as object) : [];
    if (unknown.length > 0) {
      throw new AppError('validation_failed', {
        details: {
          issues: unknown.map((name) => ({
            path: shownName(name),
            code: 'unrecognized_keys',
            message: 'is not a parameter here',
          })),
        },
      });
    }
    return value;
  }
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) {
    const steps = unstorable(value);
    if (steps === null) return parsed.data;
    if (part === 'params') throw new AppError('not_found');
    const path = steps.map(shownName).join('.');
    throw new AppError('validation_failed', {
      details: { issues: [{ path, code: 'invalid_text', message: 'holds no text' }] },
    });
  }
  // an address that cannot be one of ours names nothing
  if (part === 'params') throw new AppError('not_found');
  throw new AppError('validation_failed', {
    details: {
      issues: parsed.error.issues.map((issue) => ({
        path: issue.path.map((name) => shownName(String(name))).join('.'),
        code: issue.code,
        message:
          issue.code === 'unrecognized_keys' ? `Unrecognized: ${issue.keys.map(shownName).join(', ')}` : issue.message,
      })),
    },
  });
}

/**
 * PostgreSQL keeps neither NUL nor half a surrogate pair: no schema of ours means them, and no place of its own has to
 * think of it.
 */
function unstorable(value: unknown, depth = 0): string[] | null {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [] : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > MAX_DEPTH) throw new AppError('validation_failed', { details: { reason: 'nested_too_deeply' } });
  for (const [name, inner] of Object.entries(value)) {
    const steps = unstorable(name) ?? unstorable(inner, depth + 1);
    if (steps !== null) return [name, ...steps];
  }
  return null;
}

/** Names that could be a parameter's are told back; whatever else was sent in place of one may be a secret. */
function shownName(name: string): string {
  return /^(?:[A-Za-z][A-Za-z0-9_]{0,39}|\d{1,4})$/.test(name) ? name : '***';
}

/** A body of JSON is small: whoever sends it for longer only wants to keep the connection. */
function readInTime(request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      response.setHeader('Connection', 'close');
      reject(new AppError('validation_failed', { details: { reason: 'body_too_slow' } }));
    }, BODY_LIMIT_MS);
    parseJson(request, response, (error: unknown) => {
      clearTimeout(late);
      if (error === undefined || error === null) resolve();
      else reject(error as Error);
    });
  });
}

function isSent({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

async function parseBody(route: Route, request: Request, response: Response): Promise<unknown> {
  if (route.method === 'get') return undefined;
  await readInTime(request, response);
  if (route.body === undefined) return undefined;
  // taken for none, a change would be answered as done
  if (request.body === undefined && isSent(request))
    throw new AppError('validation_failed', { details: { reason: 'body_not_json' } });
  return parsePart(route.body, request.body, 'body');
}
