import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What a run writes to the file in TEST_COUNTS_FILE, for the sum over all runs. */
export interface RunCounts {
  passes: number;
  failures: number;
  pending: number;
  /** the failed tests in full, so that the end of a long output says what broke */
  failed: { title: string; file: string; why: string }[];
  /** passed tests by file */
  passed: Record<string, number>;
  /** how long the tests and hooks of a file took, in milliseconds */
  files: Record<string, number>;
}

/** mocha's spec reporter, which also writes the counts to the file in TEST_COUNTS_FILE. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const path = process.env.TEST_COUNTS_FILE;
    if (path === undefined) return;
    const failed: RunCounts['failed'] = [];
    const files: RunCounts['files'] = {};
    const passed: RunCounts['passed'] = {};
    let since = Date.now();
    runner.on('fail', (test: Mocha.Runnable, error: Error) => {
      failed.push({ title: test.fullTitle(), file: test.file ?? '', why: error.stack ?? String(error) });
    });
    runner.on('pass', ({ file = '' }: Mocha.Runnable) => {
      passed[file] = (passed[file] ?? 0) + 1;
    });
    // with the hooks before it: what a file costs, not what its tests say of themselves
    runner.on('test end', (test: Mocha.Runnable) => {
      const now = Date.now();
      files[test.file ?? ''] = (files[test.file ?? ''] ?? 0) + now - since;
      since = now;
    });
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      writeFileSync(path, JSON.stringify({ passes, failures, pending, failed, passed, files } satisfies RunCounts));
    });
  }
}
