import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A value that changes when a file below these paths is added, removed or saved. Names, sizes and times only: reading
 * all would take longer than most builds.
 */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addPath(hash, root, path);
  return hash.digest('hex');
}

function addPath(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const full = join(root, path);
  if (!existsSync(full)) return;
  const found = statSync(full);
  if (found.isDirectory()) {
    for (const name of readdirSync(full).toSorted()) {
      if (name !== 'node_modules') addPath(hash, root, join(path, name));
    }
  } else {
    hash.update(`${path}\0${found.size}\0${found.mtimeMs}\n`);
  }
}
