/**
 * Puts a file into a storage folder again and again while this process may write no more than so many bytes of it, and
 * prints what became of each put as JSON. A process of its own: the limit of the system (RLIMIT_FSIZE), at which a
 * write really ends short and the next one fails, holds for everything that it writes.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDiskStore } from '../../shared/storage/disk-store.ts';
import { StorageUnavailableError } from '../../shared/storage/file-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import type { WithoutRoom } from '../contracts/file-store-contract.ts';

const [sizeBytes = 0, ...rooms] = process.argv.slice(2).join().split(',').map(Number);
const never = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'vhm24r-no-room-'));
const store = createDiskStore(folder);

/** The soft limit of this process; the hard one stays, so that it can be raised again. */
const leave = (bytes: number | 'unlimited') =>
  execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`]);

const put = (key: string) =>
  store.put(
    key,
    Readable.from(
      Array.from({ length: Math.ceil(sizeBytes / 65_536) }, (_, no) =>
        Buffer.alloc(Math.min(65_536, sizeBytes - no * 65_536)),
      ),
    ),
    never,
  );

async function filesIn(): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const outcomes: WithoutRoom[] = [];
for (const room of rooms) {
  leave(room);
  const reason = await put(newStorageKey('files')).then(
    () => 'stored',
    (error: unknown) => (error instanceof StorageUnavailableError ? error.reason : String(error)),
  );
  leave('unlimited');
  const left = await filesIn();
  const key = newStorageKey('files');
  const stored = await put(key);
  await store.remove(key);
  outcomes.push({ room, reason, left, goesOn: stored.sizeBytes === sizeBytes });
}
await rm(folder, { recursive: true });
process.stdout.write(JSON.stringify(outcomes));
