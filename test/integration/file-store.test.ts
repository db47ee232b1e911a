import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { applyMigrations } from '../../scripts/migrate/apply.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { StorageUnavailableError, type FileStore } from '../../shared/storage/file-store.ts';
import { CHUNK_BYTES, createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { fileStoreContract, type WithoutRoom } from '../contracts/file-store-contract.ts';
import { run } from '../support/own-mounts.ts';
import { putEach } from '../support/put-each.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const never = new AbortController().signal;
const fullDisk = fileURLToPath(new URL('../support/put-without-room.ts', import.meta.url));

fileStoreContract('file:', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-store-'));
  return {
    store: createDiskStore(folder),
    // a process of its own: the limit on what it may write holds for all its files
    async putsWithoutRoom(sizeBytes, rooms) {
      const { stdout, stderr } = await run(
        [process.execPath, '--import', 'tsx', fullDisk, String(sizeBytes), rooms.join()],
        {},
      );
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as WithoutRoom[];
    },
    remains: async () => await readdir(join(folder, 'unfinished')).catch(() => []),
    close: () => rm(folder, { recursive: true }),
  };
});

fileStoreContract('s3:', async () => {
  const bucket = await openS3StandIn('reports');
  const spool = createSpoolFolder();
  const options = readS3Url(
    `s3://reports/some/prefix?endpoint=${encodeURIComponent(bucket.url)}&region=auto`,
    bucket.env,
  );
  const store = createS3Store(createS3Client(options), options.prefix, spool);
  const remains = async () => [
    ...bucket.objects.keys(),
    ...Array.from({ length: bucket.unfinishedCount() }, () => 'an upload in parts'),
  ];
  return {
    store,
    putsWithoutRoom: (sizeBytes, rooms) =>
      putEach(store, sizeBytes, rooms, async (room) => bucket.leaveRoom(room), remains),
    remains,
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
  const store = createPostgresStore(db, spool);
  // the server's own answer when its disk is full, when the chunks of the last file pass the room that is left
  await db.raw(`create table room (bytes bigint);
    create function full_disk() returns trigger language plpgsql as $$ begin
      if (select sum(length(c.bytes)) from file_chunks c where c.storage_key = new.storage_key) > (select bytes
        from room)
      then raise exception 'could not extend file' using errcode = '53100'; end if; return new; end $$;
    create trigger full_disk after insert on file_chunks for each row execute function full_disk()`);
  const remains = () => db('file_chunks').distinct().orderBy('storage_key').pluck<string[]>('storage_key');
  const leave = async (room: number | null) => {
    await db('room').delete();
    if (room !== null) await db('room').insert({ bytes: room });
  };
  return {
    store,
    putsWithoutRoom: (sizeBytes, rooms) => putEach(store, sizeBytes, rooms, leave, remains),
    remains,
    close: async () => {
      await spool.close();
      await db.destroy();
      await database.drop();
    },
  };
});

describe('bytes kept in PostgreSQL', () => {
  let database: TestDatabase;
  let db: Db;
  let store: FileStore;
  const spool = createSpoolFolder();

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test', logger: createSilentLogger() });
    store = createPostgresStore(db, spool);
  });
  after(async () => {
    await spool.close();
    await db.destroy();
    await database.drop();
  });

  async function put(bytes: Buffer): Promise<{ key: string; storedBytes: number }> {
    const key = newStorageKey('files');
    assert.equal((await store.put(key, Readable.from([bytes]), never)).sizeBytes, bytes.length);
    const row = await db('file_chunks')
      .where({ storage_key: key })
      .first(db.raw('sum(coalesce(length(bytes), 0) + coalesce(length(packed), 0))::int as stored'));
    return { key, storedBytes: Number(row.stored) };
  }
  const read = async (key: string) => buffer(await store.openRead(key));

  it('take a quarter of their room where they are a report as text, and no more than their own where they are not', async () => {
    const line = (no: number) => `${no},ff0${(no * 7_919).toString(16)},Эспрессо,${9_000 + (no % 7) * 500},Paid\r\n`;
    const report = Buffer.from(Array.from({ length: 90_000 }, (_, no) => line(no)).join(''));
    const workbook = randomBytes(2 * CHUNK_BYTES + 5);
    const [text, packed] = [await put(report), await put(workbook)];
    assert.ok(text.storedBytes < report.length / 4, `${text.storedBytes} of ${report.length}`);
    assert.equal(packed.storedBytes, workbook.length);
    assert.ok((await read(text.key)).equals(report));
    assert.ok((await read(packed.key)).equals(workbook));
  });

  it('are read as they were put by a version that packed nothing', async () => {
    const bytes = Buffer.alloc(CHUNK_BYTES + 11, 'text of before ');
    const key = newStorageKey('files');
    for (const [no, from] of [0, CHUNK_BYTES].entries())
      await db('file_chunks').insert({
        storage_key: key,
        chunk_no: no,
        bytes: bytes.subarray(from, from + CHUNK_BYTES),
      });
    assert.ok((await read(key)).equals(bytes));
    assert.equal((await buffer(await store.openRead(key, { start: CHUNK_BYTES - 3, end: CHUNK_BYTES + 3 }))).length, 7);
  });

  it('are missing for the version before, which knows nothing of packing, and never other bytes', async () => {
    const { key } = await put(Buffer.alloc(2 * CHUNK_BYTES, 'abc'));
    const seen = await db('file_chunks').where({ storage_key: key }).orderBy('chunk_no').pluck('bytes');
    assert.deepEqual(seen, [null, null]);
  });

  it('that were damaged where they lie are a fault of the storage, never other bytes', async () => {
    const { key } = await put(Buffer.alloc(CHUNK_BYTES, 'abc'));
    await db.raw(
      'update file_chunks set packed = set_byte(packed, 700, get_byte(packed, 700) # 255) where storage_key = ?',
      [key],
    );
    await assert.rejects(read(key), (error) => error instanceof StorageUnavailableError && error.reason === 'io');
  });

  it('come back whole after the schema went down and up again', async () => {
    const text = Buffer.alloc(CHUNK_BYTES + 3, 'a,b,c\r\n');
    const { key } = await put(text);
    for (const direction of ['down', 'up'] as const)
      for (let ran = 1; ran > 0;) {
        await applyMigrations(db, { databaseUrl: database.url, direction, lockWaitMs: 10_000 });
        ran = direction === 'down' && (await db.schema.hasColumn('file_chunks', 'packed')) ? 1 : 0;
      }
    assert.ok((await read(key)).equals(text));
  });
});
