export const blacklist = {
  'blacklist.truth': { title: 'Revoked tokens can be read from PostgreSQL' },
  'blacklist.copy': { title: 'The fast copy in Redis: add, check, remove' },
  'blacklist.unreadable': {
    title: 'The list of revoked tokens cannot be read',
    cause: 'The table or the right to read it is missing.',
    effect: 'Nobody is let in: 503.',
    fix: 'Run the migrations.',
  },
  'blacklist.expired_pile': {
    title: 'Expired revocations are not cleaned up',
    cause: 'No api has run for long: it is the one that cleans.',
    effect: 'Checks get slower.',
    fix: 'Start the api.',
  },
};
