/**
 * Whatever is wrong inside a file is the file's own fault, by type: an error of any other kind would be tried again for
 * ever.
 */
import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../../scripts/make-month/random.ts';
import { detectFormat } from '../../../shared/ingest/detect-format.ts';
import { handlerFor } from '../../../shared/ingest/readers/index.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import { goodFiles } from '../../support/formats/hostile-files.ts';
import { readPath, withFile } from './reading.ts';
import { isLong } from '../../support/long.ts';

const FILES_OF_A_FORMAT = isLong ? 200 : 12;
const limits = { ...DEFAULT_READ_LIMITS, maxInflatedBytes: 64 * 1024 * 1024, maxRows: 200_000 };

/** A good file cut short, with bytes changed, or both. */
function damaged(good: Uint8Array, seed: number): Buffer {
  const random = createRandom(seed);
  const below = (max: number): number => Math.floor(random.next() * max);
  const kind = below(3);
  const bytes = Buffer.from(kind === 0 ? good : good.subarray(0, 1 + below(good.length)));
  for (let flips = kind === 1 ? 0 : 1 + below(12); flips > 0; flips--) bytes[below(bytes.length)] = below(256);
  return bytes;
}

async function read(path: string, folder: string): Promise<void> {
  const signal = new AbortController().signal;
  const options = { limits, signal, onBytes: () => {} };
  const handler = handlerFor(await detectFormat(path, options));
  if (handler.kind === 'tables') return void (await readPath(path, { limits }));
  const unpacked = join(folder, 'members');
  await mkdir(unpacked);
  try {
    for await (const item of (await handler.load()).extract(path, unpacked, options)) assert.ok(item.memberPath !== '');
  } finally {
    await rm(unpacked, { recursive: true });
  }
}

describe('a damaged file', function () {
  this.timeout(300_000);
  let good: Awaited<ReturnType<typeof goodFiles>>;

  before(async () => {
    good = await goodFiles();
  });

  for (let format = 0; format < 16; format++) {
    it(`is read, or refused as the file's own fault: sample ${format + 1}, damaged in ${FILES_OF_A_FORMAT} ways`, async () => {
      const { name, content } = good[format]!;
      const raw: string[] = [];
      for (let seed = 1; seed <= FILES_OF_A_FORMAT; seed++) {
        try {
          await withFile(damaged(content, seed), read);
        } catch (error) {
          if (!(error instanceof Error && error.name === 'FileFault'))
            raw.push(`${name}, seed ${seed}: ${String(error)}`);
        }
      }
      assert.deepEqual(raw, []);
    });
  }
});
