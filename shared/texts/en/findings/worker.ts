export const worker = {
  'worker.alive': { title: 'A worker is alive and takes files' },
  'worker.none_alive': {
    title: 'No worker is alive',
    cause: 'The worker service is not running, crashed, or uses another database.',
    effect: 'Files wait in the queue for ten seconds; then the api takes them itself, slower. Nothing is lost.',
    fix: 'Start the worker; its DATABASE_URL and REDIS_URL must be the same.',
  },
  'worker.stuck': {
    title: 'There is a worker and it stands still',
    cause: 'The process hangs or was stopped: it keeps its connection, and neither answers nor takes jobs.',
    effect: 'Files wait in the queue for ten seconds; then the api takes them itself, slower. Nothing is lost.',
    fix: 'Restart the worker.',
  },
  'worker.redis_differs': {
    title: 'The worker does not see the Redis that is seen from here',
    cause: 'It has another REDIS_URL, a stale password, or no network.',
    effect: 'Files wait in the queue for ten seconds; then the api takes them itself, slower. Nothing is lost.',
    fix: 'Give the worker the same REDIS_URL and restart it.',
  },
  'worker.version_mismatch': {
    title: 'The worker is of another version',
    cause: 'Only one of the services was deployed.',
    effect: 'Files are processed by other rules.',
    fix: 'Deploy api and worker from one commit.',
  },
  'worker.files_retrying': {
    title: 'Files are being tried again: something stopped them',
    cause:
      'The database or the storage did not answer, or an error came that nobody expected; the evidence names the reasons.',
    effect:
      'These files are not loaded yet; they are tried again by themselves, with pauses that grow to a minute. Nothing is lost.',
    fix: 'Mend the reason that is named; if it is internal, look at the log: event=file_retried.',
  },
};
