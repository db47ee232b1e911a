import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureFiles } from './file-sizes.ts';
import { partsOf } from './test-parts.ts';

/**
 * `npm run check`: everything that needs no service, in under a minute: format, lint (with import directions, cycles,
 * the one reader of the environment and floating promises), types, dead code, sizes of files, unit tests. All run, also
 * after a failure.
 */
interface Step {
  name: string;
  /** A script below node_modules, and what it is given. */
  script: string;
  args: readonly string[];
}

interface Outcome {
  step: Step;
  passed: boolean;
  output: string;
  ms: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
/** Both cores; the longest first. */
const AT_ONCE = 2;

const steps: readonly Step[] = [
  ...partsOf(root, 'unit', AT_ONCE).map(({ title, files }) => ({
    name: title,
    script: 'mocha/bin/mocha.js',
    args: ['--reporter', 'dot', '--forbid-pending', '--forbid-only', ...files],
  })),
  { name: 'types', script: 'typescript/bin/tsc', args: ['--noEmit', '-p', 'tsconfig.json'] },
  ...(existsSync(join(root, 'web/tsconfig.json'))
    ? [{ name: 'types of the page', script: 'vue-tsc/bin/vue-tsc.js', args: ['--noEmit', '-p', 'web/tsconfig.json'] }]
    : []),
  { name: 'dead code', script: 'knip/bin/knip.js', args: ['--no-progress'] },
  { name: 'lint', script: 'oxlint/bin/oxlint', args: ['--type-aware', '--deny-warnings'] },
  { name: 'format', script: 'oxfmt/bin/oxfmt', args: ['--check', '.'] },
];

async function main(): Promise<number> {
  const startedAt = Date.now();
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
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { step, passed: code === 0, output, ms: Date.now() - startedAt };
}

process.exitCode = await main();
