export const cache = {
  'cache.write_read': { title: 'The cache: write, read, delete' },
  'cache.not_kept': {
    title: 'Redis does not keep cache entries',
    cause: 'A value that was written did not come back.',
    effect: 'Summaries are computed anew each time.',
    fix: 'Look at memory and policy of Redis.',
  },
};
