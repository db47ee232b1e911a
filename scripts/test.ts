import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.ts';
import { ensureTools } from './ensure-tools.ts';

/**
 * `npm test`: every suite in a mocha of its own, one after another, and one line with the sum at the very end. It fails
 * on a failed test, on a skipped one, on a suite without tests, and on a mocha that ends badly after its last test.
 *
 *   npm test [-- SUITE...]     only these of unit, integration, e2e, browser
 *   npm run test:long          the full counts (TEST_LONG=1)
 */
const SUITES = ['unit', 'integration', 'e2e', 'browser'] as const;

interface SuiteResult {
  passed: number;
  failed: number;
  faults: string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(args: readonly string[]): Promise<number> {
  const long = args.includes('--long');
  const wanted = args.filter((arg) => arg !== '--long');
  const unknown = wanted.filter((name) => !SUITES.some((suite) => suite === name));
  if (unknown.length > 0) {
    console.error(`usage: npm test [-- ${SUITES.join('|')}...]`);
    return 3;
  }
  ensureTools();
  ensureBuilt({ onStart: (part) => console.log(`building ${part}`) });

  const suites = SUITES.filter((suite) => wanted.length === 0 || wanted.includes(suite));
  const faults: string[] = [];
  let passed = 0;
  let failed = 0;
  for (const suite of suites) {
    const result = await runSuite(suite, long);
    passed += result.passed;
    failed += result.failed;
    faults.push(...result.faults.map((fault) => `${suite}: ${fault}`));
  }
  // A run that ended badly has failed even if each of its tests passed, and the line that is read must say so.
  if (faults.length > 0 && failed === 0) failed = faults.length;
  for (const fault of faults) console.log(fault);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

async function runSuite(suite: string, long: boolean): Promise<SuiteResult> {
  const files = testFiles(join(root, 'test', suite));
  if (files.length === 0) return { passed: 0, failed: 0, faults: ['no test file'] };
  console.log(`\n=== ${suite} (${files.length} files)`);
  const folder = mkdtempSync(join(tmpdir(), 'vhm24r-test-counts-'));
  const countsPath = join(folder, 'counts.json');
  try {
    const startedAt = Date.now();
    const code = await runMocha(files, { TEST_COUNTS_FILE: countsPath, ...(long ? { TEST_LONG: '1' } : {}) });
    console.log(`=== ${suite}: ${Math.round((Date.now() - startedAt) / 1000)} s`);
    return judge(countsPath, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function judge(countsPath: string, code: number | null): SuiteResult {
  let stats: Mocha.Stats;
  try {
    stats = JSON.parse(readFileSync(countsPath, 'utf8')) as Mocha.Stats;
  } catch {
    return { passed: 0, failed: 0, faults: [`mocha ended without a result (exit code ${code})`] };
  }
  const faults: string[] = [];
  if (stats.passes + stats.failures === 0) faults.push('no test was run');
  if (stats.pending > 0) faults.push(`${stats.pending} skipped`);
  if (stats.failures === 0 && code !== 0) faults.push(`mocha ended with exit code ${code}`);
  return { passed: stats.passes, failed: stats.failures, faults };
}

function runMocha(files: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = spawn(process.execPath, [join(root, 'node_modules/mocha/bin/mocha.js'), ...files], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name));
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed');
    process.exitCode = 1;
  },
);
