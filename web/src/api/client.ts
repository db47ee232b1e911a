import type { Answered, AskedPath, Body, QueryName } from '../../../client/asked-path.ts';
import { shallowRef, type ShallowRef } from 'vue';
import { askInLine } from './refresh-line.ts';
import type { CodedText, ProcessingMode, SignedIn } from './types.ts';

const prefix = '/api/v1';

/** What the server refused, or `network` when it could not be reached. The text is worded by i18n/coded.ts. */
export class ApiError extends Error {
  readonly status: number;
  readonly problem: CodedText & { details?: unknown; requestId?: string };
  /** 0 = the server did not say. */
  readonly retryAfterMs: number;
  constructor(status: number, problem: ApiError['problem'], retryAfterMs = 0) {
    super(problem.message ?? problem.code);
    this.name = 'ApiError';
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

export type Query = Record<string, string | number | boolean | readonly string[] | undefined | null>;

interface RequestOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Goes on when the page is left, and its cookie is taken. */
  keepalive?: boolean;
}

/** What a route of the contract takes beside its path and body. */
type Asked<M extends 'get' | 'post' | 'patch' | 'delete', P extends string> = Omit<RequestOptions, 'query' | 'body'> & {
  query?: { [Name in QueryName<M, P>]?: Query[string] };
};

/** Paths are those of the contract, below /api/v1, and answers are what it says of them. */
export interface ApiClient {
  get<P extends AskedPath<'get'>>(path: P, options?: Asked<'get', P>): Promise<Answered<'get', P>>;
  post<P extends AskedPath<'post'>>(
    path: P,
    body?: Body<'post', P>,
    options?: Asked<'post', P>,
  ): Promise<Answered<'post', P>>;
  patch<P extends AskedPath<'patch'>>(
    path: P,
    body: Body<'patch', P>,
    options?: Asked<'patch', P>,
  ): Promise<Answered<'patch', P>>;
  remove<P extends AskedPath<'delete'>>(path: P, options?: Asked<'delete', P>): Promise<Answered<'delete', P>>;
  /** The raw answer of an authorised GET (event streams, downloads); throws ApiError unless it is 2xx. */
  open(path: string, options?: RequestOptions): Promise<Response>;
  /** Multipart upload with progress of the bytes sent, 0..1. */
  upload<T>(path: string, form: FormData, onProgress: (share: number) => void, signal: AbortSignal): Promise<T>;
  /** A new access token by the refresh cookie; null when there is none to be had. One call at a time. */
  refresh(): Promise<SignedIn | null>;
  accept(signedIn: SignedIn | null): void;
  /** Where the last upload was processed, as the server said. */
  lastMode: ShallowRef<ProcessingMode | null>;
}

export interface ApiClientOptions {
  language(): string;
  /** The token is gone and cannot be had again. */
  onSignedOut(): void;
  /** Whether a new token, got by the cookie that all tabs share, is for who is signed in here. */
  isMine(answer: SignedIn): boolean;
}

/** Lists travel comma-separated; empty values are left out. */
export function queryText(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined || value === null ? '' : String(value);
    if (text !== '') params.set(name, text);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

function toApiError(status: number, body: unknown, retryAfter: string | null): ApiError {
  const error = (body as { error?: ApiError['problem'] } | null)?.error;
  const details = error?.details;
  const params =
    error?.params ??
    (details && typeof details === 'object' && !Array.isArray(details)
      ? ((details as { params?: CodedText['params'] }).params ?? (details as CodedText['params']))
      : undefined);
  const seconds = Number(retryAfter);
  const fallback = status === 404 ? 'not_found' : status === 503 ? 'service_unavailable' : 'internal';
  return new ApiError(
    status,
    error ? { ...error, params } : { code: fallback },
    Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0,
  );
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The access token lives in this closure only; nothing secret ever reaches storage. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  let token: string | null = null;
  let staleAt = 0;
  let refreshing: Promise<SignedIn | null> | null = null;
  const lastMode = shallowRef<ProcessingMode | null>(null);

  function accept(signedIn: SignedIn | null): void {
    token = signedIn?.accessToken ?? null;
    staleAt = signedIn ? Date.now() + (signedIn.expiresIn - 20) * 1000 : 0;
  }

  function headers(extra: Record<string, string> = {}): Record<string, string> {
    return { 'Accept-Language': options.language(), ...(token ? { Authorization: `Bearer ${token}` } : {}), ...extra };
  }

  async function send(method: string, path: string, request: RequestOptions): Promise<Response> {
    const init: RequestInit = {
      method,
      headers: headers(request.headers),
      signal: request.signal ?? null,
      credentials: 'same-origin',
    };
    if (request.keepalive) init.keepalive = true;
    if (request.body !== undefined) {
      init.body = JSON.stringify(request.body);
      (init.headers as Record<string, string>)['Content-Type'] = 'application/json';
    }
    let response: Response;
    try {
      response = await fetch(`${prefix}${path}${queryText(request.query)}`, init);
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw new ApiError(0, { code: 'network' });
    }
    if (response.ok) return response;
    throw toApiError(response.status, await readBody(response), response.headers.get('Retry-After'));
  }

  async function requestRefresh(): Promise<SignedIn | null> {
    return askInLine(localStorage, async () => {
      try {
        // goes on when the page is left, so that its cookie is taken
        const signedIn = (await readBody(await send('POST', '/auth/refresh', { keepalive: true }))) as SignedIn;
        // never in the name of somebody else who signed in in another tab
        if (!options.isMine(signedIn)) return null;
        accept(signedIn);
        return signedIn;
      } catch (error) {
        if (error instanceof ApiError && [400, 401, 403, 404].includes(error.status)) return null;
        throw error;
      }
    });
  }

  function refresh(): Promise<SignedIn | null> {
    refreshing ??= requestRefresh().finally(() => {
      refreshing = null;
    });
    return refreshing;
  }

  /** Asks with a token that is good, and once more where the server no longer takes it and gives another. */
  async function signedIn<T>(ask: () => Promise<T>): Promise<T> {
    const stale = token !== null && Date.now() > staleAt;
    if (stale && !(await refresh()) && token === null) throw new ApiError(401, { code: 'unauthenticated' });
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401 || !token) throw error;
      if (error.problem.code !== 'token_revoked' && (await refresh())) return ask();
      accept(null);
      options.onSignedOut();
      throw error;
    }
  }

