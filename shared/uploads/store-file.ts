/** Puts the bytes of one upload into the store: hashed and counted on the way, no temporary file, no buffer. */
import { createHash } from 'node:crypto';
import { Transform, type Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import { holdErrors, type FileStore } from '../storage/file-store.ts';
import { newStorageKey } from '../storage/storage-key.ts';
import { cleanFileName } from './file-name.ts';

export interface UploadLimits {
  maxFileBytes: number;
  maxFiles: number;
}

/** The bytes of one file, in the store under a key of their own. */
export interface StoredUpload {
  /** of the file that it becomes, where its door knows it already: so it is there once, however often it is brought */
  id?: string;
  storageKey: string;
  /** cleaned, for display */
  name: string;
  sizeBytes: number;
  sha256: string;
}

export interface IncomingFile {
  /** as the sender calls it */
  name: string;
  bytes: Readable;
}

/**
 * Stores one file. When it rejects nothing of it remains stored, and `bytes` is left where it stands: its owner reads
 * it out or destroys it.
 * @throws AppError file_too_large; the signal's reason; what the sender's stream or the store failed with
 */
export async function storeFile(
  store: FileStore,
  { name, bytes }: IncomingFile,
  { limits, signal }: { limits: UploadLimits; signal: AbortSignal },
): Promise<StoredUpload> {
  signal.throwIfAborted();
  const storageKey = newStorageKey('files');
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      sizeBytes += chunk.length;
      if (sizeBytes > limits.maxFileBytes) {
        callback(tooLarge(limits));
        return;
      }
      hash.update(chunk);
      callback(null, chunk);
    },
  });
  // a sender that goes ends both at any moment, also before the store reads and after it has ended
  holdErrors(meter);
  bytes.on('error', (error: Error) => meter.destroy(error));
  bytes.once('close', () => {
    if (!meter.writableEnded) meter.destroy(new Error('the sender went away'));
  });
  const abort = () => meter.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await store.put(storageKey, bytes.pipe(meter), signal);
  } finally {
    signal.removeEventListener('abort', abort);
    bytes.unpipe(meter);
  }
  return { storageKey, name: cleanFileName(name), sizeBytes, sha256: hash.digest('hex') };
}

/** Takes back the bytes of a refused request; what cannot be removed now is swept later. */
export async function removeStored(store: FileStore, uploads: readonly { storageKey: string }[]): Promise<void> {
  await Promise.allSettled(uploads.map(({ storageKey }) => store.remove(storageKey)));
}

/** The fault of a file that is larger than one may be. */
export function tooLarge(limits: UploadLimits): AppError {
  return new AppError('file_too_large', { params: { maxMb: Math.floor(limits.maxFileBytes / 1024 / 1024) } });
}

/** The fault of more files than come at once. */
export function tooMany(limits: UploadLimits, cause?: unknown): AppError {
  return new AppError('too_many_files', {
    params: { maxFiles: limits.maxFiles },
    ...(cause === undefined ? {} : { cause }),
  });
}
