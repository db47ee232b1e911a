import assert from 'node:assert/strict';
import { Client } from 'pg';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openS3StandIn, type S3StandIn } from '../support/s3-stand-in.ts';

/** As long as the server may be silent, and a little for the rest; the area may take 13 s. */
const LIMIT_MS = 12_000;

describe('the doctor, on a storage in a bucket', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let bucket: S3StandIn;
  let proxy: FaultProxy;

  before(async () => {
    database = await createTestDatabase();
    bucket = await openS3StandIn('reports');
    proxy = await openFaultProxy(Number(new URL(bucket.url).port));
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(`
      insert into users (email, status, role) values ('x@y.uz', 'approved', 'admin');
      insert into processing_sessions (id, created_by) select gen_random_uuid(), min(id) from users;
      insert into uploaded_files (id, session_id, name, size_bytes, sha256, storage_key, status, created_by,
        completed_at)
      select gen_random_uuid(), (select id from processing_sessions limit 1), 'a.csv', 1, repeat('a', 64),
        'files/20261122/101010-00000000-0000-4000-8000-000000000001', 'completed', min(id), now()
      from users`);
    await client.end();
    bucket.objects.set('files/20261122/101010-00000000-0000-4000-8000-000000000001', Buffer.from('x'));
  });
  after(async () => {
    await proxy.close();
    await bucket.close();
    await database.drop();
  });
  afterEach(async () => {
    bucket.failWith(null);
    bucket.leaveRoom(null);
    await proxy.set('pass');
  });

  const storage = async (env: Record<string, string> = {}, place = 'reports') => {
    const startedAt = performance.now();
    const endpoint = encodeURIComponent(proxy.urlFor(bucket.url).replace(/\/$/, ''));
    const report = await diagnose(
      { DATABASE_URL: database.url, STORAGE_URL: `s3://${place}?endpoint=${endpoint}`, ...bucket.env, ...env },
      ['storage'],
    );
    assert.ok(performance.now() - startedAt < LIMIT_MS);
    return report;
  };

  it('finds nothing where it works', async () => {
    assert.deepEqual(problems(await storage()), []);
  });

  it('tells wrong keys, a bucket that is not there, one that is full, a server that refuses or fails', async () => {
    assertOnly(await storage({ AWS_SECRET_ACCESS_KEY: 'wrong' }), 'storage.bucket_denied');
    assertOnly(await storage({}, 'others'), 'storage.bucket_missing');
    bucket.leaveRoom(0);
    assertOnly(await storage(), 'storage.full');
    bucket.failWith({ status: 503, code: 'SlowDown' });
    assertOnly(await storage(), 'storage.server_error');
    await proxy.set('refuse');
    assertOnly(await storage(), 'storage.refused');
  });

  it('tells a server that is silent from the start', async () => {
    await proxy.set('black-hole');
    assertOnly(await storage(), 'storage.no_answer');
  });

  it('tells a server that falls silent, or takes our rights, once it has taken and given a file', async () => {
    const asksForFile = (bytes: Buffer) => bytes.toString('latin1').startsWith('HEAD /reports/files/');
    const heads = (verdict: () => void) => {
      proxy.intercept(({ from, bytes }) => {
        if (from === 'client' && asksForFile(bytes)) verdict();
        return 'pass';
      });
    };
    heads(() => bucket.failWith({ status: 403, code: 'AccessDenied' }));
    assertOnly(await storage(), 'storage.bucket_denied');
    bucket.failWith(null);
    proxy.intercept(({ from, bytes }) => (from === 'client' && asksForFile(bytes) ? 'swallow' : 'pass'));
    assertOnly(await storage(), 'storage.no_answer');
    proxy.intercept(null);
  });
});
