import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { stagingOf } from '../../shared/ingest/staging.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createHousekeeping } from '../../shared/queue/housekeeping.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

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
    const tables = [stagingOf(working, '3'), stagingOf(working, '2'), stagingOf(ended, '1'), stagingOf(randomUUID(), '1')];
    for (const { rows, rejects } of tables) await db.raw(`create unlogged table ${rows} (a int); create unlogged table ${rejects} (a int)`);
    assert.equal(await createHousekeeping({ db, store, spool, logger }).dropStaging(), 6);
    const left = await db.raw<{ rows: { tablename: string }[] }>(`select tablename from pg_tables where schemaname = 'staging'`);
    assert.deepEqual(new Set(left.rows.map((row) => `staging.${row.tablename}`)), new Set(Object.values(stagingOf(working, '3'))));
  });

  it('removes stored bytes that no row points to after an hour, not before', async () => {
    const store = createPostgresStore(db, spool);
    const now = new Date();
    const old = new Date(now.getTime() - 2 * 3_600_000);
    const [kept, orphan, young] = [newStorageKey('files', old), newStorageKey('files', old), newStorageKey('files', now)];
    for (const key of [kept, orphan, young]) await store.put(key, Readable.from([Buffer.from('x')]), new AbortController().signal);
    await addFile('completed', 1, kept);
    assert.equal(await createHousekeeping({ db, store, spool, logger }).sweepStorage(now), 1);
    assert.deepEqual(await Promise.all([kept, orphan, young].map((key) => store.exists(key))), [true, false, true]);
  });

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
