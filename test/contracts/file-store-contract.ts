import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StoredFileMissingError, type FileStore } from '../../shared/storage/file-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import { eventually } from '../support/eventually.ts';
import { isLong } from '../support/long.ts';

const never = new AbortController().signal;
const MIB = 1024 * 1024;
const PIECE = 64 * 1024;

/** A store to be tried, and how it is brought to its limits. */
export interface TriedStore {
  store: FileStore;
  /** Puts a file of `sizeBytes` where room is left for each of `rooms` bytes, one after the other. */
  putsWithoutRoom(sizeBytes: number, rooms: readonly number[]): Promise<WithoutRoom[]>;
  /** keys, chunks, parts and files it holds of which the contract knows nothing */
  remains(): Promise<string[]>;
  close(): Promise<void>;
}

/** What became of a put that found no room. */
export interface WithoutRoom {
  room: number;
  /** the reason of the StorageUnavailableError; anything else as text */
  reason: string;
  /** what was left of it */
  left: string[];
  /** whether the same put succeeds as soon as there is room */
  goesOn: boolean;
}

/** What every driver promises (shared/storage/file-store.ts). */
export function fileStoreContract(name: string, open: () => Promise<TriedStore>): void {
  describe(`file store ${name}`, function () {
    this.timeout(60_000);
    let tried: TriedStore;
    let store: FileStore;

    before(async () => {
      tried = await open();
      store = tried.store;
    });
    after(() => tried.close());

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

    for (const what of ['random bytes', 'text'] as const) {
      it(`reads ranges of ${what}, also across its own cuts`, () => readsRanges(what));
    }

    it('gives text, zeros and both beside random bytes back exactly', async () => {
      const text = Buffer.alloc(MIB + 77, 'ff001;Латте;15000,00;Paid\r\n');
      for (const bytes of [
        text,
        Buffer.alloc(6 * MIB + 1),
        Buffer.concat([text, randomBytes(3 * MIB)]),
        Buffer.concat([randomBytes(3 * MIB), text]),
      ]) {
        const { key, sizeBytes } = await put(bytes);
        assert.equal(sizeBytes, bytes.length);
        assert.ok((await buffer(await store.openRead(key))).equals(bytes));
      }
    });

    async function readsRanges(what: 'random bytes' | 'text'): Promise<void> {
      const bytes = what === 'text' ? Buffer.alloc(3 * MIB + 5, 'Латте;15000\n') : randomBytes(3 * MIB + 5);
      const { key } = await put(bytes);
      for (const [start, end] of [
        [0, 0],
        [MIB - 2, MIB + 2],
        [2 * MIB, 2 * MIB],
        [10, 3 * MIB + 4],
        [3 * MIB + 4, 3 * MIB + 4],
      ] as const) {
        assert.ok(
          (await buffer(await store.openRead(key, { start, end }))).equals(bytes.subarray(start, end + 1)),
          `${start}-${end}`,
        );
      }
    }

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

    it('keeps nothing of puts whose sender breaks off, at whatever byte, and lets no error of their streams go unheard', async function () {
      this.timeout(isLong ? 600_000 : 60_000);
      const unheard: unknown[] = [];
      const hear = (error: unknown) => unheard.push(error);
      process.prependListener('uncaughtExceptionMonitor', hear);
      const remainsBefore = await tried.remains();
      try {
        const puts = breakOffs().map(({ at, byAbort, inAdvance }) => async () => {
          const key = newStorageKey('files');
          const controller = new AbortController();
          const source = new PassThrough();
          const put = store.put(key, source, controller.signal);
          const broken = assert.rejects(put, /the sender went away/, `at ${at}`);
          const fault = new Error('the sender went away');
          const breakOff = () => {
            if (byAbort) controller.abort(fault);
            source.destroy(fault);
          };
          // as multer does: the stream breaks while the driver may still make folders
          if (inAdvance) breakOff();
          else {
            for (let sent = 0; sent < at; sent += PIECE) source.write(Buffer.alloc(Math.min(PIECE, at - sent), 'x'));
            setImmediate(breakOff);
          }
          await broken;
          assert.equal(await store.exists(key), false, `at ${at}`);
        });
        for (let from = 0; from < puts.length; from += 20)
          await Promise.all(puts.slice(from, from + 20).map((put) => put()));
        await new Promise((resolve) => setImmediate(resolve));
      } finally {
        process.off('uncaughtExceptionMonitor', hear);
      }
      assert.deepEqual(unheard.map(String), []);
      await eventually(async () => assert.deepEqual(await tried.remains(), remainsBefore));
    });

    it('says that it is full, whichever write finds no room; keeps nothing of it, and goes on when there is room', async function () {
      this.timeout(120_000);
      const sizeBytes = 6 * MIB + 17;
      const puts = await tried.putsWithoutRoom(sizeBytes, roomsBelow(sizeBytes));
      assert.equal(puts.length, roomsBelow(sizeBytes).length);
      for (const { room, ...outcome } of puts)
        assert.deepEqual(outcome, { reason: 'full', left: [], goesOn: true }, `room for ${room}`);
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

/** At the start, around the cuts of each driver, and at every piece in between. */
function breakOffs(): { at: number; byAbort: boolean; inAdvance: boolean }[] {
  const positions = [
    0,
    1,
    PIECE - 1,
    PIECE,
    PIECE + 1,
    MIB - 1,
    MIB,
    MIB + 1,
    4 * MIB - 1,
    4 * MIB,
    4 * MIB + 1,
    5 * MIB,
    5 * MIB + 1,
  ];
  const step = isLong ? 7_919 : 1_000_003;
  for (let at = step; at < 6 * MIB; at += step) positions.push(at);
  return positions.flatMap((at) => [
    { at, byAbort: false, inAdvance: at === 0 },
    { at, byAbort: true, inAdvance: false },
  ]);
}

/** Room that ends before the first byte, at each of the first writes, and just before the last byte. */
function roomsBelow(sizeBytes: number): number[] {
  const rooms = [0, 1, 4_096, MIB - 1, MIB, 4 * MIB, 5 * MIB, sizeBytes - 1];
  if (isLong) for (let room = 99_991; room < sizeBytes; room += 99_991) rooms.push(room);
  return rooms;
}

const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
