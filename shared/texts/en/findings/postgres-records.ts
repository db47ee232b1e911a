export const postgresRecords = {
  'postgres.audit_broken': {
    title: 'The audit log was tampered with',
    cause:
      'The seal that an api remembers is gone or another stands in its place: rows or seals were removed or replaced, or the database was restored.',
    effect: 'What lies before the break is proved no more; a new chain goes on, whose first row names the break.',
    fix: 'Verify the chain and find out who had the access of the owner. After a restore a break is to be expected.',
  },
  'postgres.audit_unsealed': {
    title: 'Nobody seals the audit log',
    cause: 'The api has no AUDIT_KEY, or none runs.',
    effect: 'A change of these rows would not show.',
    fix: 'Give the api an AUDIT_KEY of 32 random characters and restart it.',
  },
  'postgres.dangling_records': {
    title: 'Records point to what is not there',
    cause:
      'Orders or files were removed around the program, or a backup was restored in part; the evidence says where and how many.',
    effect: 'These records are missing in lists and sums; their row of the report does not open.',
    fix: 'Restore the database from a backup made before that. The database refuses further removals.',
  },
};
