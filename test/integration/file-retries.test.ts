import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { assertOnly, diagnose, problems } from '../support/diagnose.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { csvBytes, rowsOfPayments } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';

interface FileBody {
  status: string;
  retry: { attempts: number; nextAttemptAt: string | null; reason: string | null } | null;
}

const SLOW = { timeoutMs: 60_000 };

describe('a file that something around it stopped', function () {
  this.timeout(240_000);
  const closers: (() => Promise<unknown>)[] = [];
  let database: TestDatabase;
  let db: Db;
  let proxy: FaultProxy;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    closers.push(() => database.drop());
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    closers.push(() => db.destroy());
    const bucket = await openS3StandIn('reports');
    closers.push(() => bucket.close());
    proxy = await openFaultProxy(Number(new URL(bucket.url).port));
    closers.push(() => proxy.close());
    const spool = createSpoolFolder();
    closers.push(() => spool.close());
    const endpoint = encodeURIComponent(`http://127.0.0.1:${proxy.port}`);
    const options = readS3Url(`s3://reports?endpoint=${endpoint}&region=auto`, bucket.env);
    const store = createS3Store(createS3Client(options), options.prefix, spool);
    api = await openTestApi(
      { DATABASE_URL: database.url, SYNC_WAIT_MS: '0', LEASE_MS: '3000' },
      { store, sweepIntervalMs: 200 },
    );
    closers.push(() => api.close());
  });
  after(async () => {
    for (const close of closers.reverse()) await close();
  });

  afterEach(() => proxy.set('pass'));

  const file = async (id: string): Promise<FileBody> => (await api.client.get<FileBody>(`/files/${id}`)).body;
  const upload = async (name: string, rows: number): Promise<string> => {
    const payments = Array.from({ length: rows }, () => ({}));
    const { session } = (
      await api.client.upload([{ name, content: csvBytes(rowsOfPayments('click', payments)).toString() }])
    ).body;
    return session.files[0]?.id ?? '';
  };
  const retried = (id: string, reason: string): Promise<FileBody> =>
    eventually(async () => {
      const now = await file(id);
      assert.ok(['queued', 'processing'].includes(now.status), now.status);
      assert.ok((now.retry?.attempts ?? 0) > 0, JSON.stringify(now));
      if (now.status === 'queued') {
        assert.equal(now.retry?.reason, reason);
        assert.match(now.retry?.nextAttemptAt ?? '', /^\d{4}-\d\d-\d\dT.*\+05:00$/);
      } else assert.equal(now.retry?.nextAttemptAt, null);
      return now;
    }, SLOW);
  const loaded = async (id: string): Promise<void> => {
    const ended = await eventually(async () => {
      const now = await file(id);
      assert.equal(now.status, 'completed', JSON.stringify(now));
      return now;
    }, SLOW);
    assert.equal(ended.retry, null);
  };
  const doctor = () => diagnose({ DATABASE_URL: database.url }, ['worker']);

  it('says that it is tried again while the storage is away, as the doctor does, and loads when it is back', async () => {
    assert.deepEqual(problems(await doctor()), []);
    // nobody may take it before its bytes are out of reach
    await db.raw(`create or replace function hold() returns trigger language plpgsql as
      $$ begin new.next_attempt_at := 'infinity'; return new; end $$`);
    await db.raw('create trigger hold before insert on uploaded_files for each row execute function hold()');
    const id = await upload('storage.csv', 2);
    await db.raw('drop trigger hold on uploaded_files');
    assert.equal((await file(id)).retry, null);
    await proxy.set('refuse');
    await db.raw('update uploaded_files set next_attempt_at = clock_timestamp() where id = ?', [id]);
    await retried(id, 'storage');
    await eventually(async () => {
      const { evidence } = assertOnly(await doctor(), 'worker.files_retrying', 'warn');
      assert.match(evidence, /files=1 reasons=storage:1 most_attempts=\d+/);
      assert.ok(evidence.includes(id));
    }, SLOW);
    await proxy.set('pass');
    await loaded(id);
    assert.deepEqual(problems(await doctor()), []);
  });

  it('says that it is tried again while the database cuts the connection it is loaded by', async () => {
    await db.raw(`create or replace function cut() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`);
    await db.raw('create trigger cut before insert on gateway_payments for each row execute function cut()');
    const id = await upload('database.csv', 3);
    await retried(id, 'database');
    assert.match(assertOnly(await doctor(), 'worker.files_retrying', 'warn').evidence, /reasons=database:1/);
    await db.raw('drop trigger cut on gateway_payments');
    await loaded(id);
  });

  it('is not gone on with once somebody has cancelled it at work, and leaves nothing in the books', async () => {
    await db.transaction(async (trx) => {
      // it has read its rows and waits to write them
      await trx.raw('select pg_advisory_xact_lock(?)', [MERGE_LOCK_KEY]);
      const id = await upload('cancelled.csv', 4);
      await eventually(async () => assert.equal((await file(id)).status, 'processing'), SLOW);
      assert.equal((await api.client.post(`/files/${id}/cancel`)).status, 200);
      await eventually(async () => assert.equal((await file(id)).status, 'cancelled'), SLOW);
      const { rows } = await db.raw<{ rows: unknown[] }>('select 1 from gateway_payments where file_id = ?', [id]);
      assert.deepEqual(rows, []);
    });
  });
});
