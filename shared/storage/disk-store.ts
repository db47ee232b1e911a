/** STORAGE_URL=file: — bytes in a folder of this machine (one machine only: a volume belongs to one service). */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { diskFault, makeFolder, onDisk } from './disk-faults.ts';
import { checkSignal, holdErrors, StoredFileMissingError, type FileStore } from './file-store.ts';
import { assertStorageKey, isStorageKey, newStorageKey } from './storage-key.ts';

const UNFINISHED = 'unfinished';
const AREAS = ['files', 'exports', 'checks'] as const;
const SWEEP_BATCH = 500;

export function createDiskStore(folder: string): FileStore {
  const unfinishedFolder = join(folder, UNFINISHED);
  /**
   * This process has seen the storage in its place: when it is gone later, the disk was unmounted and is not made anew
   * beneath.
   */
  let seen = false;
  const pathOf = (key: string): string => {
    assertStorageKey(key);
    return join(folder, key);
  };

  async function prepare(path: string): Promise<void> {
    if (!seen) await makeFolder(unfinishedFolder);
    seen = true;
    await stat(unfinishedFolder);
    await makeFolder(dirname(path));
  }

  /** No such file: known to be missing only where the storage itself is there. */
  async function missingOr(error: unknown): Promise<unknown> {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return diskFault(error);
    try {
      await stat(unfinishedFolder);
    } catch (rootError) {
      return diskFault(rootError);
    }
    return new StoredFileMissingError({ cause: error });
  }

  const store: FileStore = {
    driver: 'file',
    async put(key, stream, signal) {
      const path = pathOf(key);
      holdErrors(stream);
      const unfinished = join(unfinishedFolder, randomUUID());
      let sizeBytes = 0;
      try {
        await onDisk(prepare(path));
        const handle = await onDisk(open(unfinished, 'wx', 0o600));
        try {
          for await (const chunk of stream.iterator({ destroyOnReturn: true })) {
            signal.throwIfAborted();
            const bytes = chunk as Buffer;
            await onDisk(writeAll(handle, bytes));
            sizeBytes += bytes.length;
          }
          signal.throwIfAborted();
          await onDisk(handle.datasync());
        } finally {
          await onDisk(handle.close());
        }
        await onDisk(rename(unfinished, path));
      } catch (error) {
        stream.destroy();
        // a disk that has gone cannot be tidied; what is left on it is swept when it is back
        await rm(unfinished, { force: true }).catch(() => undefined);
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
        throw await missingOr(error);
      }
      const bytes =
        range === undefined
          ? createReadStream(path, { fd: handle, highWaterMark: 256 * 1024 })
          : createReadStream(path, { fd: handle, start: range.start, end: range.end });
      return Readable.from(readable(bytes), { objectMode: false, highWaterMark: 256 * 1024 }).once('close', () =>
        bytes.destroy(),
      );
    },

    async openLocal(key) {
      const path = pathOf(key);
      try {
        await stat(path);
      } catch (error) {
        throw await missingOr(error);
      }
      return { path, release: async () => undefined };
    },

    async remove(key) {
      await onDisk(rm(pathOf(key), { force: true }));
    },

    async exists(key) {
      try {
        await stat(pathOf(key));
        return true;
      } catch (error) {
        const fault = await missingOr(error);
        if (fault instanceof StoredFileMissingError) return false;
        throw fault;
      }
    },

    async sweep(garbageAmong) {
      let removedCount = 0;
      let batch: string[] = [];
      const flush = async () => {
        const garbage = batch.length === 0 ? new Set<string>() : await garbageAmong(batch);
        for (const key of batch) {
          if (!garbage.has(key)) continue;
          await onDisk(rm(pathOf(key), { force: true }));
          removedCount += 1;
        }
        batch = [];
      };
      for (const area of AREAS) {
        for (const day of await namesIn(join(folder, area))) {
          for (const name of await namesIn(join(folder, area, day))) {
            const key = `${area}/${day}/${name}`;
            if (isStorageKey(key)) batch.push(key);
            if (batch.length >= SWEEP_BATCH) await flush();
          }
        }
      }
      for (const name of await namesIn(join(folder, UNFINISHED))) {
        batch.push(`${UNFINISHED}/${name}`);
        if (batch.length >= SWEEP_BATCH) await flush();
      }
      await flush();
      return removedCount;
    },

    async check() {
      const key = newStorageKey('checks');
      await store.put(key, Readable.from([Buffer.from('check')]), checkSignal());
      try {
        await store.openLocal(key, checkSignal());
      } finally {
        await store.remove(key);
      }
    },

    // a full disk and one that lost its rights are told by nothing but a write
    probe: () => store.check(),
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

/** The bytes; an error of the disk under way comes out as a fault of the storage. */
async function* readable(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of bytes) yield chunk as Buffer;
  } catch (error) {
    throw diskFault(error);
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw diskFault(error);
  }
}
