import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { StorageUnavailableError, type FileStore } from '../../shared/storage/file-store.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { fileStoreContract, type WithoutRoom } from '../contracts/file-store-contract.ts';
import { run } from '../support/own-mounts.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';
import { createTestDatabase } from '../support/postgres.ts';

const PIECE = 65_536;
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
      if (select sum(length(c.bytes)) from file_chunks c where c.storage_key = new.storage_key) > (select bytes from room)
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

/**
 * @param leave makes so much room; null: as much as there is
 * @param remains all that the store holds
 */
async function putEach(
  store: FileStore,
  sizeBytes: number,
  rooms: readonly number[],
  leave: (room: number | null) => Promise<void>,
  remains: () => Promise<string[]>,
): Promise<WithoutRoom[]> {
  const put = async (key: string) => {
    const pieces = Array.from({ length: Math.ceil(sizeBytes / PIECE) }, (_, no) =>
      Buffer.alloc(Math.min(PIECE, sizeBytes - no * PIECE)),
    );
    return store.put(key, Readable.from(pieces), never);
  };
  const outcomes: WithoutRoom[] = [];
  for (const room of rooms) {
    const before = new Set(await remains());
    await leave(room);
    const reason = await put(newStorageKey('files')).then(
      () => 'stored',
      (error: unknown) => (error instanceof StorageUnavailableError ? error.reason : String(error)),
    );
    await leave(null);
    const left = (await remains()).filter((key) => !before.has(key));
    const key = newStorageKey('files');
    const stored = await put(key);
    await store.remove(key);
    outcomes.push({ room, reason, left, goesOn: stored.sizeBytes === sizeBytes });
  }
  return outcomes;
}
