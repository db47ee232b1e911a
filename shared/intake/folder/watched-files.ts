/** What lies in the watched folder, and which of it stands still. Plain looking: network shares send no events. */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DoorFinding } from '../door.ts';

/** A file as it lies there; any of these differs as soon as it is another or was written to. */
export interface WatchedFile {
  name: string;
  inode: bigint;
  sizeBytes: bigint;
  mtimeNs: bigint;
}

/** Where files are put away; not looked into. */
export const PUT_AWAY = ['processed', 'failed'] as const;
export type PutAway = (typeof PUT_AWAY)[number];

/** Names under which programs keep what is not finished, and what Windows hides by an attribute. */
const UNFINISHED = /\.(?:part|tmp|partial|filepart|crdownload)$|^(?:~\$|\.)|^(?:thumbs\.db|desktop\.ini)$/i;

export function isNeverTaken(name: string): boolean {
  return UNFINISHED.test(name);
}

export function describeFile(name: string, stats: BigIntStats): WatchedFile {
  return { name, inode: stats.ino, sizeBytes: stats.size, mtimeNs: stats.mtimeNs };
}

export function isSameFile(a: WatchedFile, b: WatchedFile): boolean {
  return a.inode === b.inode && a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs;
}

/**
 * @returns files that may be taken by their name, oldest name first, and what is left alone
 * @throws what the system says of the folder itself
 */
export async function lookInto(folder: string): Promise<{ files: WatchedFile[]; findings: DoorFinding[] }> {
  const files: WatchedFile[] = [];
  const findings: DoorFinding[] = [];
  for (const bytes of await readdir(folder, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    if ((PUT_AWAY as readonly string[]).includes(name) || isNeverTaken(name)) continue;
    // bytes that are no UTF-8 cannot be told to anybody, nor found again by their text
    if (!Buffer.from(name, 'utf8').equals(bytes)) {
      findings.push({ code: 'name_unreadable', subject: name });
      continue;
    }
    let stats: BigIntStats;
    try {
      stats = await lstat(join(folder, name), { bigint: true });
    } catch (error) {
      // it went between the two questions
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    if (stats.isFile()) files.push(describeFile(name, stats));
    else
      findings.push({
        code: stats.isSymbolicLink() ? 'symlink' : stats.isDirectory() ? 'directory' : 'special_file',
        subject: name,
      });
  }
  return { files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)), findings };
}

/** Remembers how long each file has been as it is; a new process begins anew. */
export function createStillness(stillMs: number) {
  let seen = new Map<string, { file: WatchedFile; since: number }>();
  return {
    /** Those that have not changed for long enough. */
    stillFiles(files: readonly WatchedFile[], nowMs = performance.now()): WatchedFile[] {
      const now = new Map<string, { file: WatchedFile; since: number }>();
      for (const file of files) {
        const before = seen.get(file.name);
        now.set(file.name, before !== undefined && isSameFile(before.file, file) ? before : { file, since: nowMs });
      }
      seen = now;
      return files.filter(({ name }) => nowMs - (now.get(name)?.since ?? nowMs) >= stillMs);
    },
  };
}
