import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StoredFileMissingError, type FileStore } from '../../shared/storage/file-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';

const never = new AbortController().signal;
const MIB = 1024 * 1024;

/** What every driver promises (shared/storage/file-store.ts). */
export function fileStoreContract(name: string, open: () => Promise<{ store: FileStore; close(): Promise<void> }>): void {
  describe(`file store ${name}`, function () {
    this.timeout(20_000);
    let store: FileStore;
    let close: () => Promise<void>;

    before(async () => {
      ({ store, close } = await open());
    });
    after(() => close());

    const put = (bytes: Buffer, key = newStorageKey('files'), pieceBytes = 64 * 1024) => {
      const pieces = [];
      for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
      return store.put(key, Readable.from(pieces, { objectMode: true }), never).then((result) => ({ key, ...result }));
    };

    for (const sizeBytes of [0, 1, MIB - 1, MIB, MIB + 1, 5 * MIB, 9 * MIB + 17]) {
      it(`gives ${sizeBytes} bytes back exactly`, async () => {
        const bytes = randomBytes(sizeBytes);
        const stored = await put(bytes);
        assert.equal(stored.sizeBytes, sizeBytes);
        assert.equal(await store.exists(stored.key), true);
        assert.ok((await buffer(await store.openRead(stored.key))).equals(bytes));
      });
    }

    it('reads ranges, also across its own cuts', async () => {
      const bytes = randomBytes(3 * MIB + 5);
      const { key } = await put(bytes);
      for (const [start, end] of [
        [0, 0],
        [MIB - 2, MIB + 2],
        [2 * MIB, 2 * MIB],
        [10, 3 * MIB + 4],
        [3 * MIB + 4, 3 * MIB + 4],
      ] as const) {
        assert.ok((await buffer(await store.openRead(key, { start, end }))).equals(bytes.subarray(start, end + 1)), `${start}-${end}`);
      }
    });

    it('offers the bytes as a local file until it is released', async () => {
      const bytes = randomBytes(2 * MIB + 3);
      const { key } = await put(bytes);
      const local = await store.openLocal(key, never);
      assert.equal(hash(await readFile(local.path)), hash(bytes));
      await local.release();
      await local.release();
      assert.equal(await store.exists(key), true);
    });

    it('keeps nothing of a put whose source fails', async () => {
      const key = newStorageKey('files');
      const source = Readable.from(
        (async function* () {
          yield randomBytes(6 * MIB);
          throw new Error('the sender went away');
        })(),
      );
      await assert.rejects(store.put(key, source, never), /the sender went away/);
      assert.equal(await store.exists(key), false);
      await assert.rejects(store.openRead(key), StoredFileMissingError);
    });

    it('keeps nothing of a put that is aborted, and stops reading its source', async () => {
      const key = newStorageKey('files');
      const controller = new AbortController();
      let produced = 0;
      const source = Readable.from(
        (async function* () {
          for (;;) {
            produced += 1;
            if (produced === 8) controller.abort(new Error('enough'));
            yield randomBytes(MIB);
            await new Promise((resolve) => setImmediate(resolve));
          }
        })(),
      );
      await assert.rejects(store.put(key, source, controller.signal), /enough/);
      assert.equal(await store.exists(key), false);
      assert.ok(source.destroyed);
    });

    it('says that bytes are missing, for reading and for a local file', async () => {
      const key = newStorageKey('files');
      await assert.rejects(store.openRead(key), StoredFileMissingError);
      await assert.rejects(store.openLocal(key, never), StoredFileMissingError);
      assert.equal(await store.exists(key), false);
      await store.remove(key);
    });

    it('removes', async () => {
      const { key } = await put(randomBytes(2 * MIB));
      await store.remove(key);
      assert.equal(await store.exists(key), false);
      await assert.rejects(store.openRead(key), StoredFileMissingError);
    });

    it('refuses a key that it did not make', async () => {
      for (const key of ['../../etc/passwd', '/etc/passwd', 'files/x', '']) {
        await assert.rejects(store.put(key, Readable.from([]), never), TypeError);
        await assert.rejects(async () => store.openRead(key), TypeError);
      }
    });

    it('sweeps what it is told is garbage, and nothing else, whatever its age', async () => {
      const keys = await Promise.all(
        [newStorageKey('files'), newStorageKey('exports'), newStorageKey('files')].map(
          async (key) => (await put(randomBytes(3 * MIB), key)).key,
        ),
      );
      const [kept = '', orphan = '', other = ''] = keys;
      const asked: string[] = [];
      const removedCount = await store.sweep(async (candidates) => {
        asked.push(...candidates);
        return new Set([orphan].filter((key) => candidates.includes(key)));
      });
      assert.equal(removedCount, 1);
      for (const key of keys) assert.equal(asked.filter((one) => one === key).length, 1);
      assert.deepEqual(await Promise.all([kept, orphan, other].map((key) => store.exists(key))), [true, false, true]);
    });

    it('checks itself and leaves nothing behind', () => store.check());
  });
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
