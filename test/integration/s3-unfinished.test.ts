import assert from 'node:assert/strict';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createHousekeeping } from '../../shared/queue/housekeeping.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openS3StandIn, type S3StandIn } from '../support/s3-stand-in.ts';

describe('uploads in parts whose process died', () => {
  let database: TestDatabase;
  let db: Db;
  let bucket: S3StandIn;
  let spool: SpoolFolder;
  let client: S3Client;
  const logger = createSilentLogger();

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger });
    bucket = await openS3StandIn('reports');
    spool = createSpoolFolder();
    client = new S3Client({
      region: 'auto',
      endpoint: bucket.url,
      forcePathStyle: true,
      credentials: { accessKeyId: bucket.env.AWS_ACCESS_KEY_ID, secretAccessKey: bucket.env.AWS_SECRET_ACCESS_KEY },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
  });
  after(async () => {
    client.destroy();
    await spool.close();
    await bucket.close();
    await db.destroy();
    await database.drop();
  });

  /** Begins an upload with one part, as a process does that dies then; returns its id. */
  async function begin(key: string): Promise<string> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket: 'reports', Key: key }));
    await client.send(
      new UploadPartCommand({ Bucket: 'reports', Key: key, UploadId, PartNumber: 1, Body: Buffer.alloc(100) }),
    );
    return UploadId ?? '';
  }
  const housekeeping = () => {
    const options = readS3Url(
      `s3://reports/some/prefix?endpoint=${encodeURIComponent(bucket.url)}&region=auto`,
      bucket.env,
    );
    return createHousekeeping({
      db,
      store: createS3Store(createS3Client(options), options.prefix, spool),
      spool,
      logger,
    });
  };

  it('are ended by the second look an hour later, whatever their number; one at work is left alone', async () => {
    const left = await Promise.all(Array.from({ length: 5 }, () => begin(`some/prefix/${newStorageKey('files')}`)));
    // somebody else's in the same bucket
    await begin('some/other/file.bin');
    assert.equal(await housekeeping().sweepStorage(), 0);
    assert.equal(bucket.unfinishedCount(), 6);
    await db.raw(`update storage_suspects set seen_at = seen_at - interval '61 minutes'`);
    const atWork = await begin(`some/prefix/${newStorageKey('exports')}`);
    assert.equal(await housekeeping().sweepStorage(), left.length);
    assert.equal(bucket.unfinishedCount(), 2);
    assert.equal(await housekeeping().sweepStorage(), 0);
    await client.send(new AbortMultipartUploadCommand({ Bucket: 'reports', Key: 'x', UploadId: atWork }));
    assert.equal(bucket.unfinishedCount(), 1);
  });
});
