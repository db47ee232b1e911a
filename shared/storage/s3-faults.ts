/** What an S3 server's code, or the way to it, means for a storage; the only place that knows these codes. */
import { StorageUnavailableError, StoredFileMissingError, type StorageFaultReason } from './file-store.ts';

const REASONS: Readonly<Record<string, StorageFaultReason>> = {
  NoSuchBucket: 'no_bucket',
  AccessDenied: 'denied',
  Forbidden: 'denied',
  SignatureDoesNotMatch: 'denied',
  InvalidAccessKeyId: 'denied',
  InvalidToken: 'denied',
  ExpiredToken: 'denied',
  AuthorizationHeaderMalformed: 'denied',
  RequestTimeTooSkewed: 'denied',
  AccountProblem: 'denied',
  AllAccessDisabled: 'denied',
  // R2's and MinIO's words for a client or a server out of room
  InsufficientStorage: 'full',
  StorageFull: 'full',
  XMinioStorageFull: 'full',
  QuotaExceeded: 'full',
  XMinioAdminBucketQuotaExceeded: 'full',
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'refused',
  EAI_AGAIN: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ETIMEDOUT: 'no_answer',
  TimeoutError: 'no_answer',
  RequestTimeout: 'no_answer',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  UND_ERR_SOCKET: 'reset',
};

interface ServiceFault {
  name?: string;
  code?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: number };
}

export function isStatus(error: unknown, status: number): boolean {
  return (error as ServiceFault | null)?.$metadata?.httpStatusCode === status;
}

/**
 * Whatever the client rejected with, as a fault of the storage; a key known to be unknown as StoredFileMissingError.
 * @param notFound what a 404 without a code of its own means
 */
export function s3Fault(error: unknown, notFound?: 'NoSuchBucket'): unknown {
  if (error instanceof StorageUnavailableError || error instanceof StoredFileMissingError) return error;
  const fault = (error ?? {}) as ServiceFault;
  if (fault.cause instanceof StorageUnavailableError) return fault.cause;
  const status = fault.$metadata?.httpStatusCode;
  const name = typeof fault.code === 'string' ? fault.code : (fault.name ?? 'unknown');
  if (name === 'NoSuchKey') return new StoredFileMissingError({ cause: error });
  const known = REASONS[name];
  if (known !== undefined) return new StorageUnavailableError(known, name, { cause: error });
  if (status === 404) return new StorageUnavailableError('no_bucket', notFound ?? name, { cause: error });
  if (status === 401 || status === 403) return new StorageUnavailableError('denied', name, { cause: error });
  if (status === 507) return new StorageUnavailableError('full', name, { cause: error });
  // 5xx, SlowDown, an answer that is no S3: the server cannot now
  return new StorageUnavailableError('server_error', status === undefined ? name : `${status} ${name}`, {
    cause: error,
  });
}
