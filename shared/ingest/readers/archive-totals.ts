/** What an archive comes to as a whole, members that were unpacked already included. */
import { archiveLimit } from './file-faults.ts';
import { RATIO_FREE_BYTES } from './limits.ts';
import type { FileFault, ReadLimits } from './reader.ts';

/** A fault of the archive and not of one member: none of its members is kept. */
export const isOfArchive = (fault: FileFault): boolean =>
  fault.code === 'archive_limit' && fault.params['limit'] === 'total_ratio';

/** @throws FileFault archive_limit when all members together are too large against the bytes of the archive itself */
export function assertTotal(totalBytes: number, archiveBytes: number, limits: ReadLimits): void {
  if (totalBytes > RATIO_FREE_BYTES && totalBytes > archiveBytes * limits.maxRatio)
    throw archiveLimit('total_ratio', limits.maxRatio);
}
