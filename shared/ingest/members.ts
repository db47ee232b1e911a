/** Members of an archive and sheets of a workbook with several sources: each becomes a file of the session. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline, Readable, Transform } from 'node:stream';
import { newStorageKey } from '../storage/storage-key.ts';
import { runExtract } from './child/run-reader.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { MemberFile } from './finish-file.ts';
import type { SheetFile } from './plan.ts';
import type { ProcessDeps } from './process-deps.ts';
import { DEFAULT_READ_LIMITS } from './readers/limits.ts';

const EMPTY_SHA256 = createHash('sha256').digest('hex');

/** Unpacks into a private folder and stores each good member; the bad ones come back with their fault. */
export async function unpackArchive(
  deps: ProcessDeps,
  file: ClaimedFile,
  path: string,
  signal: AbortSignal,
): Promise<MemberFile[]> {
  const folder = await deps.spool.newFolder();
  const members: MemberFile[] = [];
  const overrides = file.overrides.source === undefined ? {} : { source: file.overrides.source };
  try {
    await runExtract({
      path,
      sizeBytes: file.sizeBytes,
      limits: DEFAULT_READ_LIMITS,
      caps: deps.readerCaps,
      signal,
      outDir: folder.path,
      onStderr: (tail) => deps.logger.warn('reader child wrote', { tail }),
      async onMember(member) {
        const base = {
          id: randomUUID(),
          name: baseName(member.memberPath),
          memberPath: member.memberPath,
          storageKey: newStorageKey('files'),
          overrides,
        };
        if (member.fault !== null) {
          // its bytes are not kept; an empty object stands for them, so that no row points to nothing
          await deps.store.put(base.storageKey, Readable.from([]), signal);
          members.push({ ...base, sizeBytes: 0, sha256: EMPTY_SHA256, fault: member.fault });
          return;
        }
        const hash = createHash('sha256');
        const hashing = new Transform({
          transform(chunk: Buffer, _encoding, done) {
            hash.update(chunk);
            done(null, chunk);
          },
        });
        // each end ends the other; what went wrong is met where the store reads
        const hashed = pipeline(createReadStream(member.path), hashing, () => undefined);
        const { sizeBytes } = await deps.store.put(base.storageKey, hashed, signal);
        await rm(member.path, { force: true });
        members.push({ ...base, sizeBytes, sha256: hash.digest('hex'), fault: null });
      },
    });
    return members;
  } catch (error) {
    await Promise.allSettled(members.map((member) => deps.store.remove(member.storageKey)));
    throw error;
  } finally {
    await folder.release();
  }
}

function baseName(memberPath: string): string {
  const parts = memberPath.split(/[/\\]/).filter((part) => part !== '');
  return parts.at(-1) ?? memberPath;
}

/** One file per sheet; all of them share the workbook's bytes. */
export function sheetMembers(file: ClaimedFile, parts: readonly SheetFile[]): MemberFile[] {
  return parts.map(({ source, sheet }) => ({
    id: randomUUID(),
    name: file.name,
    memberPath: sheet ?? '',
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    storageKey: file.storageKey,
    overrides: { ...file.overrides, ...(source === null ? {} : { source }), ...(sheet === null ? {} : { sheet }) },
    fault: null,
  }));
}
