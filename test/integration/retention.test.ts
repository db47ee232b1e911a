import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { loadConfig } from '../../shared/config.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { AppError } from '../../shared/errors.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createHousekeeping } from '../../shared/queue/housekeeping.ts';
import { retire } from '../../shared/retention/retire.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { mapFile, retryFile } from '../../shared/uploads/file-actions.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('what is kept for a time only', () => {
  const keep = loadConfig({ DATABASE_URL: 'postgres://localhost/x' }, 'tool').retention;
  const logger = createSilentLogger();
  const spool = createSpoolFolder();
  let database: TestDatabase;
  let db: Db;

  beforeEach(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 3, applicationName: 'test', logger });
    await db.raw(`insert into users (email, status, role) values ('a@vhm24r.test', 'approved', 'admin')`);
  });
  afterEach(async () => {
    await db.destroy();
    await database.drop();
  });
  after(() => spool.close());

  interface Given {
    status: string;
    days: number;
    sha?: string;
    duplicateOf?: string;
    parent?: string;
  }

  /** A file that ended so many days ago, with stored bytes and one rejected row. */
  async function addFile({ status, days, sha = 'a', duplicateOf, parent }: Given): Promise<string> {
    const [session, file, key] = [randomUUID(), randomUUID(), newStorageKey('files')];
    await createPostgresStore(db, spool).put(key, Readable.from([Buffer.from(file)]), new AbortController().signal);
    await db.raw('insert into processing_sessions (id, created_by) select ?, min(id) from users', [session]);
    await db.raw(
      `insert into uploaded_files (id, session_id, name, size_bytes, sha256, storage_key, status, created_by,
        duplicate_of, parent_id,
         completed_at, undone_at)
       select :file, :session, 'a.csv', 36, repeat(:sha, 64), :key, :status, min(id), :of, :parent,
         clock_timestamp() - make_interval(days => case when :status = 'undone' then 400 else :days end),
         case when :status = 'undone' then clock_timestamp() - make_interval(days => :days) end
       from users`,
      { file, session, sha, key, status, of: duplicateOf ?? null, parent: parent ?? null, days },
    );
    await db.raw(`insert into row_errors (file_id, row_index, source_row, code) values (?, 1, 2, 'bad_number')`, [
      file,
    ]);
    return file;
  }

  /** Two looks an hour apart, as housekeeping makes them. */
  async function sweepTwice(): Promise<void> {
    const housekeeping = createHousekeeping({ db, store: createPostgresStore(db, spool), spool, logger });
    await housekeeping.sweepStorage();
    await db.raw(`update storage_suspects set seen_at = seen_at - interval '61 minutes'`);
    await housekeeping.sweepStorage();
  }

  /** Which of these files can still be had, and which still show their rejected rows. */
  async function left(files: Record<string, string>): Promise<Record<string, string>> {
    const store = createPostgresStore(db, spool);
    const found: Record<string, string> = {};
    for (const [name, id] of Object.entries(files)) {
      const { storage_key: key } = await db('uploaded_files').where({ id }).first('storage_key');
      const rows = await db('row_errors').where({ file_id: id }).pluck('id');
      found[name] = `${(await store.exists(key)) ? 'bytes' : 'none'}, ${rows.length}`;
    }
    return found;
  }

  it('bytes and rejected rows of files that took no effect go after their time; files in effect keep both for ever', async () => {
    const files = {
      completed: await addFile({ status: 'completed', days: 4_000 }),
      withErrors: await addFile({ status: 'completed_with_errors', days: 4_000 }),
      asked: await addFile({ status: 'needs_mapping', days: 4_000 }),
      failed: await addFile({ status: 'failed', days: 91 }),
      failedLately: await addFile({ status: 'failed', days: 89 }),
      cancelled: await addFile({ status: 'cancelled', days: 91 }),
      undone: await addFile({ status: 'undone', days: 91 }),
      undoneLately: await addFile({ status: 'undone', days: 89 }),
    };
    const taken = await retire(db, keep);
    assert.deepEqual([taken['unusedBytes'], taken['rejectedRows']], [3, 3]);
    await sweepTwice();
    assert.deepEqual(await left(files), {
      completed: 'bytes, 1',
      withErrors: 'bytes, 1',
      asked: 'bytes, 1',
      failed: 'none, 0',
      failedLately: 'bytes, 1',
      cancelled: 'none, 0',
      undone: 'none, 0',
      undoneLately: 'bytes, 1',
    });
    const again = await retire(db, keep);
    assert.deepEqual(new Set(Object.values(again)), new Set([0]));
  });

  it('of the same bytes sent twice one copy is kept, for as long as either may be in effect; the second shows the first’s', async () => {
    const first = await addFile({ status: 'completed', days: 200 });
    const undone = await addFile({ status: 'undone', days: 200, sha: 'b' });
    const files = {
      first,
      second: await addFile({ status: 'duplicate', days: 100, duplicateOf: first }),
      ofUndone: await addFile({ status: 'duplicate', days: 100, sha: 'b', duplicateOf: undone }),
    };
    const chunks = async () => (await db('file_chunks').distinct('storage_key')).length;
    assert.equal(await chunks(), 4);
    await retire(db, keep);
    await sweepTwice();
    assert.equal(await chunks(), 2);
    assert.deepEqual(await left(files), { first: 'bytes, 1', second: 'bytes, 1', ofUndone: 'bytes, 1' });
    // and when the first is taken back and its time is over: the second may count in its place
    await db.raw(`update uploaded_files set status = 'undone', undone_at = now() - interval '91 days' where id = ?`, [
      first,
    ]);
    await db.raw(`update uploaded_files set status = 'completed', duplicate_of = null where id = ?`, [files.second]);
    await retire(db, keep);
    await sweepTwice();
    assert.deepEqual(await left({ second: files.second }), { second: 'bytes, 1' });
  });

  it('an archive stays while a file of it is in effect', async () => {
    const archive = await addFile({ status: 'undone', days: 100 });
    const member = await addFile({ status: 'completed', days: 100, sha: 'b', parent: archive });
    await retire(db, keep);
    await sweepTwice();
    assert.deepEqual(await left({ archive, member }), { archive: 'bytes, 1', member: 'bytes, 1' });
  });

  it('a file whose bytes are gone says so when it is started again, instead of failing ten minutes later', async () => {
    const id = await addFile({ status: 'failed', days: 91 });
    await retire(db, keep);
    const [user] = await db('users').pluck<string[]>('id');
    const by = { userId: user ?? '', requestId: 'r', address: '::1' };
    const isExpired = (error: unknown) => error instanceof AppError && error.code === 'file_expired';
    await assert.rejects(retryFile({ db }, id, by), isExpired);
    await assert.rejects(mapFile({ db }, id, { source: 'uzum' }, by), isExpired);
  });

  it('bytes whose file is started again at the last moment stay', async () => {
    const id = await addFile({ status: 'failed', days: 91 });
    const [user] = await db('users').pluck<string[]>('id');
    await retryFile({ db }, id, { userId: user ?? '', requestId: 'r', address: '::1' });
    assert.equal((await retire(db, keep))['unusedBytes'], 0);
    await sweepTwice();
    assert.deepEqual(await left({ id }), { id: 'bytes, 0' });
  });

  it('old notices, runs of schedules, exports and dry runs of an undo go, sent or not; a large heap of them too', async () => {
    await db.raw(`
      insert into notices (notice_key, kind, created_at, sent_at)
        select 'old ' || n, 'errors', now() - interval '31 days',
          case when n % 2 = 0 then now() - interval '31 days' end
        from generate_series(1, 2500) n;
      insert into notices (notice_key, kind) values ('young', 'errors');
      insert into schedule_runs (schedule, due_at, via, instance_id, started_at, status)
        select 'x', now() - make_interval(days => d), 'timer', 'i', now() - make_interval(days => d), s
        from (values (31, 'done'), (32, 'failed'), (33, 'running'), (29, 'done')) as given (d, s);
      insert into exports (id, kind, format, status, storage_key, created_by, created_at)
        select gen_random_uuid(), 'orders', 'csv', status, key, (select min(id) from users),
          now() - make_interval(days => d)
        from (values (31, 'completed', null), (31, 'failed', null), (31, 'queued', null), (31, 'completed', 'k'),
          (29, 'failed', null))
          as given (d, status, key);
      insert into undos (id, file_ids, dry_run, status, created_by, created_at, completed_at)
        select gen_random_uuid(), '{}', dry, status, (select min(id) from users), now() - interval '31 days',
          now() - interval '31 days'
        from (values (true, 'completed'), (true, 'processing'), (false, 'completed')) as given (dry, status)`);
    const taken = await retire(db, keep);
    assert.deepEqual([taken['notices'], taken['scheduleRuns'], taken['exports'], taken['undoTrials']], [2500, 2, 2, 1]);
    assert.deepEqual(await db('notices').pluck('notice_key'), ['young']);
  });
});
