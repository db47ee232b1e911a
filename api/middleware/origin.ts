/**
 * Whose page is asking. What a cookie authenticates can be sent by a foreign page as well: SameSite=Strict keeps that
 * away, and this does where a browser knows no SameSite.
 */
import type { Request, RequestHandler } from 'express';
import { AppError } from '../../shared/errors.ts';

export interface OriginOptions {
  /** PUBLIC_URL, where the page is reached under another name than the request's */
  publicUrl: string | null;
  /** CORS_ORIGINS */
  corsOrigins: readonly string[];
}

function hostOf(url: string): string | null {
  try {
    return new URL(url).host;
  } catch {
    return null;
  }
}

/**
 * @param required also refuses a request that does not say where it comes from: browsers always do for a POST
 * @throws AppError forbidden
 */
export function assertOwnOrigin(request: Request, options: OriginOptions, required = false): void {
  const origin = request.get('origin') ?? (required ? request.get('referer') : undefined);
  const foreign = new AppError('forbidden', { details: { reason: 'foreign_origin' } });
  if (request.get('sec-fetch-site') === 'cross-site' && !(origin !== undefined && options.corsOrigins.includes(origin)))
    throw foreign;
  if (origin === undefined) {
    if (required) throw foreign;
    return;
  }
  const host = hostOf(origin);
  const own = [request.host, options.publicUrl === null ? null : hostOf(options.publicUrl)];
  if (host === null || !(own.includes(host) || options.corsOrigins.includes(origin))) throw foreign;
}

const ALLOWED_HEADERS = 'Authorization, Content-Type, Accept-Language, Last-Event-ID, X-Request-Id';
const EXPOSED_HEADERS =
  'Content-Disposition, Location, Retry-After, X-Processing-Mode, X-RateLimit-Limit, X-RateLimit-Remaining, ' +
  'X-RateLimit-Reset, X-Request-Id';
const PREFLIGHT_TTL_S = 600;

/**
 * Pages of CORS_ORIGINS may call the api with a bearer; cookies are never allowed along. Without the variable nothing
 * is said at all.
 */
export function cors(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (origins.length === 0) return next();
    response.vary('Origin');
    const origin = request.get('origin');
    if (origin === undefined || !origins.includes(origin)) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
    if (request.method !== 'OPTIONS' || request.get('access-control-request-method') === undefined) return next();
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, PATCH, DELETE');
    response.setHeader('Access-Control-Allow-Headers', ALLOWED_HEADERS);
    response.setHeader('Access-Control-Max-Age', String(PREFLIGHT_TTL_S));
    response.status(204).end();
  };
}
