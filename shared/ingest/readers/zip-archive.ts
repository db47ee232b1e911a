/** A zip whose members are reports. Each good member comes out, each bad one with its own code (api.md section 4). */
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, ArchiveOptions } from './archive.ts';
import { assertTotal, isOfArchive } from './archive-totals.ts';
import { archiveLimit } from './file-faults.ts';
import { assertHarmlessPath, isSystemMember, shownPath } from './member-names.ts';
import { assertNotNested } from './nested-archives.ts';
import { FileFault } from './reader.ts';
import { openZip, type ZipContainer, type ZipEntry } from './zip-container.ts';

export const zipArchive: Archive = {
  format: 'zip',
  async *extract(path, outDir, options) {
    const zip = await openZip(path, options.limits);
    try {
      const members = zip.entries.filter((entry) => !entry.isDirectory && !isSystemMember(entry.name));
      if (members.length === 0) throw new FileFault('empty_file');
      if (members.length > options.limits.maxMembers) throw archiveLimit('members', options.limits.maxMembers);
      const archiveBytes = (await stat(path)).size;
      let totalBytes = 0;
      const seen = new Set<string>();
      let finishedBytes = 0;
      for (const [index, member] of members.entries()) {
        options.signal.throwIfAborted();
        const memberPath = shownPath(member.name);
        const target = join(outDir, `m${index}`);
        try {
          assertReadable(member, seen);
          const sizeBytes = await unpack(zip, member, target, options, finishedBytes);
          totalBytes += sizeBytes;
          assertTotal(totalBytes, archiveBytes, options.limits);
          await assertNotNested(target, options);
          yield { memberPath, path: target, sizeBytes };
        } catch (error) {
          // what the archive comes to as a whole is the fault of all of it: members that are out already go too
          if (!(error instanceof FileFault) || isOfArchive(error)) throw error;
          await rm(target, { force: true });
          yield { memberPath, fault: error };
        }
        finishedBytes += member.compressedBytes;
      }
    } finally {
      zip.close();
    }
  },
};

function assertReadable(member: ZipEntry, seen: Set<string>): void {
  assertHarmlessPath(member.name);
  if (member.isSymbolicLink) throw new FileFault('archive_link');
  const key = member.name.normalize('NFC').toLowerCase();
  if (seen.has(key)) throw new FileFault('archive_duplicate');
  seen.add(key);
  if (member.isEncrypted) throw new FileFault('encrypted');
}

async function unpack(
  zip: ZipContainer,
  member: ZipEntry,
  target: string,
  options: ArchiveOptions,
  finishedBytes: number,
): Promise<number> {
  const handle = await open(target, 'wx', 0o600);
  let sizeBytes = 0;
  try {
    const chunks = zip.read(member, {
      maxBytes: options.limits.maxMemberBytes,
      onCompressedBytes: (consumed) => options.onBytes(finishedBytes + consumed),
    });
    for await (const chunk of chunks) {
      options.signal.throwIfAborted();
      await handle.writeFile(chunk);
      sizeBytes += chunk.length;
    }
  } finally {
    await handle.close();
  }
  return sizeBytes;
}
