export const queue = {
  'queue.rows': { title: 'The queue as PostgreSQL knows it' },
  'queue.jobs': { title: 'The queue as Redis knows it' },
  'queue.backlog_old': {
    title: 'A file has waited for over ten minutes',
    cause: 'Too few workers, they are busy with a large file, or they stand still.',
    effect: 'Files wait longer than usual; none is lost.',
    fix: 'Look at the workers; raise WORKER_CONCURRENCY or add a replica of worker.',
  },
  'queue.stalled': {
    title: 'A file is marked as at work and nobody holds it',
    cause: 'Its worker died and nobody has picked it up: no service sweeps the queue.',
    effect: 'Files wait longer than usual; none is lost.',
    fix: 'Start api or worker: they pick it up by themselves.',
  },
  'queue.poison': {
    title: 'A file was set aside: ten workers died over it',
    cause: 'The file ends whoever processes it.',
    effect: 'This file is not loaded; the others are not touched.',
    fix: 'Look at the file; retry it on the page or by POST /files/:id/retry.',
  },
  'queue.paused': {
    title: 'The queue is paused',
    cause: 'Somebody paused it.',
    effect: 'Workers take no file although they and Redis are well.',
    fix: 'Resume it; doctor --fix does it.',
  },
};
