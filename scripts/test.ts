import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, setPriority, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.ts';
import { ensureTools } from './ensure-tools.ts';
import { runTool, ToolUsageError } from './run-tool.ts';
import type { RunCounts } from '../test/support/counting-reporter.ts';
import { isUnhurried, partsOf, type TestPart } from './test-parts.ts';

/**
 * `npm test`: the suites in parts, each part in a mocha of its own with a PostgreSQL of its own: as many at a time as
 * there are cores of those that hold the product to limits of time, and behind them one of those that promise none. At
 * the very end the longest files, the failed tests in full, and
 * one line with the sum. It fails on a failed test, on a skipped one, on a suite without tests, and on a mocha that
 * ends badly after its last test.
 *
 * The product's promises of time are for a machine that is its own, and here several suites share one. So where few
 * files failed, each runs once more by itself, and counts as it comes out then; what it said beside others is told all
 * the same, since somebody should find out why.
 *
 *   npm test [-- SUITE...]     only these of unit, integration, e2e, browser
 *   npm run test:long          the full counts (TEST_LONG=1)
 */
const SUITES = ['unit', 'integration', 'e2e', 'browser'] as const;
const USAGE = `usage: npm test [-- ${SUITES.join('|')}...]    only these; all without any
       npm run test:long [-- SUITE...]    the full counts`;
type Suite = (typeof SUITES)[number];
/** Into how many parts the files of a suite are cut: small ones, so that the lanes end together. */
const HURRIED: Partial<Record<Suite, number>> = { e2e: 9, integration: 13, browser: 1 };
const UNHURRIED: Partial<Record<Suite, number>> = { integration: 4, browser: 2, unit: 3 };
/** With more at a time than there are cores, tests meet the limits of time that the product promises. */
const lanesOf = (cores: number): number => Math.min(cores, 4);
/** What promises no time takes what the others, which wait half of theirs, leave of the cores. */
const UNHURRIED_NICE = 4;
const LONGEST_SHOWN = 40;
/** Where more failed it is not the machine. */
const MOST_ALONE = 5;

interface PartResult {
  /** passed tests by file */
  passed: Record<string, number>;
  failed: RunCounts['failed'];
  /** what is wrong beside failed tests */
  faults: string[];
  /** milliseconds by file */
  files: Record<string, number>;
}

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(args: readonly string[]): Promise<number> {
  const long = args.includes('--long');
  const wanted = args.filter((arg) => arg !== '--long');
  const unknown = wanted.filter((name) => !SUITES.some((suite) => suite === name));
  if (unknown.length > 0) throw new ToolUsageError(`there is no suite ${unknown.join(', ')}`);
  ensureTools({ long });
  ensureBuilt({ onStart: (part) => console.log(`building ${part}`) });

  const suites = SUITES.filter((suite) => wanted.length === 0 || wanted.includes(suite));
  const hurried = cut(suites, HURRIED, false);
  const unhurried = cut(suites, UNHURRIED, true);
  // the full counts load the machine themselves
  const lanes = long ? 1 : lanesOf(availableParallelism());
  const faults = suites
    .filter((suite) => ![...hurried, ...unhurried].some(({ suite: one }) => one === suite))
    .map((suite) => `${suite}: no test file`);
  const results: PartResult[] = [];
  const takeParts = async (...queues: TestPart[][]): Promise<void> => {
    for (;;) {
      const queue = queues.find(({ length }) => length > 0);
      const part = queue?.shift();
      if (part === undefined) return;
      results.push(await runPart(part, long, queue === unhurried ? UNHURRIED_NICE : 0));
    }
  };
  const lane = () => takeParts(hurried, unhurried);
  await Promise.all([...Array.from({ length: lanes }, lane), ...(long ? [] : [takeParts(unhurried)])]);
  const beside = long ? [] : await runFailedAlone(results);
  return tell(results, beside, faults);
}

/**
 * Puts what each file of a failed test comes to by itself in the place of what it came to beside others.
 * @returns what failed beside others
 */
async function runFailedAlone(results: PartResult[]): Promise<RunCounts['failed']> {
  const beside = results.flatMap(({ failed }) => failed);
  const suspects = [...new Set(beside.map(({ file }) => file))];
  if (suspects.length > MOST_ALONE || suspects.includes('')) return [];
  for (const file of suspects) {
    for (const result of results) {
      result.failed = result.failed.filter((one) => one.file !== file);
      delete result.passed[file];
    }
    results.push(await runPart({ suite: '', title: `${relative(root, file)}, alone`, files: [file] }, false, 0));
  }
  return beside;
}