  function authorised(method: string, path: string, request: RequestOptions): Promise<Response> {
    const ask = (): Promise<Response> => send(method, path, request);
    const ownAnswer = path.startsWith('/auth/') && path !== '/auth/me' && path !== '/auth/ops';
    return ownAnswer ? ask() : signedIn(ask);
  }

  async function json<T>(method: string, path: string, request: RequestOptions): Promise<T> {
    return (await readBody(await authorised(method, path, request))) as T;
  }

  function sendForm<T>(
    path: string,
    form: FormData,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      signal.throwIfAborted();
      const request = new XMLHttpRequest();
      const abort = (): void => request.abort();
      request.open('POST', `${prefix}${path}`);
      for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onload = () => {
        let body: unknown = null;
        try {
          body = JSON.parse(request.responseText);
        } catch {
          body = null;
        }
        const mode = request.getResponseHeader('X-Processing-Mode');
        if (mode === 'queue' || mode === 'in-process') lastMode.value = mode;
        if (request.status >= 200 && request.status < 300) resolve(body as T);
        else reject(toApiError(request.status, body, request.getResponseHeader('Retry-After')));
      };
      request.onerror = () => reject(new ApiError(0, { code: 'network' }));
      request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
      request.onloadend = () => signal.removeEventListener('abort', abort);
      signal.addEventListener('abort', abort);
      request.send(form);
    });
  }

  return {
    get: (path, request = {}) => json('GET', path, request),
    post: (path, body, request = {}) => json('POST', path, { ...request, body }),
    patch: (path, body, request = {}) => json('PATCH', path, { ...request, body }),
    remove: (path, request = {}) => json('DELETE', path, request),
    open: (path, request = {}) => authorised('GET', path, request),
    upload: (path, form, onProgress, signal) => signedIn(() => sendForm(path, form, onProgress, signal)),
    refresh,
    accept,
    lastMode,
  };
}
