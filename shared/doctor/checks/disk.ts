import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { diskCodes } from '../codes/disk.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

const WARN_SHARE = 0.9;
const FULL_SHARE = 0.98;

export const diskCheck: AreaCheck = {
  area: 'disk',
  needs: [],
  codes: diskCodes,
  async run(context, ladder) {
    const storage = context.env['STORAGE_URL'] ?? '';
    const folders = [
      tmpdir(),
      join(context.projectRoot, '.data'),
      ...(storage.startsWith('file:') ? [resolve(storage.replace(/^file:(\/\/(?=\/))?/, ''))] : []),
    ];
    await ladder.rung('disk.space', async () => {
      const spaces = await Promise.all(
        [...new Set(folders.map(nearestThatExists))].map(async (folder) => {
          const { blocks, bfree, bavail, bsize } = await statfs(folder);
          return { folder, blocks, bfree, bavail, bsize };
        }),
      );
      const { code, fullest, facts } = checkSpace(spaces);
      if (code === 'disk.full') throw new Trouble(code, fullest);
      if (code !== null) ladder.note(code, fullest);
      return facts;
    });
  },
};

export interface Space {
  folder: string;
  blocks: number;
  bfree: number;
  bavail: number;
  bsize: number;
}

/** Judges the fullest of them as df does: what is kept for root is neither used nor free. */
export function checkSpace(spaces: readonly Space[]): {
  code: 'disk.full' | 'disk.nearly_full' | null;
  fullest: string;
  facts: string;
} {
  const fullestFirst = spaces
    .filter(({ blocks }) => blocks > 0)
    .map(({ folder, blocks, bfree, bavail, bsize }) => {
      const share = (blocks - bfree) / (blocks - bfree + bavail);
      return {
        share,
        fact: `${folder} used=${Math.round(share * 100)}% free=${Math.round((bavail * bsize) / 1_048_576)}MiB`,
      };
    })
    .toSorted((a, b) => b.share - a.share);
  const share = fullestFirst[0]?.share ?? 0;
  return {
    code: share >= FULL_SHARE ? 'disk.full' : share >= WARN_SHARE ? 'disk.nearly_full' : null,
    fullest: fullestFirst[0]?.fact ?? '',
    facts: fullestFirst.map(({ fact }) => fact).join('; '),
  };
}

function nearestThatExists(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThatExists(dirname(folder));
}
