/**
 * Errors that reach a client (api.md section 4). Each code has its status here and its words in shared/texts; only
 * api/middleware/error-handler.ts turns an error into an answer. A file's own faults are FileFault (readers/reader.ts),
 * a bad row is data; neither belongs here.
 */
import type { Texts } from './texts/en/index.ts';

export type ErrorCode = keyof Texts['errors'];

const STATUS: Record<ErrorCode, number> = {
  validation_failed: 400,
  unauthenticated: 401,
  token_revoked: 401,
  forbidden: 403,
  approval_pending: 403,
  not_found: 404,
  order_undone: 410,
  file_expired: 410,
  conflict: 409,
  file_too_large: 413,
  too_many_files: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  service_unavailable: 503,
};

/** The HTTP status of a code. */
export const statusOf = (code: ErrorCode): number => STATUS[code];

export interface AppErrorOptions {
  /** for the text */
  params?: Record<string, string | number>;
  /** sent as `details`; never internals */
  details?: unknown;
  cause?: unknown;
}

/** An error with a stable code; its status and texts come from the catalogue. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, string | number>;
  readonly details: unknown;
  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = options.params ?? {};
    this.details = options.details;
  }
  get status(): number {
    return statusOf(this.code);
  }
}

/** PostgreSQL or another store cannot be reached in time: 503 with Retry-After. */
export function unavailable(cause: unknown, retryAfterS = 2): AppError {
  return new AppError('service_unavailable', { params: { retryAfterS }, details: { retryAfterS }, cause });
}
