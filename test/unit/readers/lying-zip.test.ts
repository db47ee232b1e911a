import assert from 'node:assert/strict';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';
import { createRandom } from '../../../scripts/make-month/random.ts';
import { DEFAULT_READ_LIMITS } from '../../../shared/ingest/readers/limits.ts';
import { FileFault } from '../../../shared/ingest/readers/reader.ts';
import { zipArchive } from '../../../shared/ingest/readers/zip-archive.ts';
import { isLong } from '../../support/long.ts';
import { withFile } from './reading.ts';

const CONTENT = { 'a.csv': 'x'.repeat(300), 'b.csv': 'y;1\n'.repeat(50), 'dir/c.csv': '3' };
const WHOLE_BYTES = Object.values(CONTENT).join('').length;
const LIES = [
  [0],
  [1],
  [0xff],
  [0x7f],
  [0, 0],
  [0xff, 0xff],
  [0xff, 0xff, 0xff, 0x7f],
  [0xff, 0xff, 0xff, 0xff],
  Array.from({ length: 8 }, () => 0),
  Array.from({ length: 8 }, () => 0xff),
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0],
  [0, 0, 0, 0, 1, 0, 0, 0],
] as [number[], ...number[][]];

/** The large form has sizes and places of eight bytes, in extra fields and in a record of its own at the end. */
async function honestZip(isLarge: boolean): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(CONTENT))
    zip.addBuffer(Buffer.from(content), name, { forceZip64Format: isLarge, compress: name !== 'b.csv' });
  zip.end({ forceZip64Format: isLarge, comment: '' });
  return buffer(zip.outputStream);
}

/** Of four bytes one, in a run that has no time for more. */
const STEP = isLong ? 1 : 4;

/** Bytes that came out, in files and in what was told. */
function extract(zip: Buffer): Promise<{ told: number; written: number }> {
  return withFile(zip, async (path, folder) => {
    const outDir = join(folder, 'out');
    await mkdir(outDir);
    const options = {
      limits: { ...DEFAULT_READ_LIMITS, maxInflatedBytes: 100_000, maxMemberBytes: 50_000 },
      signal: new AbortController().signal,
      onBytes: () => {},
    };
    let told = 0;
    for await (const item of zipArchive.extract(path, outDir, options))
      told += item.fault === undefined ? item.sizeBytes : 0;
    let written = 0;
    for (const name of await readdir(outDir)) written += (await readFile(join(outDir, name))).length;
    return { told, written };
  });
}

describe('a zip whose writer lies', function () {
  this.timeout(isLong ? 600_000 : 60_000);

  for (const isLarge of [false, true]) {
    it(`at any byte of the ${isLarge ? 'large' : 'small'} form gives a code, or no more than it holds`, async () => {
      const honest = await honestZip(isLarge);
      assert.deepEqual(await extract(honest), { told: WHOLE_BYTES, written: WHOLE_BYTES });
      const random = createRandom(Number(process.env['TEST_SEED'] ?? 20_261_127));
      let refused = 0;
      for (let place = random.int(0, STEP - 1); place < honest.length; place += STEP) {
        for (const lie of isLong ? LIES : [random.pick(LIES)]) {
          const lying = Buffer.from(honest);
          Buffer.from(lie).copy(lying, place);
          if (lying.equals(honest)) continue;
          try {
            const { told, written } = await extract(lying);
            assert.ok(told <= WHOLE_BYTES && written <= WHOLE_BYTES, `${told} and ${written} bytes`);
          } catch (error) {
            assert.ok(error instanceof FileFault, `byte ${place}, ${lie.join()}: ${String(error)}`);
            refused += 1;
          }
        }
      }
      assert.ok(refused > honest.length / STEP / 10, `${refused} were refused as a whole`);
    });
  }
});
