/**
 * rar 4 and 5 by unrar itself, compiled to WebAssembly. Members are written under names of our own, one after another,
 * below the child's cap on the size of a file; headers may lie about sizes, so what came out is measured.
 */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createExtractorFromFile, UnrarError, type FileHeader } from 'node-unrar-js';
import type { Archive, ArchiveItem, ArchiveOptions } from './archive.ts';
import { archiveLimit, badFile } from './file-faults.ts';
import { RATIO_FREE_BYTES } from './limits.ts';
import { assertTotal, isOfArchive } from './archive-totals.ts';
import { assertHarmlessPath, isSystemMember, shownPath } from './member-names.ts';
import { assertNotNested } from './nested-archives.ts';
import { findRarLinks } from './rar-links.ts';
import { FileFault } from './reader.ts';

interface Member {
  /** among all headers of the archive, folders included */
  headerIndex: number;
  header: FileHeader;
  memberPath: string;
  file: string;
  /** known before anything is unpacked */
  fault: FileFault | null;
}

export const rarArchive: Archive = {
  format: 'rar',
  async *extract(path, outDir, options) {
    const members = await examine(path, options);
    const faults = new Map<number, FileFault>();
    let next = 0;
    while (next < members.length) {
      // One pass unpacks all; a member that fails ends unrar's pass, and the next pass goes on behind it.
      const unpacked = unpackFrom(path, outDir, members, next);
      try {
        for await (const headerIndex of unpacked) {
          while (next < members.length && members[next]!.headerIndex <= headerIndex)
            yield await itemOf(members[next++]!, outDir, options, null);
        }
        while (next < members.length) yield await itemOf(members[next++]!, outDir, options, null);
      } catch (error) {
        const fault = asFault(error);
        if (!(fault instanceof FileFault)) throw error;
        const failed = members.findIndex((member, index) => index >= next && member.fault === null);
        if (failed < 0) throw fault;
        faults.set(failed, fault);
        while (next <= failed) {
          yield await itemOf(members[next]!, outDir, options, faults.get(next) ?? null);
          next++;
        }
      }
    }
  },
};

async function examine(path: string, options: ArchiveOptions): Promise<Member[]> {
  const { limits } = options;
  const headers = await listed(path);
  const links = await findRarLinks(path);
  const members = headers
    .map((header, headerIndex) => ({ headerIndex, header, name: header.name.replaceAll('\\', '/') }))
    .filter(({ header, name }) => !header.flags.directory && !isSystemMember(name));
  if (members.length === 0) throw new FileFault('empty_file');
  if (members.length > limits.maxMembers) throw archiveLimit('members', limits.maxMembers);
  const seen = new Set<string>();
  const archiveBytes = await sizeOf(path);
  let totalBytes = 0;
  return members.map(({ headerIndex, header, name }, index) => {
    const fault = faultOf(() => {
      assertHarmlessPath(name);
      if (links.has(headerIndex)) throw new FileFault('archive_link');
      const key = name.normalize('NFC').toLowerCase();
      if (seen.has(key)) throw new FileFault('archive_duplicate');
      seen.add(key);
      if (header.flags.encrypted) throw new FileFault('encrypted');
      if (header.unpSize > limits.maxMemberBytes) throw archiveLimit('member_size', limits.maxMemberBytes);
      if (header.unpSize > RATIO_FREE_BYTES && header.unpSize > header.packSize * limits.maxRatio)
        throw archiveLimit('ratio', limits.maxRatio);
      totalBytes += header.unpSize;
      assertTotal(totalBytes, archiveBytes, limits);
      if (totalBytes > limits.maxInflatedBytes) throw archiveLimit('inflated', limits.maxInflatedBytes);
    });
    return { headerIndex, header, memberPath: shownPath(name), file: `m${index}`, fault };
  });
}

function faultOf(check: () => void): FileFault | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof FileFault && !isOfArchive(error)) return error;
    throw error;
  }
}

async function listed(path: string): Promise<FileHeader[]> {
  try {
    const extractor = await createExtractorFromFile({ filepath: path });
    return [...extractor.getFileList().fileHeaders];
  } catch (error) {
    throw asFault(error);
  }
}

/** Unpacks the good members from this one on; yields the headerIndex of each when it is on disk. */
async function* unpackFrom(
  path: string,
  outDir: string,
  members: readonly Member[],
  from: number,
): AsyncGenerator<number, void, undefined> {
  const wanted = new Map(
    members.slice(from).flatMap((member) => (member.fault === null ? [[member.headerIndex, member] as const] : [])),
  );
  if (wanted.size === 0) return;
  let headerIndex = -1;
  const extractor = await createExtractorFromFile({
    filepath: path,
    targetPath: outDir,
    filenameTransform: () => wanted.get(headerIndex)?.file ?? 'unwanted',
  });
  const { files } = extractor.extract({ files: () => wanted.has(++headerIndex) });
  for (const _file of files) yield headerIndex;
}

async function itemOf(
  member: Member,
  outDir: string,
  options: ArchiveOptions,
  failure: FileFault | null,
): Promise<ArchiveItem> {
  options.signal.throwIfAborted();
  const { memberPath, header } = member;
  const path = join(outDir, member.file);
  try {
    const fault = member.fault ?? failure;
    if (fault !== null) throw fault;
    const sizeBytes = await sizeOf(path);
    if (sizeBytes !== header.unpSize) throw badFile('damaged');
    await assertNotNested(path, options);
    return { memberPath, path, sizeBytes };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    await rm(path, { force: true });
    return { memberPath, fault: error };
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw badFile('damaged');
    throw error;
  }
}

function asFault(error: unknown): unknown {
  // The next volume of a split archive, which unrar looks for beside this one.
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT') return badFile('truncated');
  if (!(error instanceof UnrarError)) return error;
  if (error.reason === 'ERAR_MISSING_PASSWORD' || error.reason === 'ERAR_BAD_PASSWORD')
    return new FileFault('encrypted');
  if (error.reason === 'ERAR_NO_MEMORY') return new FileFault('parser_memory');
  return badFile(error.reason === 'ERAR_EREAD' || error.reason === 'ERAR_BAD_ARCHIVE' ? 'truncated' : 'damaged');
}
