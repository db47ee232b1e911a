/** Files of a folder that nobody writes any more: their size and time stood still between two looks. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Unfinished, hidden, or another program's own. */
const LEFT_ALONE = /^\.|^~\$|\.(?:part|tmp|crdownload)$/i;

export interface Look {
  /** seen as they are for the second time and not taken yet */
  ready: string[];
  /** whether anything is there that may become ready */
  waiting: boolean;
}

export interface Watched {
  look(): Promise<Look>;
  /** They are not ready again until they change. */
  take(paths: readonly string[]): void;
}

export function watchFolder(folder: string): Watched {
  let seen = new Map<string, string>();
  const taken = new Map<string, string>();
  return {
    async look() {
      const now = new Map<string, string>();
      for (const entry of await readdir(folder, { withFileTypes: true })) {
        if (!entry.isFile() || LEFT_ALONE.test(entry.name)) continue;
        const path = join(folder, entry.name);
        const found = await stat(path).catch(() => null);
        if (found !== null && found.size > 0) now.set(path, `${found.size} ${found.mtimeMs}`);
      }
      const open = [...now].filter(([path, mark]) => taken.get(path) !== mark);
      const ready = open.filter(([path, mark]) => seen.get(path) === mark).map(([path]) => path);
      seen = now;
      return { ready: ready.toSorted(), waiting: open.length > ready.length };
    },
    take(paths) {
      for (const path of paths) taken.set(path, seen.get(path) ?? '');
    },
  };
}
