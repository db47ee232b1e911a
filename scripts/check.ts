import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunCounts } from '../test/support/counting-reporter.ts';
import { measureFiles } from './file-sizes.ts';
import { runTool, ToolUsageError } from './run-tool.ts';
import { partsOf } from './test-parts.ts';

/**
 * `npm run check`: everything that needs no service, in under a minute: format, lint (with import directions, cycles,
 * the one reader of the environment and floating promises), types, dead code, sizes of files, unit tests. All run, also
 * after a failure. How long each file of tests took is kept beside the caches of the compilers and cuts the next run
 * into even parts.
 */
interface Step {
  name: string;
  /** A script below node_modules, and what it is given. */
  script: string;
  args: readonly string[];
  env?: Record<string, string>;
}

interface Outcome {
  step: Step;
  passed: boolean;
  output: string;
  ms: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const USAGE = 'usage: npm run check';
const NEW_FILE_MS = 500;
const TIMES = join(root, 'node_modules/.cache/unit-times.json');
/** As many compilers and parts of the tests as are at work; one more at a time, as tests also wait. */
const CORES = Math.min(availableParallelism(), 4);
const AT_ONCE = CORES + 1;
/** By path below the root, in milliseconds; none before the first run. */
const times = readTimes();
// not known yet: smaller parts, which the lanes take as they are free
const parts = partsOf(
  root,
  'unit',
  Object.keys(times).length > 0 ? CORES : CORES * 3,
  () => true,
  (path) => times[relative(root, path)] ?? NEW_FILE_MS,
);

/** The longest first. @param counts folder in which each part of the tests says how long it took */
const stepsOf = (counts: string): readonly Step[] => [
  ...parts.map(({ title, files }, index) => ({
    name: title,
    script: 'mocha/bin/mocha.js',
    args: ['--forbid-pending', '--forbid-only', ...files],
    env: { TEST_COUNTS_FILE: join(counts, `${index}.json`) },
  })),
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
  ...(existsSync(join(root, 'web/tsconfig.json'))
    ? [{ name: 'types of the page', script: 'vue-tsc/bin/vue-tsc.js', args: ['--noEmit', '-p', 'web/tsconfig.json'] }]
    : []),
  { name: 'dead code', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'lint', script: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check', '.'] },
];

/** At work now. */
const children = new Set<ChildProcess>();

async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new ToolUsageError(`nothing is known of ${args.join(' ')}`);
  const counts = mkdtempSync(join(tmpdir(), 'vhm24r-check-'));
  const remove = (): void => rmSync(counts, { recursive: true, force: true });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      for (const child of children) child.kill(signal);
      remove();
      process.exit(130);
    });
  try {
    return await checkAll(counts);
  } finally {
    remove();
  }
}

async function checkAll(counts: string): Promise<number> {
  const startedAt = Date.now();
  const steps = stepsOf(counts);
  const waiting = [...steps];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const outcome = await runStep(step);
      outcomes.push(outcome);
      console.log(`${outcome.passed ? 'ok  ' : 'FAIL'} ${step.name.padEnd(20)} ${(outcome.ms / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  keepTimes(counts);
  const sizes = measureFiles(root);
  console.log(`${sizes.passed ? 'ok  ' : 'FAIL'} sizes of files\n${sizes.report.replaceAll(/^/gm, '     ')}`);
  const failed = outcomes.filter((outcome) => !outcome.passed);
  for (const { step, output } of failed) console.log(`\n--- ${step.name}\n${output.trim()}`);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const failedCount = failed.length + (sizes.passed ? 0 : 1);
  const count = steps.length + 1;
  console.log(
    failedCount > 0
      ? `\n${failedCount} of ${count} checks failed (${seconds} s)`
      : `all ${count} checks passed (${seconds} s)`,
  );
  return failedCount > 0 ? 1 : 0;
}

async function runStep(step: Step): Promise<Outcome> {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [join(root, 'node_modules', step.script), ...step.args], {
    cwd: root,
    env: { ...process.env, ...step.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  children.delete(child);
  return { step, passed: code === 0, output, ms: Date.now() - startedAt };
}

function readTimes(): Record<string, number> {
  try {
    return JSON.parse(readFileSync(TIMES, 'utf8')) as Record<string, number>;
  } catch {
    // none yet, or cut off in the middle: they are measured anew
    return {};
  }
}

function keepTimes(counts: string): void {
  const measured: Record<string, number> = {};
  for (const index of parts.keys()) {
    const path = join(counts, `${index}.json`);
    // a mocha that ended early has told nothing, and has failed the check
    if (!existsSync(path)) continue;
    const { files } = JSON.parse(readFileSync(path, 'utf8')) as RunCounts;
    for (const [file, ms] of Object.entries(files)) measured[relative(root, file)] = ms;
  }
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(TIMES, JSON.stringify(measured, null, 1));
}

await runTool(USAGE, main);
