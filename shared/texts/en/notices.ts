/** The news that administrators get by Telegram. */
export const notices = {
  monitor_changed: '{target}: {to} (was: {from}; reason: {reason})',
  daily_report:
    'Report for {day}: orders {orders}, {sum} UZS; files loaded {files}, failed {failed}; need attention {open}',
  errors: 'In the last hour: files failed {failed}, rows rejected {rejected}',
  machines_failing: 'Machines with over half of their orders of 24 h not dispensed or refunded: {machines}',
  backup_failed: 'The backup failed: {reason}',
  disk_nearly_full: 'Disk {percent}% full: {path}',
  guessed_often: 'Somebody guesses the password of user {user}: {failures} failed sign-ins within an hour',
  audit_broken:
    'The audit log was changed behind the product ({reason}), at place {seq} of the chain. Check: npm run audit:verify',
  rows_refused: 'File “{file}”: rows that broke the processing and were refused: {count} (code {reason})',
  stored_file_missing:
    'The stored bytes of “{name}” are gone and the file was not loaded. Check the storage (npm run doctor), then upload it again',
  days_missing: 'Reports not loaded:\n{missing}',
  intake_folder: 'Watched folder, {subject}: {reason}',
  intake_mail: 'Mail with reports, {subject}: {reason}',
  nothing_loaded: 'Files waiting for over two hours: {count}',
};

/** Codes among the figures of the news: services, their states, and why. */
export const noticeWords = {
  postgres: 'Database',
  redis: 'Redis',
  worker: 'File processing',
  healthy: 'works',
  degraded: 'slow',
  critical: 'failing',
  offline: 'away',
  ok: 'it answers again',
  no_answer: 'no answer',
  none_alive: 'none is alive',
};
