/** The two cookies: the refresh token for /api/v1/auth, and the short one for Bull Board. No script reads either, no foreign page sends them. */
import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import { OPS_COOKIE } from '../shared/auth/auth.ts';

export const REFRESH_COOKIE = 'vhm24r_refresh';
const REFRESH_PATH = '/api/v1/auth';
const OPS_PATH = '/ops';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

function setCookie(request: Request, response: Response, cookie: { name: string; value: string; path: string; maxAge: number }): void {
  response.append(
    'Set-Cookie',
    stringifySetCookie({ ...cookie, httpOnly: true, sameSite: 'strict', secure: !isLoopback(request.hostname ?? '') }),
  );
}

export function readRefreshCookie(request: Request): string | null {
  return parseCookie(request.headers.cookie ?? '')[REFRESH_COOKIE] || null;
}

export function setRefreshCookie(request: Request, response: Response, token: string, expiresAt: Date): void {
  const maxAge = Math.max(0, Math.floor((expiresAt.getTime() - Date.now()) / 1000));
  setCookie(request, response, { name: REFRESH_COOKIE, value: token, path: REFRESH_PATH, maxAge });
}

export function setOpsCookie(request: Request, response: Response, token: string, maxAgeS: number): void {
  setCookie(request, response, { name: OPS_COOKIE, value: token, path: OPS_PATH, maxAge: maxAgeS });
}

export function clearCookies(request: Request, response: Response): void {
  setCookie(request, response, { name: REFRESH_COOKIE, value: '', path: REFRESH_PATH, maxAge: 0 });
  setCookie(request, response, { name: OPS_COOKIE, value: '', path: OPS_PATH, maxAge: 0 });
}
