/** What the commands of the shell say to whoever runs them (`npm run user`, `keys`, `migrate`, `audit:verify`). */
export const people = {
  usage: `usage: npm run user -- COMMAND
  list                           everybody, newest first
  add EMAIL [--role ROLE] [--name "FIRST LAST"]   an approved account (default role viewer)
  approve WHO [--role ROLE]      lets an applicant in
  block WHO                      ends all sign-ins at once and lets nobody in any more
  role WHO ROLE                  another role; ends all sign-ins
  reset WHO                      another password; ends all sign-ins
  confirm-tokens WHO             lets personal API tokens work again that a restore has suspended
  WHO is an id, an e-mail address or telegram:ID. Roles: {roles}.
  add and reset make a password and show it once; --password-stdin takes one from standard input, --password TEXT
  from the command line (where other programs of this machine can see it).
Needs DATABASE_URL only. Exit codes: 0 done, 1 failed, 3 usage.`,
  noEmail: '{who} is not an e-mail address',
  noRole: 'a role is one of {roles}',
  unknown: 'nobody is known as {who}',
  shortPassword: 'a password has {count} characters or more',
  weakPassword: 'this password is among the first that somebody would guess: {why}',
  too_common: 'it is one of the most common',
  repeated: 'it repeats itself',
  sequence: 'it follows the alphabet, the digits or a row of keys',
  personal: 'it is made of a name or an address',
  lastAdmin: 'this is the last admin: make another one first',
  emailKnown: 'this e-mail address has an account already',
  tokensWork: '{count} personal API tokens work again',
  password: 'password: {password}',
  nobody: 'nobody yet',
};

export const keys = {
  usage: `usage: npm run --silent keys -- COMMAND
  new       a first key: prints a value for JWT_SECRETS
  add       step 1 of a rotation: the present JWT_SECRETS with a new key last, accepted by all but signing nothing yet
  promote   step 2, once every api has restarted with the former: the last key moves to the front and signs
  retire    step 3, an hour later: only the signing key stays
  list      ids of the present keys
  All but new read JWT_SECRETS. The new value goes to standard output, what to do with it to standard error.
  Where DATABASE_URL is set, the step is written into the audit log (ids only).
  Exit codes: 0 done, 1 failed, 3 usage.`,
  new: 'Set JWT_SECRETS of every api to this.',
  add: 'Set JWT_SECRETS of every api to this and restart one after another. When all have, run: keys promote',
  promote:
    'Set JWT_SECRETS of every api to this and restart one after another. An hour after the last (no token lives longer), run: keys retire',
  retire: 'Set JWT_SECRETS of every api to this and restart one after another. The old key is worthless now.',
  noKeys: 'JWT_SECRETS is not set: make a first key with: keys new',
  nothingToPromote: 'there is one key only: add another first',
  nothingToRetire: 'there is one key only: nothing to retire',
  signs: 'signs',
  isAccepted: 'is accepted',
  none: 'no keys',
};

export const migrate = {
  usage: `usage: npm run migrate -- [--down]
  Brings the database of DATABASE_URL to the latest migration; --down takes the last one back.
  Exit codes: 0 done, 1 failed, 3 usage.`,
  ahead: 'the schema is ahead of this version ({names}): nothing to do',
  ran: '{count} run',
  nothing: 'nothing to do',
  locked: 'another migration has held the lock for {waitMs} ms',
  diverged: 'the database has migrations that this version does not know ({names}): use the version that made them',
};

