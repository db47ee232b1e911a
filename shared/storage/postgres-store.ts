/**
 * STORAGE_URL=postgres: — bytes in 1 MiB chunks in the database, because on a platform where a volume belongs to one
 * service the worker cannot see the api's disk.
 *
 * A put is not one transaction: a client that sends slowly would hold it open, and with it the vacuum of every table.
 * Batches of chunks are committed as they fill; the last chunk is marked by the row in uploaded_files that points to
 * the key, and bytes no row points to are swept. What a file takes less room by is packed (packed-chunks.ts).
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { withConnection, type Db } from '../db/client.ts';
import { isAway } from '../faults.ts';
import {
  checkSignal,
  holdErrors,
  StorageUnavailableError,
  StoredFileMissingError,
  type FileStore,
} from './file-store.ts';
import { pack, unpack, worthPacking, type StoredChunk } from './packed-chunks.ts';
import { spoolCopy, type SpoolFolder } from './spool-folder.ts';
import { assertStorageKey, newStorageKey } from './storage-key.ts';

export const CHUNK_BYTES = 1024 * 1024;
/**
 * Chunks in one COPY: one round trip and one commit for this many MiB. Longer ones gain little and hold more in memory.
 */
const CHUNKS_PER_COPY = 4;
const SWEEP_BATCH = 500;
/** SQLSTATE disk_full */
const DISK_FULL = '53100';

export function createPostgresStore(db: Db, spool: SpoolFolder): FileStore {
  // Bound parameters are put together in one growing buffer: inserting cost this process ten times the work, and the
  // server half as much again.
  async function copyChunks(key: string, firstNo: number, chunks: readonly Buffer[], packs: boolean): Promise<void> {
    const stored = packs ? await Promise.all(chunks.map(pack)) : chunks;
    const column = packs ? 'packed' : 'bytes';
    await inDatabase(
      withConnection(db, (client) =>
        pipeline(
          Readable.from(binaryRows(key, firstNo, stored)),
          client.query(copyFrom(`copy file_chunks (storage_key, chunk_no, ${column}) from stdin (format binary)`)),
        ),
      ),
    );
  }

  async function readChunk(key: string, chunkNo: number): Promise<Buffer | null> {
    const { rows } = await inDatabase(
      db.raw<{ rows: StoredChunk[] }>('select bytes, packed from file_chunks where storage_key = ? and chunk_no = ?', [
        key,
        chunkNo,
      ]),
    );
    return rows[0] === undefined ? null : unpack(rows[0], CHUNK_BYTES);
  }

  /** Yields the bytes; an empty file is one empty chunk, so that "empty" and "missing" differ. */
  async function* bytesOf(
    key: string,
    first: Buffer,
    firstNo: number,
    start: number,
    end: number,
  ): AsyncGenerator<Buffer> {
    let chunk: Buffer | null = first;
    for (let no = firstNo; chunk !== null; no++) {
      const offset = no * CHUNK_BYTES;
      const piece = chunk.subarray(Math.max(0, start - offset), Math.min(chunk.length, end + 1 - offset));
      // asked for while the consumer works on this one
      const isLast: boolean = chunk.length < CHUNK_BYTES || offset + CHUNK_BYTES > end;
      const next: Promise<Buffer | null> = isLast ? Promise.resolve(null) : readChunk(key, no + 1);
      next.catch(() => undefined);
      if (piece.length > 0) yield piece;
      chunk = await next;
    }
  }

  const store: FileStore = {
    driver: 'postgres',
    async put(key, stream, signal) {
      assertStorageKey(key);
      holdErrors(stream);
      let sizeBytes = 0;
      let chunkNo = 0;
      let batch: Buffer[] = [];
      let inFlight: Promise<void> = Promise.resolve();
      let packs: boolean | null = null;
      const flush = async (chunks: Buffer[]) => {
        const [first] = chunks;
        // its first chunk speaks for the whole file
        if (packs === null && first !== undefined) packs = await worthPacking(first);
        await inFlight;
        if (chunks.length === 0) return;
        inFlight = copyChunks(key, chunkNo, chunks, packs === true);
        inFlight.catch(() => undefined);
        chunkNo += chunks.length;
      };
      try {
        for await (const chunk of chunksOf(stream, CHUNK_BYTES)) {
          signal.throwIfAborted();
          sizeBytes += chunk.length;
          batch.push(chunk);
          if (batch.length < CHUNKS_PER_COPY) continue;
          const full = batch;
          batch = [];
          await flush(full);
        }
        signal.throwIfAborted();
        if (chunkNo === 0 && batch.length === 0) batch.push(Buffer.alloc(0));
        await flush(batch);
        await inFlight;
      } catch (error) {
        stream.destroy();
        await inFlight.catch(() => undefined);
        // when the database itself is away the sweep takes them later
        await store.remove(key).catch(() => undefined);
        throw error;
      }
      return { sizeBytes };
    },

    async openRead(key, range) {
      assertStorageKey(key);
      const start = range?.start ?? 0;
      const end = range?.end ?? Number.MAX_SAFE_INTEGER - 1;
      const firstNo = Math.floor(start / CHUNK_BYTES);
      const first = await readChunk(key, firstNo);
      if (first === null) {
        if (firstNo === 0 || !(await store.exists(key))) throw new StoredFileMissingError();
        return Readable.from([]);
      }
      return Readable.from(bytesOf(key, first, firstNo, start, end), { objectMode: false, highWaterMark: CHUNK_BYTES });
    },

    async openLocal(key, signal) {
      return spoolCopy(spool, await store.openRead(key), signal);
    },

    async remove(key) {
      assertStorageKey(key);
      await inDatabase(db.raw('delete from file_chunks where storage_key = ?', [key]));
    },

    async exists(key) {
      assertStorageKey(key);
      const row = await inDatabase(db('file_chunks').where({ storage_key: key, chunk_no: 0 }).first(db.raw('1')));
      return row !== undefined;
    },

    async sweep(garbageAmong) {
      let removedCount = 0;
      for (let after = ''; ;) {
        const { rows } = await db.raw<{ rows: { storage_key: string }[] }>(
          // from key to key by the index: a file has many chunks, and of one that was swept while written the first are
          // gone
          `with recursive keys (storage_key) as (
             select min(storage_key) from file_chunks where storage_key > ?
             union all
             select (select min(c.storage_key) from file_chunks c where c.storage_key > k.storage_key) from keys k
             where k.storage_key is not null
           )
           select storage_key from keys where storage_key is not null limit ?`,
          [after, SWEEP_BATCH],
        );
        const keys = rows.map((row) => row.storage_key);
        for (const key of keys.length === 0 ? [] : await garbageAmong(keys)) {
          await store.remove(key);
          removedCount += 1;
        }
        const last = keys.at(-1);
        if (last === undefined || keys.length < SWEEP_BATCH) return removedCount;
        after = last;
      }
    },

    async check() {
      const key = newStorageKey('checks');
      await store.put(key, Readable.from([Buffer.from('check')]), checkSignal());
      try {
        if (!(await store.exists(key))) throw new StoredFileMissingError();
      } finally {
        await store.remove(key);
      }
    },

    // whoever watches the database watches this storage
    probe: async () => undefined,
  };
  return store;
}

