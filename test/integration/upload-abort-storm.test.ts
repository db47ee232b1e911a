import assert from 'node:assert/strict';
import { pbkdf2 } from 'node:crypto';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { createChance } from '../support/reference/random.ts';

const UPLOAD_COUNT = 400;
const AT_ONCE = 100;
const SEED = 20_261_127;
const MIB = 1024 * 1024;

describe('hundreds of uploads of some MB that break off, storage file: on a slow disk', function () {
  this.timeout(240_000);
  let folder: string;
  let dropDatabase: () => Promise<void>;
  let db: Db;
  let api: InProcessApi;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-storm-'));
    const database = await createTestDatabase();
    dropDatabase = () => database.drop();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    api = await openTestApi({ DATABASE_URL: database.url, STORAGE_URL: `file:${folder}` });
  });

  after(async () => {
    await api.close();
    await db.destroy();
    await dropDatabase();
    await rm(folder, { recursive: true });
  });

  it('end no api and leave no bytes, rows, temporary files or open files', async () => {
    const token = api.client.token ?? '';
    const chance = createChance(SEED);
    const faults: unknown[] = [];
    const onFault = (error: unknown) => faults.push(error);
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.on('uncaughtException', onFault);
    const disk = slowDisk();
    try {
      for (let from = 0; from < UPLOAD_COUNT; from += AT_ONCE) {
        await Promise.all(
          Array.from({ length: AT_ONCE }, () =>
            breakOff(api.port, token, {
              bytes: chance.int(0, 3 * MIB),
              afterMs: chance.int(0, 150),
              isReset: chance.happens(0.5),
            }),
          ),
        );
        assert.equal((await fetch(`${api.url}/livez`)).status, 200);
      }
    } finally {
      await disk.end();
      process.off('uncaughtException', onFault);
      for (const listener of listeners) process.on('uncaughtException', listener);
    }
    assert.deepEqual(faults.map(String), []);
    await eventually(async () => assert.deepEqual(await filesIn(folder), []), { timeoutMs: 30_000 });
    await eventually(async () => assert.deepEqual(await openFilesIn(folder), []), { timeoutMs: 30_000 });
    assert.deepEqual(await db('uploaded_files').select('id'), []);
    assert.deepEqual(await db('processing_sessions').select('id'), []);
  });
});

/** Sends a part of an upload of 4 MiB, and goes. */
function breakOff(
  port: number,
  token: string,
  cut: { bytes: number; afterMs: number; isReset: boolean },
): Promise<void> {
  const lead =
    'POST /api/v1/files HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
    `Authorization: Bearer ${token}\r\nContent-Length: ${4 * MIB}\r\n\r\n` +
    '--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n';
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.write(lead);
      socket.write(Buffer.alloc(cut.bytes, 'x'));
      setTimeout(() => (cut.isReset ? socket.resetAndDestroy() : socket.end(() => socket.destroy())), cut.afterMs);
    });
    socket.on('error', () => undefined);
    // a server that reads no more lets no FIN through
    const timer = setTimeout(() => socket.destroy(), 2_000);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Whatever this process asks of a disk waits behind other work of the same threads. */
function slowDisk(): { end(): Promise<void> } {
  let isOver = false;
  const keepBusy = async () => {
    while (!isOver) await new Promise<void>((resolve) => pbkdf2('x', 'y', 20_000, 32, 'sha256', () => resolve()));
  };
  const busy = Array.from({ length: 6 }, keepBusy);
  return {
    async end() {
      isOver = true;
      await Promise.all(busy);
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function openFilesIn(folder: string): Promise<string[]> {
  const targets = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(folder));
}
