import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { StorageUnavailableError, type FileStore } from '../../shared/storage/file-store.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { fileStoreContract } from '../contracts/file-store-contract.ts';
import { openCephS3, type CephS3 } from '../support/ceph/s3-server.ts';
import { describeLong, isLong } from '../support/long.ts';
import { putEach } from '../support/put-each.ts';

const MIB = 1024 * 1024;
const never = () => new AbortController().signal;

function storeIn(server: CephS3, place: string, spool: SpoolFolder): FileStore {
  const options = readS3Url(server.storageUrl(place), server.env);
  return createS3Store(createS3Client(options), options.prefix, spool);
}

if (isLong)
  fileStoreContract('s3: of Ceph', async () => {
    const server = await openCephS3();
    const spool = createSpoolFolder();
    const store = storeIn(server, 'reports/some/prefix', spool);
    const remains = async () => [...(await server.keys()), ...(await server.unfinished())];
    return {
      store,
      putsWithoutRoom: (sizeBytes, rooms) => putEach(store, sizeBytes, rooms, server.leaveRoom, remains),
      remains,
      close: async () => {
        await spool.close();
        await server.close();
      },
    };
  });

describeLong('bytes kept by the S3 server of Ceph', function () {
  this.timeout(180_000);
  let server: CephS3;
  let store: FileStore;
  const spool = createSpoolFolder();

  before(async () => {
    server = await openCephS3();
    store = storeIn(server, 'reports', spool);
  });
  after(async () => {
    await spool.close();
    await server.close();
  });

  const put = async (to: FileStore, bytes: Buffer) => {
    const key = newStorageKey('files');
    await to.put(key, Readable.from(piecesOf(bytes)), never());
    return key;
  };
  const read = async (from: FileStore, key: string) => buffer(await from.openRead(key));

  it('are 100 MB that come back exactly, whole and in ranges across the parts they were sent in', async () => {
    const bytes = randomBytes(100 * 1_000_000);
    const startedAt = performance.now();
    const key = await put(store, bytes);
    const storedAt = performance.now();
    assert.equal(hash(await read(store, key)), hash(bytes));
    console.log(
      `      100 MB: put ${Math.round(storedAt - startedAt)} ms, read ${Math.round(performance.now() - storedAt)} ms`,
    );
    const part = 8 * MIB;
    for (const [start, end] of [
      [part - 1, part],
      [part, 2 * part - 1],
      [3 * part - 7, 9 * part + 7],
      [bytes.length - 1, bytes.length - 1],
      // what lies behind the end is none
      [bytes.length - 5, bytes.length + 5],
    ] as const)
      assert.ok(
        (await buffer(await store.openRead(key, { start, end }))).equals(bytes.subarray(start, end + 1)),
        `${start}-${end}`,
      );
    assert.equal((await buffer(await store.openRead(key, { start: bytes.length, end: bytes.length }))).length, 0);
  });

  it('lie below a prefix of any letters, and are swept there alone', async () => {
    const before = await server.keys();
    const place = `reports/${encodeURIComponent("отчёты за май + июнь (1)/100% 'o‘z'")}`;
    const named = storeIn(server, place, spool);
    const bytes = randomBytes(9 * MIB);
    const [kept, gone] = [await put(named, bytes), await put(named, bytes)];
    assert.ok((await read(named, kept)).equals(bytes));
    assert.equal(await store.exists(kept), false);
    assert.equal(await named.sweep(async (keys) => new Set(keys.filter((key) => key === gone))), 1);
    assert.equal(await named.exists(kept), true);
    await named.remove(kept);
    assert.deepEqual(await server.keys(), before);
  });

  it('are shown to a sweep each once, more of them than one answer lists', async () => {
    const keys = Array.from({ length: 1_100 }, () => newStorageKey('exports'));
    for (let from = 0; from < keys.length; from += 50)
      await Promise.all(keys.slice(from, from + 50).map((key) => store.put(key, Readable.from([key]), never())));
    const asked: string[] = [];
    const ours = new Set(keys);
    const removedCount = await store.sweep(async (candidates) => {
      asked.push(...candidates);
      return new Set(candidates.filter((key) => ours.has(key)));
    });
    assert.equal(removedCount, keys.length);
    assert.deepEqual(asked.filter((key) => ours.has(key)).toSorted(), keys.toSorted());
    assert.deepEqual(
      (await server.keys()).filter((key) => ours.has(key)),
      [],
    );
  });

  it('are taken by a server that never says "100 Continue"', async () => {
    await server.kill();
    await server.restart('--rgw-print-continue=false');
    for (const sizeBytes of [3 * MIB, 20 * MIB]) {
      const bytes = randomBytes(sizeBytes);
      assert.ok((await read(store, await put(store, bytes))).equals(bytes));
    }
    await server.kill();
    await server.restart();
  });

  it('are no object when the server is killed in the middle; parts that stay end by a sweep', async () => {
    const before = await server.keys();
    const key = newStorageKey('files');
    async function* source() {
      for (let sent = 0; sent < 40; sent += 1) {
        // some parts are there
        if (sent === 20) await server.kill();
        yield randomBytes(MIB);
      }
    }
    await assert.rejects(
      store.put(key, Readable.from(source()), never()),
      (error) => error instanceof StorageUnavailableError && ['refused', 'reset'].includes(error.reason),
    );
    await server.restart();
    assert.deepEqual(await server.keys(), before);
    assert.deepEqual(await server.unfinished(), [key]);
    const named: string[] = [];
    const endUnfinished = async (keys: readonly string[]) => {
      const unfinished = keys.filter((name) => name.startsWith(`unfinished/${key}/`));
      named.push(...unfinished);
      return new Set(unfinished);
    };
    assert.equal(await store.sweep(endUnfinished), 1);
    assert.equal(named.length, 1);
    assert.deepEqual(await server.unfinished(), []);
    assert.equal(await store.sweep(endUnfinished), 0);
    // the same bytes under the same key, once there is a server
    const bytes = randomBytes(20 * MIB);
    await store.put(key, Readable.from(piecesOf(bytes)), never());
    assert.ok((await read(store, key)).equals(bytes));
  });

  it('are given or refused, never cut short, where the server is killed while they are read', async () => {
    const bytes = randomBytes(60 * MIB);
    const key = await put(store, bytes);
    const reader = await store.openRead(key);
    let readBytes = 0;
    const readToTheEnd = async () => {
      for await (const piece of reader) {
        if (readBytes === 0) await server.kill();
        readBytes += (piece as Buffer).length;
      }
    };
    await assert.rejects(readToTheEnd, (error) => error instanceof StorageUnavailableError && error.reason === 'reset');
    assert.ok(readBytes > 0 && readBytes < bytes.length, `${readBytes} bytes`);
    await server.restart();
    assert.ok((await read(store, key)).equals(bytes));
  });
});

const PIECE = 64 * 1024;

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
