/**
 * Damaged and malicious files through the reader child as the services use it: each ends with a known code or as a
 * report, in time, with nothing left over, and the process that asked stays quick. TEST_LONG=1 takes all of the bombs
 * and 460 damaged files.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { inspect } from 'node:util';
import { defaultCaps } from '../../shared/ingest/child/isolation.ts';
import { runExtract, runLoad } from '../../shared/ingest/child/run-reader.ts';
import { planFile } from '../../shared/ingest/plan.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { fileErrorTexts } from '../../shared/texts/tables.ts';
import { bombs } from '../support/formats/bombs.ts';
import { goodFiles, mutated, type HostileFile } from '../support/formats/hostile-files.ts';
import { faultOf, readBytes, workbookOf } from '../unit/readers/reading.ts';
import { isLong } from '../support/long.ts';

const SEED = 20_261_122;
const MUTATED_COUNT = isLong ? 460 : 12;
const LONGEST_MS = 10_000;
/** The short run takes one in eight. */
const BOMBS_STEP = 8;
/** Two cores, and the child needs most of one. */
const AT_ONCE = 2;

/** Of the process, on top of what its cap counts: the program itself and its libraries. */
const SHARED_MB = 100;

/** loaded, asked, unpacked, or the code of the file's fault */
type Outcome = string;

interface Taken {
  outcome: Outcome;
  ms: number;
  peakMb: number;
  capMb: number;
}

const waitedForCoreNs = (pid: number): number => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]);

/**
 * The most memory that any of the processes held, and how long they and who asked waited for a core, by what the kernel
 * notes of them.
 */
function createWatch() {
  let peakKb = 0;
  const waitedNs = new Map<number, number>();
  const ownNs = waitedForCoreNs(process.pid);
  const timers: NodeJS.Timeout[] = [];
  return {
    follow(pid: number): void {
      const look = () => {
        try {
          peakKb = Math.max(
            peakKb,
            Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
          );
          waitedNs.set(pid, waitedForCoreNs(pid));
        } catch {
          // Gone since.
        }
      };
      timers.push(setInterval(look, 20));
    },
    stop: () => timers.forEach(clearInterval),
    peakMb: () => peakKb / 1024,
    waitedMs: () => [...waitedNs.values(), waitedForCoreNs(process.pid) - ownNs].reduce((sum, ns) => sum + ns / 1e6, 0),
  };
}

describe('hostile files', function () {
  this.timeout(isLong ? 1_800_000 : 240_000);
  let folder: string;
  let count = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-hostile-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function take({ name, content }: HostileFile): Promise<Taken> {
    const own = join(folder, String(count++));
    await mkdir(own);
    const path = join(own, 'file');
    await writeFile(path, content);
    const watch = createWatch();
    const run = {
      path,
      sizeBytes: content.length,
      limits: DEFAULT_READ_LIMITS,
      signal: new AbortController().signal,
      onPid: watch.follow,
    };
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
      if (!(error instanceof Error) || error.name !== 'FileFault')
        throw new Error(`${name} is no fault of a file`, { cause: error });
      outcome = (error as Error & { code: string }).code;
      assert.ok(!finished, `${name} was loaded by half`);
    }
    // as the deadline itself counts: what the machine does beside is no file's doing
    const ms = performance.now() - startedAt - watch.waitedMs();
    watch.stop();
    await rm(own, { recursive: true, force: true });
    const capMb = defaultCaps(content.length, Buffer.from(content.subarray(0, 1_024))).dataMb + SHARED_MB;
    return { outcome, ms, peakMb: watch.peakMb(), capMb };
  }

  /** All of them are taken, whatever the first one does. */
  async function takeAll(files: readonly HostileFile[]): Promise<Map<string, Outcome>> {
    const outcomes = new Map<string, Outcome>();
    const faults: string[] = [];
    const waiting = [...files];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
          try {
            const { outcome, ms, peakMb, capMb } = await take(file);
            outcomes.set(file.name, outcome);
            const known = outcome in fileErrorTexts || ['loaded', 'asked', 'unpacked'].includes(outcome);
            if (!known) faults.push(`${file.name} ended as ${outcome}`);
            if (ms > LONGEST_MS) faults.push(`${file.name} took ${Math.round(ms)} ms`);
            if (peakMb > capMb) faults.push(`${file.name} took ${Math.round(peakMb)} MB of ${capMb}`);
          } catch (error) {
            faults.push(`${file.name}: ${inspect(error)}`);
          }
        }
      }),
    );
    assert.deepEqual(faults, [], `seed ${SEED}`);
    return outcomes;
  }

  it('answers each damaged file with a code or as a report, within ten seconds', async () => {
    const good = await goodFiles();
    const outcomes = await takeAll([...good, ...mutated(good, SEED, MUTATED_COUNT)]);
    for (const { name } of good) assert.match(outcomes.get(name)!, /loaded|unpacked/, name);
  });

  it('ends each bomb with a code of its own, and stays quick meanwhile', async () => {
    const files = (await bombs(isLong)).filter((_, i) => isLong || i % BOMBS_STEP === 0);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const outcomes = await takeAll(files);
    delay.disable();
    const p99 = delay.percentile(99) / 1e6;
    assert.ok(p99 < 100, `the loop was late by ${p99} ms`);
    const otherwise = files.filter(({ name, answer }) => !answer.test(outcomes.get(name)!));
    assert.deepEqual(
      otherwise.map(({ name, answer }) => `${name} is ${outcomes.get(name)} instead of ${answer.source}`),
      [],
    );
  });

  it('reads one cell in the last corner of a sheet in a second', async () => {
    const content = await workbookOf({
      sheets: { a: `<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>` },
    });
    assert.ok(content.length < 2_048);
    assert.equal((await take({ name: 'corner.xlsx', content })).outcome, 'bad_file');
    // Processor time of this process, so that what else the machine does and the start of a child from its sources do
    // not count.
    const before = process.cpuUsage();
    await assert.rejects(readBytes(content), faultOf('bad_file', 'too_many_columns'));
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 1_000_000, `took ${(user + system) / 1_000} ms`);
  });
});
