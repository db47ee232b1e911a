import { resolve } from 'node:path';
import { ConfigError } from '../config.ts';
import type { Db } from '../db/client.ts';
import { createDiskStore } from './disk-store.ts';
import type { FileStore } from './file-store.ts';
import { createPostgresStore } from './postgres-store.ts';
import type { SpoolFolder } from './spool-folder.ts';

/**
 * The driver that STORAGE_URL names.
 * @throws ConfigError for a driver this version does not have
 */
export function createFileStore(storageUrl: string, deps: { db: Db; spool: SpoolFolder }): FileStore {
  if (storageUrl.startsWith('file:')) {
    return createDiskStore(resolve(storageUrl.replace(/^file:(\/\/(?=\/))?/, '')));
  }
  if (storageUrl === 'postgres:') return createPostgresStore(deps.db, deps.spool);
  throw new ConfigError([
    {
      variable: 'STORAGE_URL',
      code: 'unsupported',
      message: `the driver "${storageUrl.split(':')[0] ?? ''}:" is not available; use file:<folder> or postgres:`,
    },
  ]);
}
