import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { csvBytes, rowsOfPayments } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openS3StandIn, type S3StandIn } from '../support/s3-stand-in.ts';

/** A silent server is given up after 5 s, and not asked again for 2 s; the machine of a test is slow. */
const ANSWER_LIMIT_MS = 12_000;
const MIB = 1024 * 1024;

describe('an S3 server that is away', function () {
  this.timeout(180_000);
  let database: TestDatabase;
  let db: Db;
  let server: S3StandIn;
  let proxy: FaultProxy;
  let api: InProcessApi;
  let storedId: string;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    server = await openS3StandIn('reports');
    proxy = await openFaultProxy(Number(new URL(server.url).port));
    api = await openTestApi(
      {
        DATABASE_URL: database.url,
        STORAGE_URL: `s3://reports?endpoint=${encodeURIComponent(proxy.urlFor(server.url).replace(/\/$/, ''))}`,
        ...server.env,
      },
      { storageIntervalMs: 500 },
    );
    const content = csvBytes(rowsOfPayments('click', [{}, {}])).toString();
    const { body } = await api.client.upload([{ name: 'click.csv', content }]);
    storedId = body.session.files[0]?.id ?? '';
    await eventually(async () => {
      assert.match((await db('uploaded_files').where({ id: storedId }).first('status')).status, /^completed/);
    });
  });
  after(async () => {
    await api.close();
    await proxy.close();
    await server.close();
    await db.destroy();
    await database.drop();
  });
  afterEach(async () => {
    await proxy.set('pass');
    server.failWith(null);
    // a server found silent is not asked at once
    await eventually(async () => assert.equal((await readiness()).status, 'ok'), { timeoutMs: 20_000 });
  });

  const ways: readonly [string, string, () => Promise<void> | void][] = [
    ['is frozen', 'no_answer', () => proxy.set('black-hole')],
    ['refuses connections', 'refused', () => proxy.set('refuse')],
    ['resets connections', 'reset', () => proxy.set('reset')],
    ['answers 503', 'server_error', () => server.failWith({ status: 503, code: 'ServiceUnavailable' })],
    ['answers SlowDown', 'server_error', () => server.failWith({ status: 503, code: 'SlowDown' })],
    ['answers 500', 'server_error', () => server.failWith({ status: 500, code: 'InternalError' })],
    ['does not know our key', 'denied', () => server.failWith({ status: 403, code: 'InvalidAccessKeyId' })],
    ['does not take our signature', 'denied', () => server.failWith({ status: 403, code: 'SignatureDoesNotMatch' })],
    ['has no such bucket', 'no_bucket', () => server.failWith({ status: 404, code: 'NoSuchBucket' })],
  ];
  for (const [title, reason, begin] of ways) {
    it(`that ${title}: uploads and downloads are answered 503 in seconds, and /readyz says why`, async () => {
      await begin();
      const keys = [...server.objects.keys()];
      for (const sizeBytes of [2_000, 12 * MIB]) {
        const times = await assertUnavailable(() => upload(sizeBytes));
        console.log(`      upload of ${sizeBytes} bytes: ${times} ms`);
      }
      const times = await assertUnavailable(() => get(`/api/v1/files/${storedId}/content`));
      console.log(`      download: ${times} ms`);
      await eventually(
        async () => {
          const { status, reason: told, overall, httpStatus } = await readiness();
          assert.deepEqual([status, told, overall, httpStatus], ['down', reason, 'degraded', 200]);
        },
        { timeoutMs: 30_000 },
      );
      assert.equal((await get('/livez')).status, 200);
      await proxy.set('pass');
      server.failWith(null);
      assert.deepEqual([...server.objects.keys()], keys);
      assert.equal((await db('uploaded_files').count('* as n').first())?.n, '1');
    });
  }

  for (const [status, code] of [
    [507, 'InsufficientStorage'],
    [507, 'XMinioStorageFull'],
    [403, 'QuotaExceeded'],
    [503, 'SlowDown'],
  ] as const) {
    it(`that takes no more bytes (${status} ${code}): the upload is answered 503 and leaves nothing`, async () => {
      server.failWith({ status, code, methods: ['PUT'] });
      const keys = [...server.objects.keys()];
      for (const sizeBytes of [2_000, 12 * MIB]) await assertUnavailable(() => upload(sizeBytes));
      assert.deepEqual([...server.objects.keys()], keys);
      assert.equal(server.unfinishedCount(), 0);
      assert.equal((await get(`/api/v1/files/${storedId}/content`)).status, 200, 'reading goes on');
    });
  }

  const headers = () => ({ Authorization: `Bearer ${api.client.token ?? ''}` });
  const get = (path: string) => fetch(`${api.url}${path}`, { headers: headers() });
  const upload = (sizeBytes: number) => {
    const body = new FormData();
    body.append('files', new Blob([Buffer.alloc(sizeBytes, 'a;b\n')]), 'a.csv');
    return fetch(`${api.url}/api/v1/files`, { method: 'POST', headers: headers(), body });
  };
  async function assertUnavailable(ask: () => Promise<Response>): Promise<number> {
    const startedAt = performance.now();
    const response = await ask();
    const body = (await response.json()) as { error?: { code: string } };
    const ms = Math.round(performance.now() - startedAt);
    assert.deepEqual([response.status, body.error?.code], [503, 'service_unavailable']);
    assert.ok(Number(response.headers.get('retry-after')) > 0, 'Retry-After');
    assert.ok(ms < ANSWER_LIMIT_MS, `${ms} ms`);
    return ms;
  }
  async function readiness() {
    const response = await get('/readyz');
    const body = (await response.json()) as {
      status: string;
      checks: { storage: { status: string; reason: string | null } };
    };
    return { ...body.checks.storage, overall: body.status, httpStatus: response.status };
  }
});
