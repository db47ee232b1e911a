/** What folder and mailbox leave alone or cannot do, and why. */
export const intakeFindings = {
  folder_missing: 'the folder is not there',
  not_a_folder: 'it is not a folder of its own but a file or a link',
  no_permission: 'no permission: the service needs to read and to write',
  read_only: 'the disk is read-only, the file cannot be put away',
  no_room: 'the disk is full, the file waits',
  other_disk: 'processed or failed is another disk: the file cannot be moved there',
  io_error: 'the disk or the network share answers with an error',
  in_use: 'another program holds the file',
  symlink: 'it is a symbolic link, these are not taken',
  special_file: 'it is no ordinary file',
  directory: 'folders inside are not looked into',
  name_unreadable: 'the name of the file is not UTF-8, rename it',
  user_unknown: 'there is no such user, no report is loaded',
  user_not_allowed: 'the user is blocked or below operator, no report is loaded',
  unreachable: 'the mail server cannot be reached',
  login_failed: 'the mail server refuses user or password',
  mailbox_missing: 'there is no such mailbox',
  message_stuck: 'the message cannot be read or moved, it waits',
  message_refused: 'the message was refused and moved to Refused',
  sender_not_allowed: 'the sender is not in INTAKE_MAIL_FROM',
  sender_unclear: 'the message has not exactly one sender',
  dmarc_failed: 'the message fails DMARC: its sender may be forged',
  no_report: 'there is no report in the message',
};

/** Lines of NAME.result.txt. */
export const intakeResults = {
  completed: 'Loaded',
  completed_with_errors: 'Loaded, some rows were rejected',
  failed: 'Not loaded',
  duplicate: 'The same file was loaded before, nothing has changed',
  cancelled: 'Cancelled',
  undone: 'Loaded and taken back',
  needs_mapping: 'A question waits on the page: which report this is. Until then it is not loaded',
  rows: 'Rows: {read} read, {new} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, {skipped} skipped',
  replaced:
    'While it was processed another file was put under its name; that one stays in the folder and is taken by itself',
  gone: 'The file was taken out of the folder while it was processed',
};
