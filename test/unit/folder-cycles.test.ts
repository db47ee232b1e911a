import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderCycles } from '../../scripts/folder-cycles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('parts of the product', () => {
  it('know each other in one direction only', () => {
    assert.deepEqual(folderCycles(root), []);
  });

  it('are found where they know each other, by types and over several steps too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-parts-'));
    const plant = async (path: string, code: string): Promise<void> => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), `${code}\n`);
    };
    try {
      await plant('shared/a/deep/one.ts', "import type { Two } from '../../b/two.ts';");
      await plant('shared/b/two.ts', "export * from '../c/three.ts';");
      await plant('shared/c/three.ts', "export const three = () => import('../alone.ts');");
      assert.deepEqual(folderCycles(folder), []);
      await plant('shared/alone.ts', "import {\n  one,\n} from './a/one.ts';");
      assert.deepEqual(folderCycles(folder), [
        [
          'shared/a/deep/one.ts -> shared/b/two.ts',
          'shared/b/two.ts -> shared/c/three.ts',
          'shared/c/three.ts -> shared/alone.ts',
          'shared/alone.ts -> shared/a/one.ts',
        ],
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
