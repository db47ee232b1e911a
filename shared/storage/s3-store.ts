/** STORAGE_URL=s3:// — bytes in a bucket that both services see (Railway bucket, R2, MinIO). */
import { Readable } from 'node:stream';
import { checkSignal, StoredFileMissingError, type FileStore } from './file-store.ts';
import type { S3Client } from './s3-client.ts';
import { nameOfUnfinished } from './s3-unfinished.ts';
import { spoolCopy, type SpoolFolder } from './spool-folder.ts';
import { assertStorageKey, isStorageKey, newStorageKey } from './storage-key.ts';

const AREAS = ['files', 'exports', 'checks'] as const;
const SWEEP_BATCH = 500;

/** @param prefix of all keys in the bucket, without a slash at its end; may be empty */
export function createS3Store(client: S3Client, prefix: string, spool: SpoolFolder): FileStore {
  const folder = prefix === '' ? '' : `${prefix.replace(/\/$/, '')}/`;
  const pathOf = (key: string): string => {
    assertStorageKey(key);
    return `${folder}${key}`;
  };

  async function sweepUnfinished(below: string, garbageAmong: Parameters<FileStore['sweep']>[0]): Promise<number> {
    const uploads = (await client.listUnfinished(below)).filter(({ key }) => isStorageKey(key.slice(folder.length)));
    const byName = new Map(
      uploads.map((upload) => [nameOfUnfinished(upload.key.slice(folder.length), upload), upload]),
    );
    const names = [...byName.keys()];
    let abortedCount = 0;
    for (let from = 0; from < names.length; from += SWEEP_BATCH) {
      for (const name of await garbageAmong(names.slice(from, from + SWEEP_BATCH))) {
        const upload = byName.get(name);
        if (upload === undefined) continue;
        await client.abort(upload);
        abortedCount += 1;
      }
    }
    return abortedCount;
  }

  const store: FileStore = {
    driver: 's3',
    // an object appears whole or not at all
    put: async (key, stream, signal) => ({ sizeBytes: await client.put(pathOf(key), stream, signal) }),

    openRead: async (key, range) => client.read(pathOf(key), range),
    openLocal: async (key, signal) => spoolCopy(spool, await store.openRead(key), signal),

    remove: async (key) => client.remove(pathOf(key)),
    exists: async (key) => client.exists(pathOf(key)),

    async sweep(garbageAmong) {
      let removedCount = 0;
      for (const area of AREAS) {
        const keys = (await client.list(`${folder}${area}/`)).map(({ key }) => key.slice(folder.length));
        const own = keys.filter(isStorageKey);
        for (let from = 0; from < own.length; from += SWEEP_BATCH) {
          for (const key of await garbageAmong(own.slice(from, from + SWEEP_BATCH))) {
            await client.remove(pathOf(key));
            removedCount += 1;
          }
        }
        removedCount += await sweepUnfinished(`${folder}${area}/`, garbageAmong);
      }
      return removedCount;
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

    // reading is a tenth of the price of writing, and tells all but a bucket that is full
    async probe() {
      await store.exists(newStorageKey('checks'));
    },
  };
  return store;
}