export const auditVerify = {
  usage: `usage: npm run audit:verify -- [--head SEQ:SEAL]... [--log FILE]... [--json]
  Goes through the sealed audit log and says what was changed, removed or cut off. Needs DATABASE_URL and AUDIT_KEY;
  compares with the heads in AUDIT_ANCHOR where that is set.
  --log FILE       a log of the api (JSON lines; - = standard input): every head it tells must still be in the chain
  --head SEQ:SEAL  one such head by hand
  Exit codes: 0 whole, 1 something is wrong (also rows that nobody seals), 3 usage.`,
  noKey: 'AUDIT_KEY is not set',
  badHead: 'this is no head: {head}',
  noLog: 'the log cannot be read: {path} ({reason})',
  wrong: 'WRONG',
  notChecked: 'NOT CHECKED',
  seal: 'seal {seq}',
  row: 'row {id}',
  waiting: '{count} rows wait for a seal since over a minute: no api with AUDIT_KEY runs',
  sealed: '{sealed} rows sealed, {unsealed} not yet; head {head}',
  none: 'none',
  whole: 'the audit log is whole',
  notWhole: 'the audit log is NOT whole',
};

/** By the kind of what is wrong. */
export const auditFaults = {
  broken_link: 'the row is not the one that was sealed',
  row_missing: 'the row is gone',
  seal_missing: 'a seal is gone',
  other_key: 'sealed with another AUDIT_KEY',
  chain_restarted: 'the chain was broken before this: the sealer found it and began anew, the row says what was there',
  late_insert: 'the row was slipped in: its time does not fit the time it was sealed',
  anchor_shortened: 'AUDIT_ANCHOR had lost heads here: an older or shorter copy was put in its place',
  emptied: 'there were rows once, and nothing is left of the log',
  fork: 'the log or AUDIT_ANCHOR tells two different seals of this place: there were two chains',
  cut_off: 'the chain was cut off here: its head is further on',
  head_missing: 'there are seals, but no head',
  base_forged: 'what says where the chain begins was not written with this key: rows may have been cut off before it',
  head_forged: 'the head does not belong to this chain',
  older_than_log: 'the log knows another seal here, or a later head: rows were cut off, or an older copy was put back',
};

/** What the verification had nothing to compare with. */
export const auditNotChecked = {
  no_outside_head: 'whether rows, seals and head were cut off together: give AUDIT_ANCHOR, --log or --head',
  untimed_seals: 'whether rows were slipped in among those that an older version sealed, without their time',
  late_seals:
    'whether rows sealed long after their time are as they were then: no api ran, or somebody had them sealed anew',
};

/** Variables that these commands read and cannot use. */
export const configuration = {
  faults: 'configuration: {faults}',
  missing: 'is not set',
  DATABASE_URL: 'is not a URL that starts with postgres:// or postgresql://',
  NODE_ENV: 'is production, development or test',
  STORAGE_URL: 'is file:<folder>, postgres: or s3://bucket/prefix',
  BACKUP_KEEP_DAYS: 'is a number from 1 to 3650',
  AUDIT_KEY: 'has 32 characters or more',
  AUDIT_ANCHOR: 'is file:PATH or s3://bucket/prefix',
  secretsForm: 'has the form kid:secret[,kid:secret...]',
  secretRefused: 'the secret of key "{kid}" is refused ({why}); make one with: npm run --silent keys -- new',
  secretTwice: 'key id "{kid}" occurs twice',
  too_short: 'shorter than 32 characters',
  known_default: 'known to everybody',
  repeated_word: 'one word repeated',
  few_characters: 'few different characters',
};

/** The doctor's own command line; what it finds is said in `doctor`. */
export const doctorCommand = {
  usage: `usage: npm run doctor -- [--json] [--only AREA[,AREA...]] [--lang {langs}]
                             [--strict] [--fix [--dry-run]] [--list] [--memory FILE]
  Says what is broken, why, and what mends it. Areas: {areas}
  --redact-urls is always on. --document prints docs/doctor.md.
  Exit codes: 0 fine or warnings, 1 errors, 2 warnings with --strict, 3 usage, 4 the doctor itself failed.`,
  noLang: '--lang is one of {langs}',
  noArea: 'there is no area "{area}"',
  dryRun: '--dry-run goes with --fix',
};
