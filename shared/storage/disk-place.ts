/** Which folders may hold a storage; said at the start of a service, before anything is written. */
import { realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** File systems of the kernel: nothing is kept there, and some answer in ways no program expects. */
const KERNEL_FOLDERS = ['/proc', '/sys', '/dev'] as const;

/**
 * A sentence on why this folder cannot be a storage, or null. Links are followed; what does not exist yet is judged by
 * where it would be.
 */
export function unfitFolder(folder: string): string | null {
  let existing = folder;
  for (;;) {
    try {
      const real = join(realpathSync(existing), relative(existing, folder));
      const kernel = KERNEL_FOLDERS.find((root) => real === root || real.startsWith(`${root}/`));
      if (kernel !== undefined) return `${folder} lies in ${kernel}, which keeps no files; name a folder on a disk`;
      // a file in the place of a folder may go: it, too, is met at the first write
      return null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const parent = dirname(existing);
      if (code === 'ELOOP') return `${existing} is a link to itself`;
      // what may not be looked at, or fails now, is met at the first write, which says so
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || parent === existing) return null;
      existing = parent;
    }
  }
}
