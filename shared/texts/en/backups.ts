/** What `npm run backup` and `npm run restore` say. */
export const backup = {
  usage: `usage: npm run backup
  Dumps the database of DATABASE_URL to BACKUP_URL (a folder, or s3://bucket/prefix) and removes backups older
  than BACKUP_KEEP_DAYS.
  Exit codes: 0 done, 1 failed, 3 usage.`,
  done: 'backup {name}: {tables} tables, {rows} rows, {mib} MiB at {place} in {seconds} s',
  removed: 'removed {name}',
  verify: 'verify it: npm run restore -- --check {name}',
};

export const restore = {
  usage: `usage: npm run restore -- [--check | --list] [--yes] [NAME]
  --check   restores into a scratch database on the same server, compares rows and checksums of all tables, drops it,
            prints the minutes
  --list    the backups at BACKUP_URL
  Without them the backup takes the place of the database of DATABASE_URL; that one stays under another name. It asks
  first (--yes answers).
  NAME is a backup; without it the newest. Exit codes: 0 done, 1 failed or different, 3 usage.`,
  one: 'one backup at a time',
  listed: '{name}  version {version}  {mib} MiB  {verified}',
  neverVerified: 'never verified',
  verified: 'verified {at}',
  differs: 'backup {name} differs after {minutes} minutes: {differences}',
  good: 'backup {name} is good: {tables} tables, {rows} rows, checksums equal, restored in {minutes} minutes',
  question: 'The database holds {files} files. Stop the services first. Put backup {name} in its place? Type {yes}: ',
  /** besides `yes`, which is taken in every language */
  yes: 'yes',
  noTerminal: 'there is no terminal to ask; use --yes',
  unchanged: 'nothing was changed',
  restored: 'restored {name}; the database before it is kept as {keptAs}. Now: npm run migrate, and start the services',
  ended:
    'all sign-ins are ended ({people} people); {tokens} personal API tokens wait: npm run user -- confirm-tokens EMAIL',
};

/** Why a backup could not be made or brought back. */
export const backupFaults = {
  notConfigured: 'BACKUP_URL is not set',
  badUrl: 'BACKUP_URL is a folder, file:<folder> or s3://bucket/prefix',
  noCredentials: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are needed for s3://',
  unknown: 'there is no backup {name} at {place}',
  none: 'there is no backup at {place}',
  newer: 'backup {name} is newer than this code (version {version}, migration {migration}): deploy that version first',
  manifestUnreadable: 'backup {name} is damaged: its manifest cannot be read',
  partUnreadable: 'backup {name} is damaged: {file} cannot be read',
  partDiffers: 'backup {name} is damaged: {file} has {sizeBytes} bytes of {wanted} and another checksum',
  notEqual: 'backup {name} did not restore equal: {differences}',
  notRestored: 'backup {name} cannot be restored: {reason}',
  inUse: 'database {database} is still in use by others; stop the services and restore again',
  notReopened:
    'database {database} could not be opened again either: {reason}. When the server answers, run in the database postgres: alter database "{database}" allow_connections true',
  notDropped: 'database {database}, which this restore had made, could not be dropped either: {reason}',
  noMigrations: 'the database has no table of migrations: there is nothing to back up',
  noTime: 'the database gave no time',
  toolMissing: '{program} is not on PATH; install postgresql-client (Debian: apt-get install postgresql-client)',
  toolFailed: '{program} ended with {code}: {stderr}',
};
