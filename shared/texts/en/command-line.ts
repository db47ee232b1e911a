/** What `vhm24r` says. */
export const commandLine = {
  usage: 'usage: vhm24r COMMAND [options]',
  usageOf: 'usage: vhm24r {usage}',
  everywhere:
    'All commands: --json (JSON alone), --help. Server and token: VHM24R_URL and VHM24R_TOKEN, or vhm24r login.',
  exits: 'Exit: 0 all done, 1 something failed, 2 questions are open, 3 usage, 4 the server is away.',
  noCommand: 'there is no command “{name}”',
  wrongOption: 'there is no such option: {option}',
  needsValue: '{option} needs a value',
  noValue: '{option} takes no value',
  needsArgument: 'missing: {what}',
  oneOf: '{option} is one of {values}',
  noServer: 'where is the server? Set VHM24R_URL, or run vhm24r login',
  noToken: 'there is no token for {url}: set VHM24R_TOKEN, or run vhm24r login',
  badUrl: 'this is no address of a server: {url}',
  openSettings: 'others can read the token in {path}: chmod 600 {path}',
  brokenSettings: '{path} cannot be read: run vhm24r login',
  askUrl: 'Address of the server: ',
  askToken: 'Personal token (not shown): ',
  noTokenGiven: 'no token was given',
  loggedIn: '{name} ({role}), kept in {path}',
  away: 'the server is away ({url}): {reason}',
  refused: '{message} [{code}]',
  waiting: 'the server asks to wait {seconds} s',
  noFile: 'the file cannot be read: {path} ({reason})',
  fileChanged: 'the file changed while it was sent: {path}',
  sending: 'sending',
  processing: 'processing',
  sent: 'files sent: {count} ({bytes})',
  session: 'session {id}: {status}',
  lookThere: 'a question about the file: {url}/files/{id}',
  rows: 'rows {read}: {new} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, {skipped} skipped',
  wouldDo: '{new} orders would be new, {changed} would change',
  orders: 'orders shown: {count}',
  ordersMore: 'orders shown: {count}; there are more: --limit or --all',
  noOrder: 'there is no order with the number {number}',
  nothingMissing: 'Nothing is missing.',
  saved: '{path}: rows {rows}, {bytes}',
  savedFile: '{path}',
  fileExists: 'the file exists: {path} (--force replaces it)',
  /** what the history says where nobody gave a reason */
  undoReason: 'taken back from the command line',
  needsReason: 'the reason is too short: --reason "…" (10 characters at least)',
  undoRows: 'rows: {removed} removed, {restored} restored, {kept} kept',
  undoOrders: 'orders: {removed} removed, {changed} changed',
  undoDry: 'a dry run: nothing was changed',
  watching: 'watching {path}, Ctrl-C stops',
  status: 'status',
};

/** What each command of `vhm24r` does, for its overview. */
export const commands = {
  upload: 'upload reports',
  status: 'how an upload is getting on',
  orders: 'orders; --attention: those that need it',
  order: 'one order, and why it has its status',
  missing: 'which reports are missing',
  export: 'export to a file',
  undo: 'take the import of a file back',
  watch: 'upload what is put into a folder',
  templates: 'download examples of the reports',
  doctor: 'what is broken at the server, and what mends it',
  login: 'keep server and token',
};

/** First lines of tables for people; programs read the names of the contract. */
export const tableHeads = {
  orders: ['Time', 'Number', 'Machine', 'Goods', 'Payment', 'Price', 'Status', 'Why'],
  legs: ['Source', 'Key', 'File', 'Row'],
};

/** States of sessions, files and undos (api.md 3). */
export const states = {
  queued: 'queued',
  processing: 'processing',
  completed: 'completed',
  completed_with_errors: 'completed, some rows were rejected',
  session_with_errors: 'completed, not everything was loaded',
  failed: 'failed',
  cancelled: 'cancelled',
  needs_mapping: 'there is a question',
  duplicate: 'was loaded before',
  previewed: 'looked at, not loaded',
  undone: 'taken back',
  blocked: 'blocked',
};

/** Bytes and their thousands. */
export const bytes = ['B', 'KB', 'MB', 'GB'];
