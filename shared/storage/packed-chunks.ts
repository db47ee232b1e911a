/**
 * Chunks of a stored file, deflated where that saves room. Size and hash of a file are those of its own bytes always.
 * Reports as text take an eighth of their room at the fastest level (docs/scale.md); workbooks and archives are packed
 * already and stay as they are. Deflate and not zstd, because every supported Node has it, and with a checksum of its
 * own (zlib), so that a damaged chunk is an error and never other bytes.
 */
import { constants, deflate, inflate } from 'node:zlib';
import { promisify } from 'node:util';
import { StorageUnavailableError } from './file-store.ts';

/** A row of file_chunks: one of the two is null. */
export interface StoredChunk {
  bytes: Buffer | null;
  packed: Buffer | null;
}

/** Less than this is not worth the work of unpacking it at each reading. */
const MIN_SAVED_SHARE = 0.25;

const deflated = promisify<Buffer, { level: number }, Buffer>(deflate);
const inflated = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);

/** Packs one chunk, in a thread of the pool. */
export function pack(chunk: Buffer): Promise<Buffer> {
  return deflated(chunk, { level: constants.Z_BEST_SPEED });
}

/** Whether a file that begins with this chunk is stored packed. */
export async function worthPacking(chunk: Buffer): Promise<boolean> {
  return (await pack(chunk)).length <= chunk.length * (1 - MIN_SAVED_SHARE);
}

/**
 * The chunk's own bytes.
 * @param maxBytes what a chunk holds at most; more never comes out
 * @throws StorageUnavailableError `io` when they were damaged where they are stored
 */
export async function unpack({ bytes, packed }: StoredChunk, maxBytes: number): Promise<Buffer | null> {
  if (packed === null) return bytes;
  try {
    return await inflated(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new StorageUnavailableError('io', (error as NodeJS.ErrnoException).code ?? 'Z_DATA_ERROR', { cause: error });
  }
}
