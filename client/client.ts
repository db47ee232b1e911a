/**
 * The one client of the HTTP contract: paths, queries and answers are typed by contract.ts, so a route that changes
 * breaks whoever calls it. It knows nothing of terminals or pages.
 */
import createClient, { type Client } from 'openapi-fetch';
import { AwayError } from './away-error.ts';
import type { paths } from './contract.ts';
import { createRetryingFetch, type RetryOptions } from './retrying-fetch.ts';

export type ContractClient = Client<paths>;

export interface ClientOptions extends RetryOptions {
  /** where the api stands, without /api/v1 */
  baseUrl: string;
  /** of every request, e.g. Authorization and Accept-Language */
  headers: Readonly<Record<string, string>>;
}

export function createContractClient({ baseUrl, headers, ...retry }: ClientOptions): ContractClient {
  return createClient<paths>({ baseUrl, headers, fetch: createRetryingFetch(retry) });
}

/** The server has answered, and not with what was asked for. */
export class RefusedError extends Error {
  readonly status: number;
  /** one of docs/errors.md, or not_json where something else answered */
  readonly code: string;
  readonly requestId: string | null;
  /** what of the request was wrong, e.g. "status.0: Invalid option: …" */
  readonly issues: readonly string[];
  constructor(status: number, code: string, message: string, requestId: string | null, issues: readonly string[] = []) {
    super(message);
    this.name = 'RefusedError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.issues = issues;
  }
}

/** What the call came to. @throws RefusedError, AwayError */
export async function answerOf<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    if (thrown instanceof AwayError || (thrown instanceof Error && thrown.name === 'AbortError')) throw thrown;
    if (thrown instanceof SyntaxError) throw new RefusedError(200, 'not_json', 'the answer is not JSON', null);
    throw new AwayError('the connection was lost', { cause: thrown });
  });
  if (!response.ok) throw refusalOf(response.status, error);
  return data as T;
}

/** The error that an answer tells, as every route words it (api.md 4). */
export function refusalOf(status: number, body: unknown): RefusedError | AwayError {
  const answered = (
    body as { error?: { code?: unknown; message?: unknown; requestId?: unknown; details?: unknown } } | null
  )?.error;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const message = text(answered?.message) ?? `HTTP ${status}`;
  if ([429, 502, 503, 504].includes(status)) return new AwayError(message);
  const code = text(answered?.code) ?? 'not_json';
  return new RefusedError(status, code, message, text(answered?.requestId), issuesOf(answered?.details));
}

function issuesOf(details: unknown): string[] {
  const issues = (details as { issues?: unknown } | null | undefined)?.issues;
  if (!Array.isArray(issues)) return [];
  return (issues as { path?: unknown; message?: unknown }[]).flatMap(({ path, message }) =>
    typeof path === 'string' && typeof message === 'string' ? [`${path}: ${message}`] : [],
  );
}
