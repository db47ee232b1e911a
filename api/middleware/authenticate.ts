/**
 * The guard before every route of the table: who asks, how often, and may they. Failed tries count against the address
 * they come from, so that guessing tokens ends in 429; only then comes the role.
 */
import type { Request, Response } from 'express';
import type { Auth } from '../../shared/auth/auth.ts';
import { DOWNLOAD_LINK_PARAMETER, linkTarget } from '../../shared/auth/download-links.ts';
import { AppError } from '../../shared/errors.ts';
import type { RateLimits } from '../../shared/limits/rate-limits.ts';
import type { Principal, Route } from '../route.ts';
import { readOpsCookie } from '../auth-cookies.ts';
import { assertOwnOrigin, type OriginOptions } from './origin.ts';
import { limitAnonymous, limitUser } from './rate-limit.ts';
import { assertMayUse } from './roles.ts';
import type { RouteGuard } from './validate.ts';

export interface GuardDeps {
  auth: Auth;
  limits: RateLimits;
}

export function createRouteGuard({ auth, limits }: GuardDeps): RouteGuard {
  return async (request, response, route) => {
    // these look at cookies or passwords themselves
    if (route.role === 'public' || route.ownAuthentication === true) {
      if (route.ownLimits !== true) await limitAnonymous(limits, request, response);
      return null;
    }
    const principal = await authenticate(auth, request, route).catch(async (error: unknown) => {
      if (error instanceof AppError && error.status === 401) {
        response.setHeader('WWW-Authenticate', 'Bearer');
        await limitAnonymous(limits, request, response);
      }
      throw error;
    });
    await limitUser(limits, principal, route, response);
    assertMayUse(principal, route);
    return principal;
  };
}

async function authenticate(auth: Auth, request: Request, route: Route): Promise<Principal> {
  const secret = route.downloadable === true ? request.query[DOWNLOAD_LINK_PARAMETER] : undefined;
  if (secret === undefined) return auth.authenticate(request);
  if (typeof secret !== 'string') throw new AppError('unauthenticated');
  // the request's url is the one below /api/v1 here
  const target = linkTarget(new URL(request.url, 'http://localhost'));
  // whoever shows a preview or downloads in parts asks first what there is: that must leave the link its one use
  const isLook = request.method === 'HEAD';
  const principal = await (isLook ? auth.downloadLinks.look(secret, target) : auth.downloadLinks.open(secret, target));
  const { [DOWNLOAD_LINK_PARAMETER]: _link, ...query } = request.query;
  // the route knows nothing of links: its own parameters are checked as ever
  Object.defineProperty(request, 'query', { value: query, configurable: true });
  return principal;
}

/** For Bull Board: the cookie of POST /auth/ops, and for whatever changes something a page of our own. */
export async function authenticateOps(
  auth: Auth,
  request: Request,
  response: Response,
  options: OriginOptions,
): Promise<Principal> {
  const principal = await auth.authenticateOps(readOpsCookie(request));
  if (request.method !== 'GET' && request.method !== 'HEAD') assertOwnOrigin(request, options, true);
  response.locals['userId'] = principal.userId;
  return principal;
}
