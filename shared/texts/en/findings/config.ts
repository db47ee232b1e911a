export const config = {
  'config.variables': { title: 'The environment is read' },
  'config.variable_invalid': {
    title: 'A variable has a value that cannot be used',
    cause: 'A typo, stray quotes, or a value out of its limits.',
    effect: 'A service with this fault does not start and exits with 1.',
    fix: 'Correct the variable: docs/config.md has the limits.',
  },
  'config.variable_missing': {
    title: 'A required variable is missing',
    cause: 'It is not set for this service.',
    effect: 'A service with this fault does not start and exits with 1.',
    fix: 'Set the variable: docs/config.md.',
  },
  'config.incomplete': {
    title: 'Half of a pair of variables is set',
    cause: 'ADMIN_EMAIL and ADMIN_PASSWORD go together.',
    effect: 'A service with this fault does not start and exits with 1.',
    fix: 'Set both or none.',
  },
  'config.pool_too_small': {
    title: 'DATABASE_POOL_MAX is too small',
    cause: 'Each file at work needs two connections, and the service two more.',
    effect: 'A service with this fault does not start and exits with 1.',
    fix: 'Raise DATABASE_POOL_MAX or lower WORKER_CONCURRENCY.',
  },
  'config.look_alike': {
    title: 'A variable of a similar name is set, the right one is not',
    cause: 'The name is left over from an older system or another platform.',
    effect: 'Its value is not used.',
    fix: 'Rename the variable.',
  },
  'config.metrics_closed': {
    title: '/metrics is closed',
    cause: 'In production it answers 404 without METRICS_TOKEN.',
    effect: 'Prometheus cannot scrape.',
    fix: 'Set METRICS_TOKEN (16 characters or more).',
  },
};
