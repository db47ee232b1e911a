export const postgres = {
  'postgres.tls_required': {
    title: 'The server requires TLS and the address has none',
    cause: 'The port takes TLS only.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Add sslmode to DATABASE_URL (no-verify = do not check a self-signed certificate).',
  },
  'postgres.tls_not_offered': {
    title: 'The address asks for TLS and the port has none',
    cause: 'A plain port: so it is inside a private network and on a local machine.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Take sslmode out of DATABASE_URL, or turn TLS on at the server.',
  },
  'postgres.tls_self_signed': {
    title: "The server's certificate is self-signed",
    cause: 'No known authority signed it; so it is with Postgres on Railway.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Inside the private network use the address without sslmode; from outside sslmode=no-verify or your own root certificate.',
  },
  'postgres.login': { title: 'PostgreSQL lets us in' },
  'postgres.server': { title: 'The version of PostgreSQL is good' },
  'postgres.writable': { title: 'The database takes writes' },
  'postgres.migrations': { title: 'The schema is of this version' },
  'postgres.schema': { title: 'Tables and indexes are there' },
  'postgres.write_read': { title: 'Writing and reading work' },
  'postgres.audit': { title: 'The audit log is sealed' },
  'postgres.records': { title: 'Records have their orders and files' },
  'postgres.latency': { title: 'Speed of PostgreSQL' },
  'postgres.root_certificate_missing': {
    title: 'The file of sslrootcert is not there or cannot be read',
    cause: 'DATABASE_URL names a certificate that this machine lacks.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Put the file there, or take sslrootcert out.',
  },
  'postgres.autovacuum_off': {
    title: 'Autovacuum is off',
    cause: 'autovacuum or track_counts is off for the server or a table.',
    effect: 'Tables grow and slow down; in the end the server stops writing.',
    fix: 'Turn it on: for the server, or for the table that the evidence names.',
  },
  'postgres.idle_in_transaction': {
    title: 'A session keeps a transaction open and does nothing',
    cause: 'Somebody forgot to commit, or their program hangs.',
    effect: 'Its locks hold others, and vacuum cannot clean.',
    fix: 'End the session; the evidence has its pid.',
  },
  'postgres.pooled_transaction_mode': {
    title: 'The address goes through a pooler in transaction mode',
    cause:
      'Neon (-pooler), Supabase (6543) and PgBouncer hand out connections per transaction: session locks and settings do not hold.',
    effect:
      'A connection that died without a word is closed after 15 s only; when services stop, statements under way are not cancelled.',
    fix: 'Use the direct address (port 5432, without -pooler; DATABASE_UNPOOLED_URL).',
  },
};