/** Awaits a statement; a database that is away, or full, comes out as a fault of the storage. */
async function inDatabase<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isAway(error, 'database')) throw error;
    const { code } = error as { code?: unknown };
    throw new StorageUnavailableError(
      code === DISK_FULL ? 'full' : 'server_error',
      typeof code === 'string' ? code : (error as Error).name,
      {
        cause: error,
      },
    );
  }
}

/** Cuts a byte stream into chunks of exactly this size (the last may be shorter); each chunk is a buffer of its own. */
async function* chunksOf(stream: Readable, sizeBytes: number): AsyncGenerator<Buffer> {
  let chunk = Buffer.allocUnsafeSlow(sizeBytes);
  let filled = 0;
  for await (const piece of stream.iterator({ destroyOnReturn: true })) {
    const bytes = piece as Buffer;
    for (let offset = 0; offset < bytes.length;) {
      const copied = bytes.copy(chunk, filled, offset);
      offset += copied;
      filled += copied;
      if (filled < sizeBytes) continue;
      yield chunk;
      chunk = Buffer.allocUnsafeSlow(sizeBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/**
 * Rows of file_chunks as COPY takes them in binary: signature, flags and extension, then per row the number of fields
 * and each with its length.
 */
function* binaryRows(key: string, firstNo: number, chunks: readonly Buffer[]): Generator<Buffer> {
  yield Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
  const keyBytes = Buffer.from(key, 'utf8');
  for (const [index, bytes] of chunks.entries()) {
    const lead = Buffer.alloc(18 + keyBytes.length);
    let at = lead.writeInt16BE(3, 0);
    at = lead.writeInt32BE(keyBytes.length, at);
    at += keyBytes.copy(lead, at);
    at = lead.writeInt32BE(4, at);
    at = lead.writeInt32BE(firstNo + index, at);
    lead.writeInt32BE(bytes.length, at);
    yield lead;
    yield bytes;
  }
  yield Buffer.from([0xff, 0xff]);
}
