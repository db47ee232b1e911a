export const postgresUpkeep = {
  'postgres.upkeep': { title: 'Size, vacuum and transaction numbers' },
  'postgres.replica': { title: 'The replica for reads is there' },
  'postgres.replica_away': {
    title: 'The replica for reads does not answer',
    cause: 'The server of DATABASE_READ_URL is stopped, cannot be reached, or does not let us in.',
    effect: 'Everything is read from the primary: no errors, but it has more to do.',
    fix: 'Bring the replica back, or take DATABASE_READ_URL away.',
  },
  'postgres.replica_lagging': {
    title: 'The replica lags',
    cause: 'Its replay is paused, its network or disk is slow, or a long query holds it.',
    effect: 'Reads come from the primary until it has caught up.',
    fix: 'Look at the lag, and resume the replay where it is paused.',
  },
  'postgres.replica_is_primary': {
    title: 'DATABASE_READ_URL leads to no replica',
    cause: 'A primary answers there: both addresses are the same, or the replica took over.',
    effect: 'It is not used: reads come from DATABASE_URL.',
    fix: 'Name a replica; after a failover change the two addresses.',
  },
  'postgres.replica_other_database': {
    title: 'DATABASE_READ_URL leads to another database',
    cause: 'It is no copy of the database of DATABASE_URL.',
    effect: 'It is not used: reads come from DATABASE_URL.',
    fix: 'Mend the address or take the variable away.',
  },
  'postgres.dead_rows': {
    title: 'A table is full of dead rows',
    cause: 'Autovacuum does not keep up, is off, or an old transaction holds it.',
    effect: 'The table wastes room, and queries on it are slower.',
    fix: 'Vacuum the table that the evidence names; when it comes back, look for old transactions.',
  },
  'postgres.old_transaction': {
    title: 'A transaction has been open for over an hour',
    cause: 'A long query, a forgotten program, or a prepared transaction that nobody ended.',
    effect: 'Dead rows of all tables pile up while it is open.',
    fix: 'End it: the evidence has its pid, or its name where it is prepared.',
  },
  'postgres.wraparound_near': {
    title: 'Transaction numbers run out',
    cause: 'Old rows are not frozen: autovacuum is off, or an old transaction holds it.',
    effect: 'At two billions PostgreSQL stops taking writes.',
    fix: 'End old transactions and freeze the rows; the services may go on meanwhile.',
  },
  'postgres.index_never_used': {
    title: 'A large index was not used once',
    cause: 'Somebody added it by hand, or nobody here asks what it is for.',
    effect: 'It takes room and slows imports down.',
    fix: 'One that was added by hand can be dropped. Leave those of the product: the check of the schema wants them.',
  },
  'postgres.growing_fast': {
    title: 'The database grew by over a half within a week',
    cause: 'Past years are being loaded, somebody sends the same again and again, or dead rows are not removed.',
    effect: 'The disk is full sooner than you expect.',
    fix: 'See in the evidence which table grows, and compare with docs/scale.md.',
  },
};
