/**
 * Damaged and malicious files through the reader child as the services use it: each ends with a known code or as a report, in time, with
 * nothing left over, and the process that asked stays quick. TEST_LONG=1 takes 500 of them.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { runExtract, runLoad } from '../../shared/ingest/child/run-reader.ts';
import { planFile } from '../../shared/ingest/plan.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { fileErrorTexts } from '../../shared/texts/file-errors.ts';
import { bombs, goodFiles, mutated, type HostileFile } from '../support/formats/hostile-files.ts';
import { workbookOf } from '../unit/readers/reading.ts';

const isLong = process.env['TEST_LONG'] === '1';
const SEED = 20_261_122;
const MUTATED_COUNT = isLong ? 460 : 20;
const LONGEST_MS = 10_000;
/** Two cores, and the child needs most of one. */
const AT_ONCE = 2;

/** loaded, asked, unpacked, or the code of the file's fault */
type Outcome = string;

describe('hostile files', function () {
  this.timeout(isLong ? 1_800_000 : 240_000);
  let folder: string;
  let count = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-hostile-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function take({ name, content }: HostileFile): Promise<{ outcome: Outcome; ms: number; finished: boolean }> {
    const own = join(folder, String(count++));
    await mkdir(own);
    const path = join(own, 'file');
    await writeFile(path, content);
    const run = { path, sizeBytes: content.length, limits: DEFAULT_READ_LIMITS, signal: new AbortController().signal };
    let finished = false;
    const sink = () =>
      new Writable({
        write: (_chunk, _encoding, done) => done(),
        final: (done) => {
          finished = true;
          done();
        },
      });
    const startedAt = performance.now();
    let outcome: Outcome = 'loaded';
    try {
      await runLoad({
        ...run,
        name,
        overrides: {},
        onProbe: async (probe) => {
          const plan = planFile(probe);
          outcome = plan.kind === 'load' ? 'loaded' : plan.kind === 'archive' ? 'unpacked' : 'asked';
          return plan.kind === 'load' ? { source: plan.source, sheets: plan.sheets } : 'stop';
        },
        openRows: async () => sink(),
        openRejects: async () => sink(),
        onRestart: async () => {},
      });
      if (outcome === 'unpacked') {
        const outDir = join(own, 'out');
        await mkdir(outDir);
        await runExtract({ ...run, outDir, onMember: async () => {} });
      }
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'FileFault') throw new Error(`${name} is no fault of a file`, { cause: error });
      outcome = (error as Error & { code: string }).code;
      assert.ok(!finished, `${name} was loaded by half`);
    }
    const ms = performance.now() - startedAt;
    await rm(own, { recursive: true, force: true });
    return { outcome, ms, finished };
  }

  async function takeAll(files: readonly HostileFile[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const late: string[] = [];
    const waiting = [...files];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          const { outcome, ms } = await take(file);
          outcomes.set(file.name, outcome);
          const known = outcome in fileErrorTexts || ['loaded', 'asked', 'unpacked'].includes(outcome);
          assert.ok(known, `${file.name} (seed ${SEED}) ended as ${outcome}`);
          if (ms > LONGEST_MS) late.push(`${file.name}: ${Math.round(ms)} ms`);
        }
      }),
    );
    assert.deepEqual(late, [], `seed ${SEED}`);
    return outcomes;
  }

  it('answers each damaged file with a code or as a report, within ten seconds', async () => {
    const good = await goodFiles();
    const outcomes = await takeAll([...good, ...mutated(good, SEED, MUTATED_COUNT)]);
    for (const { name } of good) assert.match(outcomes.get(name)!, /loaded|unpacked/, name);
  });

  it('ends each bomb with a code of its own, and stays quick meanwhile', async () => {
    const files = await bombs(isLong);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const outcomes = await takeAll(files);
    delay.disable();
    const p99 = delay.percentile(99) / 1e6;
    assert.ok(p99 < 100, `the loop was late by ${p99} ms`);
    const expected: Record<string, RegExp> = {
      'empty.csv': /^empty_file$/,
      'only nul.xlsx': /^empty_file$/,
      'only header.csv': /^loaded$/,
      'unclosed quote.csv': /^bad_file$/,
      'million columns.csv': /^bad_file$/,
      'deep.json': /^bad_file$/,
      'entity.xml': /^bad_file$/,
      'sheet of blanks.xlsx': /^(bad_file|archive_limit)$/,
      '10000 sheets.xlsx': /^bad_file$/,
      'many members.zip': /^archive_limit$/,
      'picture.xlsx': /^unsupported_format$/,
      'program.csv': /^unsupported_format$/,
      'html as csv.csv': /^unsupported_format$/,
    };
    for (const [name, wanted] of Object.entries(expected)) assert.match(outcomes.get(name) ?? 'absent', wanted, name);
  });

  it('reads one cell in the last corner of a sheet in a second', async () => {
    const content = await workbookOf({ sheets: { a: `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>` } });
    assert.ok(content.length < 2_048);
    const startedAt = performance.now();
    const { outcome } = await take({ name: 'corner.xlsx', content });
    assert.equal(outcome, 'bad_file');
    // The start of the child from its sources is part of it here.
    assert.ok(performance.now() - startedAt < (isLong ? 1_000 : 5_000));
  });
});
