/**
 * The cookies: the refresh token for /api/v1/auth, and short ones for Bull Board and the description of the api. No
 * script reads either, no foreign page sends them.
 */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

const REFRESH_COOKIE = 'vhm24r_refresh';
/**
 * A browser takes a cookie of this name only over https: whoever is on the line cannot plant one. (A page of a host
 * beside ours under one domain can; `__Host-` would keep that away and demands a path that sends it everywhere.)
 */
const SECURE_PREFIX = '__Secure-';
const REFRESH_PATH = '/api/v1/auth';
const OPS_COOKIE = 'vhm24r_ops';
const OPS_PATH = '/ops';
const DOCS_COOKIE = 'vhm24r_docs';
const DOCS_PATH = '/api/docs';

/** Name of the application setting that says whether this is production. */
export const PRODUCTION_SETTING = 'production';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Whether the browser speaks https to us. The Host header alone does not say: a proxy's default hands on the loopback
 * name it asks us by. Plain http is believed only outside production, and only of this machine.
 */
function isSecure(request: Request): boolean {
  return request.app.get(PRODUCTION_SETTING) === true || request.secure || !isLoopback(request.hostname ?? '');
}

const nameOf = (request: Request, name: string): string => (isSecure(request) ? SECURE_PREFIX + name : name);

function setCookie(
  request: Request,
  response: Response,
  cookie: { name: string; value: string; path: string; maxAge: number },
): void {
  const secure = isSecure(request);
  response.append(
    'Set-Cookie',
    stringifySetCookie({ ...cookie, name: nameOf(request, cookie.name), httpOnly: true, sameSite: 'strict', secure }),
  );
}

function readCookie(request: Request, name: string): string | null {
  return parseCookie(request.headers.cookie ?? '')[nameOf(request, name)] || null;
}

export const readRefreshCookie = (request: Request): string | null => readCookie(request, REFRESH_COOKIE);

export const readOpsCookie = (request: Request): string | null => readCookie(request, OPS_COOKIE);

export const readDocsCookie = (request: Request): string | null => readCookie(request, DOCS_COOKIE);

export function setDocsCookie(request: Request, response: Response, token: string, maxAgeS: number): void {
  setCookie(request, response, { name: DOCS_COOKIE, value: token, path: DOCS_PATH, maxAge: maxAgeS });
}

export function setRefreshCookie(request: Request, response: Response, token: string, maxAgeS: number): void {
  setCookie(request, response, { name: REFRESH_COOKIE, value: token, path: REFRESH_PATH, maxAge: maxAgeS });
}

export function setOpsCookie(request: Request, response: Response, token: string, maxAgeS: number): void {
  setCookie(request, response, { name: OPS_COOKIE, value: token, path: OPS_PATH, maxAge: maxAgeS });
}

export function clearCookies(request: Request, response: Response): void {
  setCookie(request, response, { name: REFRESH_COOKIE, value: '', path: REFRESH_PATH, maxAge: 0 });
  setCookie(request, response, { name: OPS_COOKIE, value: '', path: OPS_PATH, maxAge: 0 });
  setCookie(request, response, { name: DOCS_COOKIE, value: '', path: DOCS_PATH, maxAge: 0 });
}
