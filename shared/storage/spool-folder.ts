/**
 * A private folder of this process for files that must be on disk for a while. A process that was killed leaves its
 * folder behind; the next start of any service on this machine removes the folders whose process is gone.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { diskFault, makeFolder, onDisk } from './disk-faults.ts';
import { holdErrors, type LocalFile } from './file-store.ts';

const FOLDER = /^vhm24r-spool-(\d+)-/;

export interface SpoolFolder {
  /** The folder, made on first use. */
  path(): Promise<string>;
  /** A path for a new file in it; release() removes the file. */
  newFile(): Promise<LocalFile>;
  /** A new folder inside, e.g. for the members of an archive; release() removes it with all it holds. */
  newFolder(): Promise<LocalFile>;
  /** Removes what dead processes left; returns how many folders went. */
  removeLeftovers(): Promise<number>;
  close(): Promise<void>;
}

export function createSpoolFolder(parent: string = tmpdir()): SpoolFolder {
  let made: Promise<string> | null = null;
  const path = () => {
    made ??= onDisk(makeFolder(parent).then(() => mkdtemp(join(parent, `vhm24r-spool-${process.pid}-`)))).catch(
      (error: unknown) => {
        // no folder now is no reason to have none later
        made = null;
        throw error;
      },
    );
    return made;
  };
  async function localAt(name: string): Promise<LocalFile> {
    const full = join(await path(), name);
    return { path: full, release: () => rm(full, { recursive: true, force: true }) };
  }
  return {
    path,
    newFile: () => localAt(randomUUID()),
    async newFolder() {
      const local = await localAt(randomUUID());
      await onDisk(mkdir(local.path, { mode: 0o700 }));
      return local;
    },
    async removeLeftovers() {
      let removedCount = 0;
      for (const name of await readdir(parent).catch(() => [])) {
        const pid = Number(FOLDER.exec(name)?.[1]);
        if (!Number.isInteger(pid) || pid === process.pid || isAlive(pid)) continue;
        await rm(join(parent, name), { recursive: true, force: true });
        removedCount += 1;
      }
      return removedCount;
    },
    async close() {
      const folder = await made?.catch(() => null);
      if (folder !== null && folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // somebody else's process is alive, too
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Copies a stream into a new file of the folder. When it fails nothing is left; no room there is a fault of the
 * storage.
 */
export async function spoolCopy(spool: SpoolFolder, source: Readable, signal: AbortSignal): Promise<LocalFile> {
  holdErrors(source);
  let local: LocalFile | null = null;
  try {
    local = await spool.newFile();
    await pipeline(source, createWriteStream(local.path, { flags: 'wx', mode: 0o600 }), { signal });
    return local;
  } catch (error) {
    source.destroy();
    await local?.release();
    throw signal.aborted ? signal.reason : diskFault(error);
  }
}
