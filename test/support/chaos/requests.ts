import { ownTimeMs } from '../own-time.ts';
import type { Member } from './world.ts';

/**
 * What a request is allowed to take, ms, on a busy machine: 1 s beyond its own work is the promise, and work waits for
 * a core here.
 */
const LIMITS_MS = { page: 4_000, upload: 15_000 } as const;
export type RequestKind = keyof typeof LIMITS_MS;
/** A process that goes on after a pause has a backlog. */
const AFTER_STRUCK_MS = 2_000;
const CLIENT_GIVES_UP_MS = 45_000;

export interface Tried<T> {
  /** null when the connection broke */
  status: number | null;
  body: T | null;
  retryAfterS: number | null;
}

/** Sends requests and keeps what was wrong with their answers. */
export interface Requests {
  send<T>(member: Member, kind: RequestKind, path: string, init?: RequestInit): Promise<Tried<T>>;
  violations: string[];
  /** how many answers there were of each kind: `page 200`, `upload 503 service_unavailable` */
  counts: Map<string, number>;
  longestMs: Record<RequestKind, number>;
}

export function createRequests(token: () => string | null): Requests {
  const violations: string[] = [];
  const counts = new Map<string, number>();
  const longestMs = { page: 0, upload: 0 };

  function judge(kind: RequestKind, path: string, ms: number, response: Response, code: string | undefined): void {
    const { status, headers } = response;
    const what = `${kind} ${path.replaceAll(/[0-9a-f-]{36}|\d+/g, ':id')}: ${status} ${code ?? ''}`;
    counts.set(
      `${kind} ${status} ${code ?? ''}`.trim(),
      (counts.get(`${kind} ${status} ${code ?? ''}`.trim()) ?? 0) + 1,
    );
    if (status >= 400 && code === undefined && !path.endsWith('z')) violations.push(`${what} has no code`);
    if ((status === 503 || status === 429) && !(Number(headers.get('retry-after')) >= 1) && !path.endsWith('z'))
      violations.push(`${what} has no Retry-After`);
    // nothing here asks for what is not there or not allowed
    if (status >= 400 && status !== 503) violations.push(`${what} ${response.headers.get('x-request-id') ?? ''}`);
    longestMs[kind] = Math.max(longestMs[kind], ms);
    if (ms > LIMITS_MS[kind]) violations.push(`${what} took ${Math.round(ms)} ms, more than ${LIMITS_MS[kind]}`);
  }

  return {
    violations,
    counts,
    longestMs,
    async send<T>(member: Member, kind: RequestKind, path: string, init: RequestInit = {}): Promise<Tried<T>> {
      const from = performance.now();
      const ownFrom = ownTimeMs();
      const wasStruck = () =>
        member.struck.some((period) => period.from <= performance.now() && period.to + AFTER_STRUCK_MS >= from);
      try {
        const headers = new Headers(init.headers);
        if (token() !== null) headers.set('authorization', `Bearer ${token()}`);
        const response = await fetch(`${member.url}${/^\/(livez|readyz)$/.test(path) ? '' : '/api/v1'}${path}`, {
          ...init,
          headers,
          signal: AbortSignal.timeout(CLIENT_GIVES_UP_MS),
        });
        const text = await response.text();
        const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
        const body = isJson ? (JSON.parse(text) as T) : null;
        const code = (body as { error?: { code?: string } } | null)?.error?.code;
        if (!wasStruck() || response.status === 500) judge(kind, path, ownTimeMs() - ownFrom, response, code);
        return { status: response.status, body, retryAfterS: Number(response.headers.get('retry-after')) || null };
      } catch (error) {
        const cause = error instanceof Error ? (error.cause ?? error) : error;
        const name = (cause as { code?: string; name?: string }).code ?? (cause as Error).name;
        counts.set(`${kind} broken off`, (counts.get(`${kind} broken off`) ?? 0) + 1);
        if (!wasStruck()) violations.push(`${kind} ${path}: ${name} from ${member.name}, which nobody had struck`);
        return { status: null, body: null, retryAfterS: null };
      }
    },
  };
}
