/**
 * A reader child that is up before its file is there. Starting Node and loading the readers takes longer than reading a
 * small file. It is one child for one file as any other, with the same caps and the same fences: what it may read is
 * one path, in a folder of its own, and the file is copied there.
 */
import { realpathSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../../logger.ts';
import type { LocalFile } from '../../storage/file-store.ts';
import type { SpoolFolder } from '../../storage/spool-folder.ts';
import { defaultCaps, isOfCommonKind } from './isolation.ts';
import { type ReaderProcess, type ReaderUse, startReader, type StartedReader } from './reader-process.ts';

/** The caps of the spare are those of a file of this size; a larger one gains nothing that it would notice. */
export const SPARE_BYTES = 512 * 1024;

export interface SpareReader {
  /**
   * The child, and the path at which it finds the file; null: there is none, or it is not for this file. The next one
   * is started meanwhile.
   */
  take(file: SmallFile, use: ReaderUse): Promise<{ child: ReaderProcess; path: string } | null>;
  close(): Promise<void>;
}

export interface SmallFile {
  path: string;
  sizeBytes: number;
  /** its first bytes */
  head: Buffer;
}

interface Spare {
  reader: StartedReader;
  folder: LocalFile;
  path: string;
}

/** From the sources a child takes seconds to start, and a test that reads one file would start two. */
const PAYS = extname(fileURLToPath(import.meta.url)) === '.js';

/**
 * The first is started with the first file that it could have been for: who reads no files keeps no child. Without one
 * each file has its child started for it.
 * @param pays whether to keep one at all
 */
export function createSpareReader(spool: SpoolFolder, logger: Logger, pays = PAYS): SpareReader {
  let spare: Promise<Spare | null> | null = null;
  let closed = false;
  const used = new Set<LocalFile>();
  const onFault = (error: unknown) => logger.warn('there is no spare reader child', { error });

  async function start(): Promise<Spare | null> {
    try {
      const folder = await spool.newFolder();
      try {
        const path = join(realpathSync(folder.path), 'report');
        const access = { read: [path], write: [], makesCode: false };
        const reader = await startReader({ caps: defaultCaps(SPARE_BYTES), access });
        reader.warm();
        return { reader, folder, path };
      } catch (error) {
        await folder.release();
        throw error;
      }
    } catch (error) {
      onFault(error);
      return null;
    }
  }

  function prepare(): void {
    if (!closed && pays) spare ??= start();
  }

  async function discard({ reader, folder }: Spare): Promise<void> {
    await reader.kill();
    await folder.release();
  }

  return {
    async take({ path, sizeBytes, head }, use) {
      if (sizeBytes > SPARE_BYTES || !isOfCommonKind(head)) return null;
      // nobody else may take the same one while this one waits
      const waiting = spare;
      spare = null;
      if (waiting === null) {
        prepare();
        return null;
      }
      const taken = await waiting;
      if (taken === null) return null;
      try {
        if (!(await taken.reader.isUp())) throw new Error('the spare reader child has ended');
        await copyFile(path, taken.path);
      } catch (error) {
        onFault(error);
        await discard(taken);
        return null;
      } finally {
        prepare();
      }
      used.add(taken.folder);
      const child = taken.reader.use(use);
      return {
        path: taken.path,
        child: {
          ...child,
          async finish() {
            await child.finish();
            used.delete(taken.folder);
            await taken.folder.release();
          },
        },
      };
    },
    async close() {
      closed = true;
      const left = await spare;
      spare = null;
      if (left !== null) await discard(left);
      for (const folder of used) await folder.release();
    },
  };
}
