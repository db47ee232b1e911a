import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes compiled files whose source is gone: tsc leaves them, and the table of a later release must not be able to
 * find them. `kept` are folders of dist that tsc does not make.
 */
export function removeOrphans(dist: string, root: string, kept: readonly string[]): void {
  for (const entry of readdirSync(dist, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!kept.includes(entry.name)) removeOrphans(join(dist, entry.name), join(root, entry.name), []);
      continue;
    }
    const source = entry.name.match(/^(.+)\.js(\.map)?$/)?.[1];
    if (source !== undefined && !existsSync(join(root, `${source}.ts`))) rmSync(join(dist, entry.name));
  }
}
