/**
 * The contract of a store of bytes (api.md section 2, STORAGE_URL). Keys are made by this product (storage-key.ts),
 * never by a person: a user's file name is never part of one. Every driver passes
 * test/contracts/file-store-contract.ts.
 *
 * Every call rejects with StorageUnavailableError when the storage is away, in whatever way; with
 * StoredFileMissingError only when the storage answered that there is no such key.
 */
import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import type { Transient } from '../faults.ts';

/** First and last byte, both included. */
export interface ByteRange {
  start: number;
  end: number;
}

export interface LocalFile {
  path: string;
  /** Gives the file back; safe to call twice. */
  release(): Promise<void>;
}

export interface FileStore {
  readonly driver: 'file' | 'postgres' | 's3';
  /**
   * Stores the stream under a new key. Resolves only when the bytes are durable. When it fails or is aborted, nothing
   * remains; what a process leaves behind that died here is taken by sweep().
   */
  put(key: string, stream: Readable, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** The bytes, exactly. Rejects with StoredFileMissingError before the first byte when the key is unknown. */
  openRead(key: string, range?: ByteRange): Promise<Readable>;
  /**
   * The bytes as a file on this machine, readable by this process and its children. Rejects with
   * StoredFileMissingError.
   */
  openLocal(key: string, signal: AbortSignal): Promise<LocalFile>;
  /** Removes the bytes; a key that is not there is no fault. */
  remove(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /**
   * Shows all keys to `garbageAmong`, in batches, and removes those it names; also remains of puts that died half way,
   * as `unfinished/...`. No driver decides by a clock: an upload may be at work on any of them. Returns how many went.
   */
  sweep(garbageAmong: (keys: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
  /** Writes, reads and removes a few bytes; rejects when that does not work. */
  check(): Promise<void>;
  /**
   * Whether it can be used, by the cheapest question that tells; asked every few seconds. Rejects with
   * StorageUnavailableError.
   */
  probe(): Promise<void>;
}

/** No bytes under this key: the row points to nothing, or the services do not share their storage. */
export class StoredFileMissingError extends Error {
  readonly code = 'stored_file_missing';
  constructor(options?: { cause?: unknown }) {
    super('the stored file is not there', options);
    this.name = 'StoredFileMissingError';
  }
}

/** How a storage is away; for people, metrics and the doctor. A request's answer is the same for all. */
export type StorageFaultReason =
  /** nobody listens there, or the name leads nowhere */
  | 'refused'
  /** connected, or trying to, and silent beyond its deadline */
  | 'no_answer'
  /** the connection ended in the middle */
  | 'reset'
  /** the server says that it cannot now (5xx, SlowDown) */
  | 'server_error'
  /** no room: disk, quota or a limit of the process */
  | 'full'
  /** keys or rights do not allow it */
  | 'denied'
  | 'no_bucket'
  /** the folder, or the disk that should be mounted there, is not there */
  | 'not_mounted'
  /** the disk itself fails */
  | 'io';

const RETRY_AFTER_S = 5;

/**
 * The storage cannot be used now; whether the bytes are there is not known. Work waits and tries again for as long as
 * it takes, a request is answered 503 `service_unavailable` with Retry-After. Only a driver makes one: it alone knows
 * its codes, `detail` is the code for the log.
 */
export class StorageUnavailableError extends AppError implements Transient {
  readonly transient = 'storage';
  readonly reason: StorageFaultReason;
  readonly detail: string;
  constructor(reason: StorageFaultReason, detail: string, options: { cause?: unknown } = {}) {
    super('service_unavailable', {
      params: { retryAfterS: RETRY_AFTER_S },
      details: { retryAfterS: RETRY_AFTER_S },
      ...options,
    });
    this.name = 'StorageUnavailableError';
    this.message = `the storage is away: ${reason} (${detail})`;
    this.reason = reason;
    this.detail = detail;
  }
}

/**
 * A stream that ends in an error nobody listens for ends the process. A driver calls this before its first await,
 * because the source may fail while the driver still makes folders; the error itself is met where the stream is read.
 */
export function holdErrors(stream: Readable): void {
  stream.on('error', () => undefined);
}

/** Longer than any driver waits for a sign of life: what it found out itself is said first. */
const CHECK_LIMIT_MS = 7_000;

/** For a check of a store: given up after a while, as a fault of the storage like any other. */
export function checkSignal(): AbortSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new StorageUnavailableError('no_answer', `check ${CHECK_LIMIT_MS} ms`));
  setTimeout(late, CHECK_LIMIT_MS).unref();
  return controller.signal;
}
