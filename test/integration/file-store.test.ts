import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { fileStoreContract } from '../contracts/file-store-contract.ts';
import { createTestDatabase } from '../support/postgres.ts';

fileStoreContract('file:', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-store-'));
  return { store: createDiskStore(folder), close: () => rm(folder, { recursive: true }) };
});

fileStoreContract('postgres:', async () => {
  const database = await createTestDatabase();
  const db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test', logger: createSilentLogger() });
  const spool = createSpoolFolder();
  return {
    store: createPostgresStore(db, spool),
    close: async () => {
      await spool.close();
      await db.destroy();
      await database.drop();
    },
  };
});
