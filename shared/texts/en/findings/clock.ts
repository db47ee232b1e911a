export const clock = {
  'clock.postgres': { title: 'The clock agrees with that of PostgreSQL' },
  'clock.redis': { title: 'The clock agrees with that of Redis' },
  'clock.off': {
    title: 'The clocks differ by more than a minute',
    cause: "This machine's clock or the server's is wrong.",
    effect:
      '/readyz of this service is degraded; S3 refuses signatures, certificates look expired. Sign-ins go by the clock of PostgreSQL.',
    fix: 'Turn on time synchronisation (NTP) on this machine.',
  },
  'clock.drift': {
    title: 'The clocks differ by seconds',
    cause: 'Time has not been synchronised for long.',
    effect: 'Tolerable so far: a minute is allowed.',
    fix: 'Turn on time synchronisation (NTP) on this machine.',
  },
};
