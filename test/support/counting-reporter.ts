import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** mocha's spec reporter, which also writes the counts to the file in TEST_COUNTS_FILE, for the sum over all runs. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const path = process.env.TEST_COUNTS_FILE;
      if (path) writeFileSync(path, JSON.stringify(this.stats));
    });
  }
}
