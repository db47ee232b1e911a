/** Why an export has no file (Export.error of api.md section 4). */
export const exportErrors = {
  expired: { text: 'The export was kept for a day and is gone', hint: 'Ask for the export again.' },
  cancelled: 'The export was cancelled',
  export_timeout: {
    text: 'The export took longer than {minutes} and was stopped',
    hint: 'Choose a shorter period or a narrower filter.',
  },
  poison: {
    text: 'The export failed after {attempts} attempts',
    hint: 'Ask for it again; if that fails, tell an administrator.',
  },
  user_blocked: 'Whoever asked for the export was blocked',
};

/** A refused request for an export, as `details.issues` says it. */
export const exportRequests = {
  file_unknown: 'There is no such file',
  exports_full:
    'Your exports kept: {count}, {megabytes} MB in all. Cancel what you need no more, or wait until tomorrow',
  too_many_exports: 'Your exports being prepared: {count}. Wait for them',
};