/** @returns the exit code */
function tell(results: readonly PartResult[], beside: RunCounts['failed'], missing: readonly string[]): number {
  const files = results.flatMap((result) => Object.entries(result.files));
  const faults = [...missing, ...results.flatMap((result) => result.faults)];
  const failures = results.flatMap((result) => result.failed);
  const passed = results.flatMap((result) => Object.values(result.passed)).reduce((sum, count) => sum + count, 0);
  // A run that ended badly has failed even if each of its tests passed, and the line that is read must say so.
  const failed = failures.length === 0 ? faults.length : failures.length;
  console.log('\nthe longest files:');
  for (const [file, ms] of files.toSorted(([, a], [, b]) => b - a).slice(0, LONGEST_SHOWN))
    console.log(`  ${String(Math.round(ms / 1000)).padStart(4)} s  ${relative(root, file)}`);
  const held = beside.filter(({ file }) => failures.every((failure) => failure.file !== file));
  for (const { file, title, why } of held)
    console.log(`\nFAILED BESIDE OTHERS, HELD ALONE ${relative(root, file)}: ${title}\n${why}`);
  for (const { file, title, why } of failures) console.log(`\nFAILED ${relative(root, file)}: ${title}\n${why}`);
  for (const fault of faults) console.log(fault);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function cut(suites: readonly Suite[], counts: Partial<Record<Suite, number>>, unhurried: boolean): TestPart[] {
  const bySuite = (Object.keys(counts) as Suite[])
    .filter((suite) => suites.includes(suite))
    .map((suite) => partsOf(root, suite, counts[suite] ?? 1, (path) => isUnhurried(path) === unhurried));
  // by turns: what works beside what waits
  return Array.from({ length: Math.max(0, ...bySuite.map(({ length }) => length)) }, (_, turn) =>
    bySuite.flatMap((parts) => parts.slice(turn, turn + 1)),
  )
    .flat()
    .map((part) => (unhurried ? { ...part, title: `${part.title}, unhurried` } : part));
}

async function runPart({ title, files }: TestPart, long: boolean, nice: number): Promise<PartResult> {
  console.log(`... ${title} (${files.length} files)`);
  const folder = mkdtempSync(join(tmpdir(), 'vhm24r-test-counts-'));
  const countsPath = join(folder, 'counts.json');
  try {
    const startedAt = Date.now();
    const outputPath = join(folder, 'output.txt');
    const code = await runMocha(
      files,
      { TEST_COUNTS_FILE: countsPath, ...(long ? { TEST_LONG: '1' } : {}) },
      outputPath,
      nice,
    );
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    const output = readFileSync(outputPath, 'utf8').trimEnd();
    console.log(`\n=== ${title}\n${output}\n=== ${title}: ${seconds} s`);
    return judge(title, countsPath, code, output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(part: string, countsPath: string, code: number | null, output: string): PartResult {
  const lines = output.split('\n');
  let counts: RunCounts;
  try {
    counts = JSON.parse(readFileSync(countsPath, 'utf8')) as RunCounts;
  } catch {
    const faults = [`${part}: mocha ended without a result (exit code ${code})`, ...lines.slice(-10)];
    return { passed: {}, failed: [], faults, files: {} };
  }
  const faults: string[] = [];
  if (counts.passes + counts.failures === 0) faults.push(`${part}: no test was run`);
  if (counts.pending > 0) faults.push(`${part}: ${counts.pending} skipped`);
  if (counts.failures === 0 && code !== 0)
    faults.push(`${part}: mocha ended with exit code ${code}, its last line: ${lines.at(-1)}`);
  return { passed: counts.passed, failed: counts.failed, faults, files: counts.files };
}

/** Its output goes to a file and is shown in one piece, so that two parts at a time do not mix. */
function runMocha(
  files: readonly string[],
  env: NodeJS.ProcessEnv,
  outputPath: string,
  nice: number,
): Promise<number | null> {
  const output = openSync(outputPath, 'w');
  const child = spawn(process.execPath, [join(root, 'node_modules/mocha/bin/mocha.js'), ...files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  // what it starts inherits it
  if (nice > 0 && child.pid !== undefined) setPriority(child.pid, nice);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

await runTool(USAGE, async (args) => {
  try {
    return await main(args);
  } catch (error) {
    if (error instanceof ToolUsageError) throw error;
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    return 1;
  }
});
