import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { ApiAnswer, ApiClient } from '../../scripts/api-client.ts';
import { isoTime, parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createHousekeeping } from '../../shared/queue/housekeeping.ts';
import { createFileStore } from '../../shared/storage/create-file-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { openCephS3, type CephS3 } from '../support/ceph/s3-server.ts';
import { adminClient } from '../support/client.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, xlsxBytes, zipBytes } from '../support/files.ts';
import { describeLong } from '../support/long.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const MIB = 1024 * 1024;
/** A payment each two minutes. */
const PAYMENTS_OF_YEAR = 250_000;
const YEAR_FROM = parseWallTime('2024-06-01 00:00:00');
/** A silent server is given up after 5 s, and not asked again for 2 s; the machine of a test is slow. */
const ANSWER_LIMIT_MS = 12_000;

describeLong('the way of files through api and worker, their bytes on the S3 server of Ceph', function () {
  this.timeout(600_000);
  let server: CephS3;
  let database: TestDatabase;
  let db: Db;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;

  before(async () => {
    [server, database, redis] = await Promise.all([openCephS3(), createTestDatabase(), startRedis()]);
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    const env = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      STORAGE_URL: server.storageUrl(),
      ...server.env,
      ACCESS_TOKEN_TTL_S: '3600',
    };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    client = await adminClient(api.url);
  });
  after(async () => {
    server?.thaw();
    await Promise.allSettled([api?.stop(), worker?.stop()]);
    await redis?.stop();
    await db?.destroy();
    await database?.drop();
    await server?.close();
  });

  const headers = () => ({ authorization: `Bearer ${client.token ?? ''}` });
  const contentOf = (id: string, range?: string) =>
    fetch(`${api.url}/api/v1/files/${id}/content`, {
      headers: { ...headers(), ...(range === undefined ? {} : { range }) },
    });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  let made = 0;
  /** A report that nobody has sent yet. */
  const report = () => {
    made += 1;
    return csvBytes(rowsOfPayments('click', [{ transactionId: `ceph-${made}` }, { transactionId: `ceph-${made}-b` }]));
  };

  it('takes reports named in Cyrillic in three formats, loads them, and gives their bytes back exactly', async () => {
    const rows = rowsOfPayments('click', [{}, {}, {}]);
    const orders = rowsOfHappyWorkers([{}, {}]);
    const files = [
      { name: 'Отчёт Click за май — «копия» №1.csv', content: csvBytes(rows) },
      { name: 'Заказы + оплаты (июнь) 100%.xlsx', content: await xlsxBytes({ Заказы: orders }) },
      { name: 'Ҳисобот oʻzbekcha.zip', content: await zipBytes({ 'Внутри архива.csv': report() }) },
    ];
    const answer = await client.upload(files);
    assert.deepEqual([answer.status, answer.headers.get('x-processing-mode')], [202, 'queue']);
    const session = await client.waitForSession(answer.body.session.id);
    assert.deepEqual(
      session.files.map(({ name, status }) => [name, status]),
      [
        ['Отчёт Click за май — «копия» №1.csv', 'completed'],
        ['Заказы + оплаты (июнь) 100%.xlsx', 'completed'],
        ['Ҳисобот oʻzbekcha.zip', 'completed'],
        ['Внутри архива.csv', 'completed'],
      ],
    );
    for (const [index, { content }] of files.entries()) {
      const file = session.files[index];
      const response = await contentOf(file?.id ?? '');
      assert.match(
        response.headers.get('content-disposition') ?? '',
        new RegExp(`filename\\*=UTF-8''${encodeURIComponent(file?.name ?? '').slice(0, 20)}`),
      );
      assert.ok((await bytesOf(response)).equals(content), file?.name);
      const part = await contentOf(file?.id ?? '', 'bytes=7-29');
      assert.deepEqual([part.status, (await bytesOf(part)).equals(content.subarray(7, 30))], [206, true]);
    }
  });

  it('goes the same way in one process that is api and worker', async () => {
    const own = await createTestDatabase();
    const alone = await startApi({
      DATABASE_URL: own.url,
      STORAGE_URL: server.storageUrl('reports/alone'),
      ...server.env,
    });
    try {
      const admin = await adminClient(alone.url);
      const content = report();
      const answer = await admin.upload([{ name: 'Один процесс.csv', content }]);
      const [file] = (await admin.waitForSession(answer.body.session.id)).files;
      assert.equal(file?.status, 'completed');
      const { body } = await admin.get<string>(`/files/${file.id}/content`);
      assert.equal(body, content.toString());
    } finally {
      await alone.stop();
      await own.drop();
    }
    for (const key of await server.keys())
      if (key.startsWith('alone/')) await server.client.send(new DeleteObjectCommand({ Bucket: 'reports', Key: key }));
  });

  it('loads a report of 100 MB and gives its bytes back exactly, parts of them by ranges', async () => {
    const [header = '', line = ''] = csvBytes(rowsOfPayments('click', [{ transactionId: 'T0' }]))
      .toString()
      .split('\r\n');
    const lines = [header];
    for (let sizeBytes = header.length, no = 1; sizeBytes < 99 * MIB; no += 1) {
      // most of them stand in it again and again, as in an export that was put together by hand
      const payment = no % PAYMENTS_OF_YEAR;
      const at = isoTime(YEAR_FROM + payment * 120);
      lines.push(line.replace('T0', `big-${payment}`).replace(/^[^,]+/, at));
      sizeBytes += Buffer.byteLength(lines.at(-1) ?? '') + 2;
    }
    const content = Buffer.from(lines.join('\r\n'));
    const startedAt = performance.now();
    const answer = await client.upload([{ name: 'Год целиком.csv', content }]);
    const storedAt = performance.now();
    assert.equal(answer.status, 202);
    const session = await client.waitForSession(answer.body.session.id, { timeoutMs: 500_000 });
    const loadedAt = performance.now();
    const [file] = session.files;
    assert.match(file?.status ?? '', /^completed/);
    const id = file?.id ?? '';
    assert.equal(hash(await bytesOf(await contentOf(id))), hash(content));
    console.log(
      `      ${content.length} bytes, ${lines.length - 1} rows: upload ${seconds(startedAt, storedAt)}, ` +
        `load ${seconds(storedAt, loadedAt)}, download ${seconds(loadedAt, performance.now())}`,
    );
    for (const [start, end] of [
      [8 * MIB - 3, 8 * MIB + 3],
      [content.length - 9, content.length - 1],
    ] as const)
      assert.ok((await bytesOf(await contentOf(id, `bytes=${start}-${end}`))).equals(content.subarray(start, end + 1)));
  });

  it('refuses an upload that the bucket has no room for, keeps nothing, and takes it when there is room', async () => {
    // two parts, of which the first finds room
    const files = [{ name: 'wide.csv', content: Buffer.concat([report(), Buffer.alloc(12 * MIB, '\r\n')]) }];
    const keys = await server.keys();
    await server.leaveRoom(9 * MIB);
    await assertUnavailable(() => client.upload(files));
    assert.deepEqual([await server.keys(), await server.unfinished()], [keys, []]);
    await server.leaveRoom(0);
    assertOnly(await diagnoseStorage(), 'storage.full');
    await server.leaveRoom(null);
    const answer = await client.upload(files);
    assert.equal((await client.waitForSession(answer.body.session.id)).files[0]?.status, 'completed');
  });

  it('has each of its faults told by the doctor: wrong keys, no such bucket, nobody at the port, silence', async () => {
    assert.deepEqual(problems(await diagnoseStorage()), []);
    const told: [string, Record<string, string>][] = [
      ['storage.bucket_denied', { AWS_SECRET_ACCESS_KEY: 'wrong' }],
      ['storage.bucket_denied', { AWS_ACCESS_KEY_ID: 'UNKNOWN' }],
      ['storage.bucket_missing', { STORAGE_URL: server.storageUrl('others') }],
      [
        'storage.refused',
        { STORAGE_URL: server.storageUrl().replace(new URL(server.url).port, String(await findFreePort())) },
      ],
    ];
    for (const [code, env] of told) {
      const { evidence } = assertOnly(await diagnoseStorage(env), code);
      console.log(`      ${code}: ${evidence}`);
    }
    const somebodys = await server.keysOfAnother();
    console.log(
      `      ${assertOnly(await diagnoseStorage(somebodys), 'storage.bucket_denied').evidence}, keys of another`,
    );
    server.freeze();
    assertOnly(await diagnoseStorage(), 'storage.no_answer');
    server.thaw();
  });

  for (const [title, freeze, thaw] of [
    ['whose server is frozen', () => server.freeze(), () => server.thaw()],
    ['whose server waits for its frozen disk', () => server.freezeDisk(), () => server.thawDisk()],
  ] as const) {
    it(`${title}: one 503 with Retry-After in time; what was accepted waits and completes afterwards`, async () => {
      const before = await db('uploaded_files').count('* as n').first();
      const id = await acceptHeld();
      freeze();
      try {
        for (const content of [report(), Buffer.alloc(12 * MIB, 'a;b\n')])
          console.log(`      upload: ${await assertUnavailable(() => client.upload([{ name: 'a.csv', content }]))} ms`);
        await due(id);
        await eventually(
          async () => {
            const { body } = await client.get<{ status: string; retry: { reason: string } | null }>(`/files/${id}`);
            assert.deepEqual([body.status, body.retry?.reason], ['queued', 'storage']);
          },
          { timeoutMs: 60_000 },
        );
      } finally {
        thaw();
      }
      await eventually(
        async () => {
          await due(id);
          assert.equal((await client.get<{ status: string }>(`/files/${id}`)).body.status, 'completed');
        },
        { timeoutMs: 60_000, intervalMs: 500 },
      );
      assert.equal((await db('uploaded_files').count('* as n').first())?.n, String(Number(before?.n) + 1));
      await sweepAll();
    });
  }

  it('loses nothing where the server is killed and started again in the middle of uploads and loads', async () => {
    const accepted = new Map<string, Buffer>();
    let refused = 0;
    let over = false;
    const send = async (): Promise<void> => {
      while (!over) {
        const small = report();
        // each third in parts
        const content = made % 3 === 0 ? Buffer.concat([small, Buffer.alloc(9 * MIB, '\r\n')]) : small;
        const answer = await client.upload([{ name: `${made}.csv`, content }]);
        if (answer.status === 503) refused += 1;
        else {
          assert.equal(answer.status, 202);
          accepted.set(answer.body.session.files[0]?.id ?? '', content);
        }
      }
    };
    const senders = [send(), send(), send()];
    for (let kills = 0; kills < 8; kills += 1) {
      const soFar = accepted.size;
      await eventually(() => assert.ok(accepted.size >= soFar + 6), { timeoutMs: 60_000 });
      await server.kill();
      const refusedSoFar = refused;
      await eventually(() => assert.ok(refused > refusedSoFar), { timeoutMs: 60_000 });
      await server.restart();
    }
    over = true;
    await Promise.all(senders);
    await eventually(
      async () => {
        const left = await db('uploaded_files').whereNotIn('status', ['completed']).select('status', 'error_code');
        assert.deepEqual(left, []);
      },
      { timeoutMs: 180_000, intervalMs: 500 },
    );
    for (const [id, content] of accepted) assert.equal(hash(await bytesOf(await contentOf(id))), hash(content), id);
    console.log(`      8 kills: ${accepted.size} files taken and loaded, ${refused} uploads refused with 503`);
    await sweepAll();
  });

  /** Two looks an hour apart: afterwards the bucket holds what rows point to, no byte more or less. */
  async function sweepAll(): Promise<void> {
    const spool = createSpoolFolder();
    const store = createFileStore(server.storageUrl(), { db, spool, aws: server.env });
    const housekeeping = createHousekeeping({ db, store, spool, logger: createSilentLogger() });
    await housekeeping.sweepStorage();
    await db.raw(`update storage_suspects set seen_at = seen_at - interval '61 minutes'`);
    const removedCount = await housekeeping.sweepStorage();
    const rows = await db('uploaded_files').distinct().pluck<string[]>('storage_key');
    const keys = (await server.keys()).filter((key) => key !== 'first');
    assert.deepEqual(keys.toSorted(), rows.toSorted());
    assert.deepEqual(await server.unfinished(), []);
    console.log(`      swept: ${removedCount} remains, ${keys.length} objects stay`);
    await spool.close();
  }

  /** A file that was taken and that nobody loads until it is due. */
  async function acceptHeld(): Promise<string> {
    await db.raw(`create or replace function hold() returns trigger language plpgsql as
      $$ begin new.next_attempt_at := 'infinity'; return new; end $$;
      create trigger hold before insert on uploaded_files for each row execute function hold()`);
    const answer = await client.upload([{ name: 'held.csv', content: report() }]);
    await db.raw('drop trigger hold on uploaded_files');
    assert.equal(answer.status, 202);
    return answer.body.session.files[0]?.id ?? '';
  }
  const due = (id: string) =>
    db.raw(`update uploaded_files set next_attempt_at = clock_timestamp() where id = ? and status = 'queued'`, [id]);

  const diagnoseStorage = (env: Record<string, string> = {}) =>
    diagnose({ DATABASE_URL: database.url, STORAGE_URL: server.storageUrl(), ...server.env, ...env }, ['storage']);

  async function assertUnavailable(ask: () => Promise<ApiAnswer>): Promise<number> {
    const startedAt = performance.now();
    const { status, headers: answered, body } = await ask();
    const ms = Math.round(performance.now() - startedAt);
    assert.deepEqual([status, (body as { error?: { code: string } }).error?.code], [503, 'service_unavailable']);
    assert.ok(Number(answered.get('retry-after')) > 0, 'Retry-After');
    assert.ok(ms < ANSWER_LIMIT_MS, `${ms} ms`);
    return ms;
  }
});

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const seconds = (from: number, to: number): string => `${((to - from) / 1_000).toFixed(1)} s`;
