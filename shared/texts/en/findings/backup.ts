export const backup = {
  'backup.place': { title: 'Backups are there, fresh and verified' },
  'backup.not_configured': {
    title: 'Backups are not set up',
    cause: 'BACKUP_URL is empty.',
    effect: 'If the database is lost, so is the data.',
    fix: 'Set BACKUP_URL: a folder or s3://bucket/prefix.',
  },
  'backup.url_invalid': {
    title: 'BACKUP_URL cannot be used',
    cause: 'It is a folder, file:<folder> or s3://bucket/prefix with AWS keys.',
    effect: 'If the database is lost, so is the data.',
    fix: 'Correct BACKUP_URL.',
  },
  'backup.unreachable': {
    title: 'The place of the backups cannot be reached',
    cause: 'Folder, rights or network are missing, or the keys are wrong.',
    effect: 'If the database is lost, so is the data.',
    fix: 'Check BACKUP_URL and the keys.',
  },
  'backup.none': {
    title: 'There is no backup',
    cause: 'None has been made yet.',
    effect: 'If the database is lost, so is the data.',
    fix: 'Make one.',
  },
  'backup.stale': {
    title: 'The last backup is over 26 hours old',
    cause: 'The nightly backup did not run.',
    effect: 'If the database is lost, more than a day is lost.',
    fix: 'Make one, and read the log of the worker at 04:00.',
  },
  'backup.unverified': {
    title: 'No backup was ever verified',
    cause: 'restore --check never ran.',
    effect: 'Nobody knows whether it can be restored.',
    fix: 'Verify the last one.',
  },
};
