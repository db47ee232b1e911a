import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { stagingOf } from '../../shared/ingest/staging.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createHousekeeping } from '../../shared/queue/housekeeping.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import type { FileStore } from '../../shared/storage/file-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { acceptUpload } from '../../shared/uploads/accept-upload.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { sweepWithClock } from '../support/shifted-clock.ts';

describe('housekeeping', () => {
  let database: TestDatabase;
  let db: Db;
  const logger = createSilentLogger();
  const spool = createSpoolFolder();

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 3, applicationName: 'test', logger });
    await db.raw(`insert into users (email, status, role) values ('a@vhm24r.test', 'approved', 'admin')`);
  });
  after(async () => {
    await spool.close();
    await db.destroy();
    await database.drop();
  });

  async function addFile(status: string, fence: number, storageKey: string): Promise<string> {
    const [session, file] = [randomUUID(), randomUUID()];
    await db.raw('insert into processing_sessions (id, created_by) select ?, min(id) from users', [session]);
    await db.raw(
      `insert into uploaded_files (id, session_id, name, size_bytes, sha256, storage_key, status, fence, created_by)
       select ?, ?, 'a.csv', 1, repeat('a', 64), ?, ?, ?, min(id) from users`,
      [file, session, storageKey, status, fence],
    );
    return file;
  }

  it('drops staging tables of claims that are over, and leaves those at work', async () => {
    const store = createPostgresStore(db, spool);
    const working = await addFile('processing', 3, newStorageKey('files'));
    const ended = await addFile('completed', 1, newStorageKey('files'));
    const tables = [
      stagingOf(working, '3'),
      stagingOf(working, '2'),
      stagingOf(ended, '1'),
      stagingOf(randomUUID(), '1'),
    ];
    for (const { rows, rejects } of tables)
      await db.raw(`create unlogged table ${rows} (a int); create unlogged table ${rejects} (a int)`);
    assert.equal(await createHousekeeping({ db, store, spool, logger }).dropStaging(), 6);
    const left = await db.raw<{ rows: { tablename: string }[] }>(
      `select tablename from pg_tables where schemaname = 'staging'`,
    );
    assert.deepEqual(
      new Set(left.rows.map((row) => `staging.${row.tablename}`)),
      new Set(Object.values(stagingOf(working, '3'))),
    );
  });

  const anHourPasses = () => db.raw(`update storage_suspects set seen_at = seen_at - interval '61 minutes'`);

  it('removes stored bytes that two looks an hour apart found without a row, and no others', async () => {
    const store = createPostgresStore(db, spool);
    const sweep = () => createHousekeeping({ db, store, spool, logger }).sweepStorage();
    const [kept, orphan, late, young] = [1, 2, 3, 4].map(() => newStorageKey('files')) as [
      string,
      string,
      string,
      string,
    ];
    const put = (key: string) => store.put(key, Readable.from([Buffer.from('x')]), new AbortController().signal);
    for (const key of [kept, orphan, late]) await put(key);
    await addFile('completed', 1, kept);
    assert.deepEqual([await sweep(), await sweep()], [0, 0], 'one look, however often, removes nothing');
    await anHourPasses();
    await addFile('queued', 1, late);
    await put(young);
    assert.equal(await sweep(), 1);
    assert.deepEqual(await Promise.all([kept, orphan, late, young].map((key) => store.exists(key))), [
      true,
      false,
      true,
      true,
    ]);
  });

  it('refuses the row of an upload whose bytes it has removed, as when its process slept for hours', async () => {
    const store = createPostgresStore(db, spool);
    const housekeeping = createHousekeeping({ db, store, spool, logger });
    const key = newStorageKey('files');
    await store.put(key, Readable.from([Buffer.from('x')]), new AbortController().signal);
    await housekeeping.sweepStorage();
    await anHourPasses();
    await housekeeping.sweepStorage();
    assert.equal(await store.exists(key), false);
    await assert.rejects(accept(store, key), (error: { code?: string }) => error.code === 'service_unavailable');
    assert.equal((await db('uploaded_files').where({ storage_key: key })).length, 0);
  });

  it('never takes the bytes of an upload that is written at the same moment', async () => {
    const store = createPostgresStore(db, spool);
    const housekeeping = createHousekeeping({ db, store, spool, logger });
    const counts = { accepted: 0, refused: 0 };
    for (let round = 0; round < 20; round++) {
      const key = newStorageKey('files');
      await store.put(key, Readable.from([Buffer.from('x')]), new AbortController().signal);
      await housekeeping.sweepStorage();
      await anHourPasses();
      const [accepted] = await Promise.allSettled([accept(store, key), housekeeping.sweepStorage()]);
      const hasRow = (await db('uploaded_files').where({ storage_key: key })).length === 1;
      assert.equal(accepted.status === 'fulfilled', hasRow);
      if (hasRow) assert.equal(await store.exists(key), true, 'a row without bytes');
      counts[hasRow ? 'accepted' : 'refused'] += 1;
    }
    assert.equal(counts.accepted + counts.refused, 20);
  });

  it('goes by no clock of its own: a service two days ahead leaves an upload in progress alone', async function () {
    this.timeout(120_000);
    const store = createPostgresStore(db, spool);
    const key = newStorageKey('files');
    const source = new PassThrough();
    const putting = store.put(key, source, new AbortController().signal);
    source.write(randomBytes(5 * 1024 * 1024));
    await eventually(async () => assert.equal(await store.exists(key), true));
    assert.equal(await sweepWithClock(database.url, 48), '0');
    source.end();
    await putting;
    assert.equal(await sweepWithClock(database.url, 48), '0');
    await accept(store, key);
    assert.equal(await store.exists(key), true);
  });

  const accept = async (store: FileStore, storageKey: string) => {
    const [user] = (await db('users').select('id').limit(1)) as { id: string }[];
    return acceptUpload({ db, store }, [{ storageKey, name: 'a.csv', sizeBytes: 1, sha256: 'b'.repeat(64) }], {
      by: { userId: user?.id ?? '', requestId: randomUUID(), address: '127.0.0.1' },
      door: 'page',
      source: null,
      mode: 'queue',
    });
  };

  it('removes temporary folders of processes that are gone, and of no other', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'vhm24r-parent-'));
    const own = createSpoolFolder(parent);
    const path = await own.path();
    await mkdir(join(parent, 'vhm24r-spool-999999999-abc'));
    await mkdir(join(parent, `vhm24r-spool-${process.ppid}-abc`));
    await mkdir(join(parent, 'somebody-else'));
    assert.equal(await own.removeLeftovers(), 1);
    assert.equal((await readdir(parent)).length, 3);
    const file = await own.newFolder();
    await file.release();
    await own.close();
    assert.equal((await readdir(parent)).includes(path.split('/').at(-1) ?? ''), false);
    await rm(parent, { recursive: true });
  });
});
