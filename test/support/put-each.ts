import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { StorageUnavailableError, type FileStore } from '../../shared/storage/file-store.ts';
import { newStorageKey } from '../../shared/storage/storage-key.ts';
import type { WithoutRoom } from '../contracts/file-store-contract.ts';

const PIECE = 65_536;
const never = new AbortController().signal;

/**
 * Puts a file where room is left for each of `rooms` bytes, and again where there is enough.
 * @param leave makes so much room; null: as much as there is
 * @param remains all that the store holds
 */
export async function putEach(
  store: FileStore,
  sizeBytes: number,
  rooms: readonly number[],
  leave: (room: number | null) => Promise<void>,
  remains: () => Promise<string[]>,
): Promise<WithoutRoom[]> {
  const put = async (key: string) => {
    const pieces = Array.from({ length: Math.ceil(sizeBytes / PIECE) }, (_, no) =>
      // nothing that could be packed: the room is told in the file's own bytes
      randomBytes(Math.min(PIECE, sizeBytes - no * PIECE)),
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
