/**
 * The contract of a store of bytes (design.md section 2, STORAGE_URL). Keys are made by this product (storage-key.ts), never by a
 * person: a user's file name is never part of one. Every driver passes test/contracts/file-store-contract.ts.
 */
import type { Readable } from 'node:stream';

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
   * Stores the stream under a new key. Resolves only when the bytes are durable. When it fails or is aborted, nothing remains;
   * what a process leaves behind that died here is taken by sweep().
   */
  put(key: string, stream: Readable, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** The bytes, exactly. Rejects with StoredFileMissingError before the first byte when the key is unknown. */
  openRead(key: string, range?: ByteRange): Promise<Readable>;
  /** The bytes as a file on this machine, readable by this process and its children. Rejects with StoredFileMissingError. */
  openLocal(key: string, signal: AbortSignal): Promise<LocalFile>;
  /** Removes the bytes; a key that is not there is no fault. */
  remove(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /**
   * Removes what was stored before `olderThan` and what `keep` (given a batch of keys) does not name; also remains of puts that
   * died half way. Returns how many keys went.
   */
  sweep(olderThan: Date, keep: (keys: readonly string[]) => Promise<ReadonlySet<string>>): Promise<number>;
  /** Writes, reads and removes a few bytes; rejects when that does not work. */
  check(): Promise<void>;
}

/** No bytes under this key: the row points to nothing, or the services do not share their storage. */
export class StoredFileMissingError extends Error {
  readonly code = 'stored_file_missing';
  constructor(options?: { cause?: unknown }) {
    super('the stored file is not there', options);
    this.name = 'StoredFileMissingError';
  }
}
