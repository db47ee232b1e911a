import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createSpareReader, SPARE_BYTES, type SpareReader } from '../../shared/ingest/child/spare-reader.ts';
import { FileFault } from '../../shared/ingest/readers/reader.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createSpoolFolder, type SpoolFolder } from '../../shared/storage/spool-folder.ts';
import { childReadings, hwCsv } from '../support/read-by-child.ts';

describe('a reader child that is up before its file', function () {
  this.timeout(120_000);
  const { folder, load } = childReadings();
  let spool: SpoolFolder;
  let spare: SpareReader;
  /** children that were handed out, as spares and otherwise */
  let taken: boolean[];
  let watched: SpareReader;

  beforeEach(() => {
    spool = createSpoolFolder(folder());
    spare = createSpareReader(spool, createSilentLogger(), true);
    taken = [];
    watched = {
      async take(file, use) {
        const found = await spare.take(file, use);
        taken.push(found !== null);
        return found;
      },
      close: () => spare.close(),
    };
  });
  afterEach(async () => {
    await spare.close();
    assert.deepEqual(await readdir(await spool.path()), [], 'a folder is left');
    await spool.close();
  });

  it('reads one small file, the same as one started for it, and the next file has the next child', async () => {
    const alone = await load(hwCsv(20));
    const first = await load(hwCsv(20), { spare: watched });
    const second = await load(hwCsv(20), { spare: watched });
    const third = await load(hwCsv(20), { spare: watched });
    assert.deepEqual(taken, [false, true, true]);
    for (const { rows, end } of [first, second, third])
      assert.deepEqual({ rows, end }, { rows: alone.rows, end: alone.end });
    assert.equal(new Set([first, second, third].flatMap(({ pids }) => pids)).size, 3);
  });

  it('is nobody’s twice, however many files come at once', async () => {
    await load(hwCsv(5), { spare: watched });
    const loads = await Promise.all(Array.from({ length: 4 }, () => load(hwCsv(30), { spare: watched })));
    for (const { rows } of loads) assert.equal(rows.length, 30);
    assert.equal(new Set(loads.flatMap(({ pids }) => pids)).size, 4);
  });

  it('is not for large files, for kinds that need more memory, or where caps were chosen', async () => {
    await load(hwCsv(5), { spare: watched });
    const large = hwCsv(4_000);
    assert.ok(Buffer.byteLength(large) > SPARE_BYTES);
    await load(large, { spare: watched });
    await assert.rejects(load('%PDF-1.7\n', { spare: watched }), FileFault);
    await load(hwCsv(5), { spare: watched, caps: { heapMb: 100 } });
    assert.deepEqual(taken, [false, false, false]);
  });

  it('ends one file when the bytes are bad or nobody wants them any more, and the file after that is read', async () => {
    await load(hwCsv(5), { spare: watched });
    await assert.rejects(load(Buffer.from('504b0304aabbcc', 'hex'), { spare: watched }), FileFault);
    const gone = new AbortController();
    gone.abort(new Error('cancelled'));
    await assert.rejects(load(hwCsv(5), { spare: watched, signal: gone.signal }), /cancelled/);
    assert.equal((await load(hwCsv(7), { spare: watched })).rows.length, 7);
  });

  it('that died while it waited is no file’s fault', async () => {
    await load(hwCsv(5), { spare: watched });
    await load(hwCsv(5), { spare: watched });
    const spares = (await childrenOf(process.pid)).filter(({ command }) => command.includes('reader-child'));
    assert.equal(spares.length, 1);
    for (const { pid } of spares) process.kill(pid, 'SIGKILL');
    assert.equal((await load(hwCsv(9), { spare: watched })).rows.length, 9);
  });
});

async function childrenOf(parent: number): Promise<{ pid: number; command: string }[]> {
  const pids = (await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8'))
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return Promise.all(
    pids.map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })),
  );
}
