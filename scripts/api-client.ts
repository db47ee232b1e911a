import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shape } from '../client/shapes.ts';

/** A small client of the HTTP contract (api.md section 4), for demo, benchmarks and tests. */
export interface ApiAnswer<T = unknown> {
  status: number;
  headers: Headers;
  /** Parsed where the answer is JSON, else the text. */
  body: T;
}

export type SessionBody = Shape<'Session'>;

/** A file to send: from disk, or made in memory. */
export type Upload = { path: string; name?: string } | { name: string; content: string | Uint8Array<ArrayBuffer> };

export interface RequestOptions {
  headers?: Record<string, string>;
  /** Default 30 s. */
  timeoutMs?: number;
}

export interface ApiClient {
  baseUrl: string;
  /** The bearer it sends; set by login, or by hand. */
  token: string | null;
  login(email: string, password: string): Promise<void>;
  get<T>(path: string, options?: RequestOptions): Promise<ApiAnswer<T>>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<ApiAnswer<T>>;
  /** Any method, with or without a JSON body. A path without `/api/`, `/livez` and the like is taken below /api/v1. */
  request<T>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<ApiAnswer<T>>;
  /** POST /files: all files in one request. Does not wait for the session. */
  upload(
    files: readonly Upload[],
    options?: RequestOptions & { source?: string; preview?: boolean },
  ): Promise<ApiAnswer<{ session: SessionBody }>>;
  /** Asks until no file of the session is queued or processing. Rejects after timeoutMs with what it saw last. */
  waitForSession(
    id: string,
    options?: { timeoutMs?: number; onChange?: (session: SessionBody) => void },
  ): Promise<SessionBody>;
}

/** The answer was not what the caller can go on with. */
export class ApiError extends Error {
  readonly answer: ApiAnswer;
  constructor(what: string, answer: ApiAnswer) {
    super(
      `${what}: ${answer.status} ` +
        `${typeof answer.body === 'string' ? answer.body.slice(0, 500) : JSON.stringify(answer.body)}`,
    );
    this.name = 'ApiError';
    this.answer = answer;
  }
}

const REQUEST_TIMEOUT_MS = 30_000;
const UPLOAD_TIMEOUT_MS = 300_000;
const SESSION_TIMEOUT_MS = 120_000;
const POLL_MS = 200;

export function createApiClient(baseUrl: string): ApiClient {
  const client: ApiClient = {
    baseUrl,
    token: null,

    async login(email, password) {
      const answer = await client.post<{ accessToken: string }>('/auth/login', { email, password });
      if (answer.status !== 200) throw new ApiError(`sign-in as ${email}`, answer);
      client.token = answer.body.accessToken;
    },

    get: (path, options) => client.request('GET', path, undefined, options),
    post: (path, body, options) => client.request('POST', path, body, options),

    request: (method, path, body, options = {}) =>
      send(client, path, options, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),

    async upload(files, { source, preview = false, ...options } = {}) {
      const form = new FormData();
      if (source !== undefined) form.set('source', source);
      if (preview) form.set('preview', 'true');
      for (const file of files) {
        // not openAsBlob: its reader may hang for ever when the answer comes before the last byte
        const blob = new Blob(['path' in file ? await readFile(file.path) : file.content]);
        form.append('files', blob, 'path' in file ? (file.name ?? basename(file.path)) : file.name);
      }
      return send(client, '/files', { timeoutMs: UPLOAD_TIMEOUT_MS, ...options }, { method: 'POST', body: form });
    },

    async waitForSession(id, { timeoutMs = SESSION_TIMEOUT_MS, onChange } = {}) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const answer = await client.get<SessionBody>(`/sessions/${id}`);
        if (answer.status !== 200) throw new ApiError(`session ${id}`, answer);
        onChange?.(answer.body);
        if (!['queued', 'processing'].includes(answer.body.status)) return answer.body;
        if (Date.now() > deadline) throw new ApiError(`session ${id} has not ended within ${timeoutMs} ms`, answer);
        await sleep(POLL_MS);
      }
    },
  };
  return client;
}

async function send<T>(
  client: ApiClient,
  path: string,
  options: RequestOptions,
  init: RequestInit,
): Promise<ApiAnswer<T>> {
  const headers = new Headers(init.headers);
  if (client.token !== null) headers.set('authorization', `Bearer ${client.token}`);
  for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
  const response = await fetch(new URL(isOutsidePrefix(path) ? path : `/api/v1${path}`, client.baseUrl), {
    ...init,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}

function isOutsidePrefix(path: string): boolean {
  return path === '/' || /^\/(api|livez|readyz|metrics|ops)(\/|$|\?)/.test(path);
}
