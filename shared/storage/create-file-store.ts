import { resolve } from 'node:path';
import { ConfigError } from '../config.ts';
import type { Db } from '../db/client.ts';
import { unfitFolder } from './disk-place.ts';
import { createDiskStore } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { createPostgresStore } from './postgres-store.ts';
import { createS3Client } from './s3-client.ts';
import { readS3Url } from './s3-url.ts';
import { createS3Store } from './s3-store.ts';
import type { SpoolFolder } from './spool-folder.ts';

/**
 * The driver that STORAGE_URL names.
 * @throws ConfigError for a driver this version does not have, or a place that cannot hold files
 */
export function createFileStore(
  storageUrl: string,
  deps: { db: Db; spool: SpoolFolder; aws?: Readonly<Record<string, string | undefined>> },
): FileStore {
  if (storageUrl.startsWith('file:')) {
    const folder = resolve(storageUrl.replace(/^file:(\/\/(?=\/))?/, ''));
    const unfit = unfitFolder(folder);
    if (unfit !== null) throw new ConfigError([{ variable: 'STORAGE_URL', code: 'invalid', message: unfit }]);
    return createDiskStore(folder);
  }
  if (storageUrl === 'postgres:') return createPostgresStore(deps.db, deps.spool);
  if (storageUrl.startsWith('s3://')) {
    try {
      const options = readS3Url(storageUrl, deps.aws ?? {});
      return createS3Store(createS3Client(options), options.prefix, deps.spool);
    } catch (error) {
      throw new ConfigError([
        {
          variable: 'STORAGE_URL',
          code: 'invalid',
          message: error instanceof TypeError ? error.message : 'cannot be read',
        },
      ]);
    }
  }
  throw new ConfigError([
    {
      variable: 'STORAGE_URL',
      code: 'unsupported',
      message:
        `the driver "${storageUrl.split(':')[0] ?? ''}:" is not available; use file:<folder>, postgres: or ` +
        's3://bucket/prefix',
    },
  ]);
}
