/** Labels of the report for a terminal. */
export const report = {
  evidence: 'seen',
  cause: 'cause',
  effect: 'effect',
  fix: 'what to do',
  docs: 'more',
  appeared: 'appeared',
  gone: 'gone',
  changes: 'Since the last run',
  fixes: 'Fixes',
  done: 'done',
  would: 'would be done',
  failed: 'failed',
  fine: 'Everything is fine',
  sum: '{e} errors, {w} warnings',
};
