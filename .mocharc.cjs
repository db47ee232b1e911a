'use strict';

/**
 * For every mocha run, also of a single file: `npx mocha test/unit/x.test.ts`. No --exit: what a test leaves open must
 * show. The limit is for what hangs: a machine that is three times slower than usual must not fail a test that holds.
 */
module.exports = {
  'node-option': ['import=tsx'],
  require: ['./test/support/hooks.ts'],
  reporter: './test/support/counting-reporter.ts',
  timeout: 60_000,
  slow: 1_000,
  'forbid-only': Boolean(process.env.CI),
};
