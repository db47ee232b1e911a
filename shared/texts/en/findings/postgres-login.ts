export const postgresLogin = {
  'postgres.url_missing': {
    title: 'DATABASE_URL is not set',
    cause: 'The variable is empty or was not handed to the service.',
    effect: 'No service starts.',
    fix: 'Set DATABASE_URL by reference to the Postgres service (outside Railway: the value of DATABASE_PUBLIC_URL).',
  },
  'postgres.url_sqlite': {
    title: 'DATABASE_URL names SQLite',
    cause: 'The address is left over from an older system.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'PostgreSQL 15 or newer is needed.',
  },
  'postgres.wrong_password': {
    title: 'Password or user of PostgreSQL is wrong',
    cause: 'Stale credentials: the password was changed or the database made anew, and DATABASE_URL stayed.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Copy the current DATABASE_URL of the Postgres service and restart the services.',
  },
  'postgres.password_missing': {
    title: 'DATABASE_URL has no password',
    cause: 'The server asks for one.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Copy DATABASE_URL whole.',
  },
  'postgres.login_refused': {
    title: 'The server does not let this user in from here',
    cause: 'Access rules (pg_hba, allow list) or the role forbid this connection.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: "Check the role and the server's access rules.",
  },
  'postgres.no_database': {
    title: 'There is no such database',
    cause: 'The database name in DATABASE_URL is wrong, or it was not created yet.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Correct the name at the end of DATABASE_URL, or create the database.',
  },
  'postgres.too_many_connections': {
    title: 'PostgreSQL has no connection slot left',
    cause: 'There are max_connections sessions: a pool too large, many replicas, or forgotten sessions.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Lower DATABASE_POOL_MAX, end idle sessions, or raise max_connections.',
  },
  'postgres.connections_near_limit': {
    title: 'More than 80% of the connection slots are taken',
    cause: 'The pools of all services together come near max_connections.',
    effect: 'Soon new connections will be refused.',
    fix: 'Lower DATABASE_POOL_MAX or raise max_connections.',
  },
  'postgres.starting': {
    title: 'PostgreSQL is starting, stopping or recovering',
    cause: 'The server is being restarted or recovers from a crash.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: "Wait a minute and repeat; if it stays, read the server's log.",
  },
  'postgres.startup_refused': {
    title: 'A pooler in front of PostgreSQL refuses session parameters',
    cause: 'PgBouncer and its kind refuse some startup parameters.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Use the direct address of the database (DATABASE_UNPOOLED_URL).',
  },
  'postgres.session_settings_lost': {
    title: 'A pooler in front of PostgreSQL loses the settings of sessions',
    cause: 'PgBouncer with ignore_startup_parameters and its kind take startup parameters and do not hand them on.',
    effect: 'Statements have no limit of time and may wait for locks of others without end.',
    fix: 'Use the direct address of the database (DATABASE_UNPOOLED_URL), or give the settings to the role of the services and restart the pooler; migrate over the direct address.',
  },
  'postgres.login_failed': {
    title: 'Logging in to PostgreSQL failed',
    cause: 'The server answered with an error; its code is in the evidence.',
    effect: 'Uploads and sign-in answer 503 until this is mended; accepted files wait.',
    fix: 'Look the code up in appendix A of the PostgreSQL manual.',
  },
};
