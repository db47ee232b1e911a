import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { receiveUpload } from '../../api/multipart.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import type { FileStore } from '../../shared/storage/file-store.ts';
import { createPostgresStore } from '../../shared/storage/postgres-store.ts';
import { createS3Client } from '../../shared/storage/s3-client.ts';
import { createS3Store } from '../../shared/storage/s3-store.ts';
import { readS3Url } from '../../shared/storage/s3-url.ts';
import { createSpoolFolder } from '../../shared/storage/spool-folder.ts';
import { removeStored, storeFile, type IncomingFile, type StoredUpload } from '../../shared/uploads/store-file.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { openS3StandIn } from '../support/s3-stand-in.ts';

const limits = { maxFileBytes: 1024 * 1024, maxFiles: 3 };
const part = (name: string, text: string) =>
  '--b\r\nContent-Disposition: form-data; name="files"; filename="' +
  `${name}"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n`;
const body = Buffer.from(`${part('a.csv', 'order;amount\n1;2')}${part('b.csv', 'x')}--b--\r\n`);
const whole = Buffer.concat([
  Buffer.from(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: ' +
      `${body.length}\r\n\r\n`,
  ),
  body,
]);

interface Place {
  store: FileStore;
  /** names of all that is stored, finished or not */
  left(): Promise<string[]>;
  close(): Promise<void>;
}

async function disk(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-aborts-'));
  const left = async () => {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    return found.filter((entry) => entry.isFile()).map(({ name }) => name);
  };
  return { store: createDiskStore(folder), left, close: () => rm(folder, { recursive: true }) };
}

async function database(): Promise<Place> {
  const created = await createTestDatabase();
  const db = createDatabase({ url: created.url, poolMax: 4, applicationName: 'test', logger: createSilentLogger() });
  const spool = createSpoolFolder();
  return {
    store: createPostgresStore(db, spool),
    left: async () => (await db('file_chunks').select('storage_key')).map((row) => String(row.storage_key)),
    async close() {
      await spool.close();
      await db.destroy();
      await created.drop();
    },
  };
}

async function bucket(): Promise<Place> {
  const server = await openS3StandIn('reports');
  const spool = createSpoolFolder();
  const options = readS3Url(`s3://reports?endpoint=${encodeURIComponent(server.url)}`, server.env);
  return {
    store: createS3Store(createS3Client(options), '', spool),
    left: async () => [...server.objects.keys()],
    close: async () => {
      await spool.close();
      await server.close();
    },
  };
}

/** No more of the service than the body meets. */
const uploadsInto = (store: FileStore) => ({
  limits,
  store: (file: IncomingFile, signal: AbortSignal) => storeFile(store, file, { limits, signal }),
  discard: (stored: readonly StoredUpload[]) => removeStored(store, stored),
});

for (const [name, open] of [
  ['file:', disk],
  ['postgres:', database],
  ['s3:', bucket],
] as const) {
  describe(`a client that goes away while it sends, storage ${name}`, function () {
    this.timeout(90_000);

    for (const how of ['FIN', 'RST'] as const) {
      it(`leaves nothing and ends nothing, at every byte of the body (${how})`, async () => {
        const place = await open();
        let running = 0;
        const faults: unknown[] = [];
        const onFault = (error: unknown) => faults.push(error);
        const app = express();
        app.post('/', (request, response) => {
          running += 1;
          void receiveUpload(request, response, uploadsInto(place.store))
            .then(
              async ({ files }) => {
                for (const file of files) await place.store.remove(file.storageKey);
                response.sendStatus(200);
              },
              () => response.destroy(),
            )
            .finally(() => (running -= 1));
        });
        const server = app.listen(0, '127.0.0.1');
        const listeners = process.listeners('uncaughtException');
        process.removeAllListeners('uncaughtException');
        process.on('uncaughtException', onFault);
        try {
          await new Promise((resolve) => server.once('listening', resolve));
          const { port } = server.address() as { port: number };
          for (let from = 0; from < whole.length; from += 16) {
            const ends = [];
            for (let at = from; at < Math.min(whole.length, from + 16); at++)
              ends.push(sendAndGo(port, whole.subarray(0, at), how));
            await Promise.all(ends);
          }
          await eventually(() => assert.equal(running, 0), { timeoutMs: 20_000 });
          await eventually(async () => assert.deepEqual(await place.left(), []), { timeoutMs: 10_000 });
          assert.deepEqual(faults, []);
        } finally {
          process.off('uncaughtException', onFault);
          for (const listener of listeners) process.on('uncaughtException', listener);
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
          await place.close();
        }
      });
    }
  });
}

function sendAndGo(port: number, bytes: Buffer, how: 'FIN' | 'RST'): Promise<void> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.write(bytes, () => {
        // some go at once, some when the server has had time to begin
        const go = () => (how === 'FIN' ? socket.end(() => socket.destroy()) : socket.resetAndDestroy());
        if (bytes.length % 2 === 0) go();
        else setImmediate(() => setImmediate(go));
      });
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}
