/** STORAGE_URL=file: — bytes in a folder of this machine (one machine only: a volume belongs to one service). */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { StoredFileMissingError, type FileStore } from './file-store.ts';
import { assertStorageKey, newStorageKey, storageKeyTime } from './storage-key.ts';

const UNFINISHED = 'unfinished';
const AREAS = ['files', 'exports', 'checks'] as const;
const SWEEP_BATCH = 500;

export function createDiskStore(folder: string): FileStore {
  const pathOf = (key: string): string => {
    assertStorageKey(key);
    return join(folder, key);
  };

  const store: FileStore = {
    driver: 'file',
    async put(key, stream, signal) {
      const path = pathOf(key);
      const unfinished = join(folder, UNFINISHED, randomUUID());
      await mkdir(dirname(unfinished), { recursive: true, mode: 0o700 });
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      let sizeBytes = 0;
      try {
        const handle = await open(unfinished, 'wx', 0o600);
        try {
          for await (const chunk of stream.iterator({ destroyOnReturn: true })) {
            signal.throwIfAborted();
            const bytes = chunk as Buffer;
            await writeAll(handle, bytes);
            sizeBytes += bytes.length;
          }
          signal.throwIfAborted();
          await handle.datasync();
        } finally {
          await handle.close();
        }
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return { sizeBytes };
    },

    async openRead(key, range) {
      const path = pathOf(key);
      let handle;
      try {
        handle = await open(path, 'r');
      } catch (error) {
        throw missingOr(error);
      }
      return range === undefined
        ? createReadStream(path, { fd: handle, highWaterMark: 256 * 1024 })
        : createReadStream(path, { fd: handle, start: range.start, end: range.end });
    },

    async openLocal(key) {
      const path = pathOf(key);
      try {
        await stat(path);
      } catch (error) {
        throw missingOr(error);
      }
      return { path, release: async () => undefined };
    },

    async remove(key) {
      await rm(pathOf(key), { force: true });
    },

    async exists(key) {
      try {
        await stat(pathOf(key));
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
        throw error;
      }
    },

    async sweep(olderThan, keep) {
      let removedCount = 0;
      let batch: string[] = [];
      const flush = async () => {
        const kept = batch.length === 0 ? new Set<string>() : await keep(batch);
        for (const key of batch) {
          if (kept.has(key)) continue;
          await rm(pathOf(key), { force: true });
          removedCount += 1;
        }
        batch = [];
      };
      for (const area of AREAS) {
        for (const day of await namesIn(join(folder, area))) {
          for (const name of await namesIn(join(folder, area, day))) {
            const key = `${area}/${day}/${name}`;
            const storedAt = storageKeyTime(key);
            if (storedAt === null || storedAt >= olderThan) continue;
            batch.push(key);
            if (batch.length >= SWEEP_BATCH) await flush();
          }
        }
      }
      await flush();
      for (const name of await namesIn(join(folder, UNFINISHED))) {
        const path = join(folder, UNFINISHED, name);
        const changedAt = await stat(path).then(
          (found) => found.mtime,
          () => null,
        );
        if (changedAt !== null && changedAt < olderThan) await unlink(path).catch(() => undefined);
      }
      return removedCount;
    },

    async check() {
      const key = newStorageKey('checks');
      await store.put(key, Readable.from([Buffer.from('check')]), AbortSignal.timeout(5_000));
      try {
        await store.openLocal(key, AbortSignal.timeout(5_000));
      } finally {
        await store.remove(key);
      }
    },
  };
  return store;
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, bytes: Buffer): Promise<void> {
  let offset = 0;
  while (offset < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, offset, bytes.length - offset);
    offset += bytesWritten;
  }
}

function missingOr(error: unknown): unknown {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? new StoredFileMissingError({ cause: error }) : error;
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
