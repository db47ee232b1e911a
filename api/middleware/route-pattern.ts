import type { Request } from 'express';

/**
 * What an address no route answered is called in figures and log lines: such an address may say anything, a password
 * included.
 */
const NO_ROUTE = 'other';
const ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{1,10})$/i;

/** The pattern of the route that answered, with its prefix. */
export function routePattern(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  // after an error Express has taken its prefix back
  const prefix = request.baseUrl !== '' ? request.baseUrl : (/^\/api\/v1(?=\/)/.exec(request.originalUrl)?.[0] ?? '');
  return typeof route?.path === 'string' ? `${prefix}${route.path}` : NO_ROUTE;
}

/** The same with the ids of what was asked for, and nothing else of the address. */
export function loggedPath(request: Request): string {
  const pattern = routePattern(request);
  const asked = (request.originalUrl.split('?')[0] ?? '').split('/');
  return pattern
    .split('/')
    .map((part, index) => (part.startsWith(':') && ID.test(asked[index] ?? '') ? asked[index] : part))
    .join('/');
}
