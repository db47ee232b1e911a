import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { fileStoreContract } from '../contracts/file-store-contract.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';
import { createTestDatabase } from '../support/postgres.ts';

fileStoreContract('file:', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-store-'));
  return { store: createDiskStore(folder), close: () => rm(folder, { recursive: true }) };
});

fileStoreContract('s3:', async () => {
  const bucket = await openS3StandIn('reports');
  const spool = createSpoolFolder();
  const options = readS3Url(`s3://reports/some/prefix?endpoint=${encodeURIComponent(bucket.url)}&region=auto`, bucket.env);
  return {
    store: createS3Store(createS3Client(options), options.prefix, spool),
    close: async () => {
      await spool.close();
      await bucket.close();
    },
  };
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
