'use strict';

/**
 * For every mocha run, also of a single file: `npx mocha test/unit/x.test.ts`. No --exit: what a test leaves open must
 * show.
 */
module.exports = {
  'node-option': ['import=tsx'],
  require: ['./test/support/hooks.ts'],
  reporter: './test/support/counting-reporter.ts',
  timeout: 20_000,
  slow: 1_000,
  'forbid-only': Boolean(process.env.CI),
};
