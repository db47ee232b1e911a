/** What the doctor finds of the server of PostgreSQL: its version, whether it takes writes, tables and indexes. */
import { problem, type CodeTable } from './entry.ts';

export const schemaCodes = {
  'postgres.version_old': problem('error', ['npm run backup', 'npm run restore']),
  'postgres.standby': problem('error'),
  'postgres.read_only': problem('error', [
    "PGOPTIONS='-c default_transaction_read_only=off' psql \"$DATABASE_URL\" -c 'do $$ begin execute format($s$alter database %I set default_transaction_read_only = off$s$, current_database()); end $$'",
    "PGOPTIONS='-c default_transaction_read_only=off' psql \"$DATABASE_URL\" -c 'alter role current_user reset default_transaction_read_only'",
  ]),
  'postgres.migrations_missing': problem('error', ['npm run migrate']),
  'postgres.migrations_pending': problem('error', ['npm run migrate']),
  'postgres.migrations_ahead': problem('error', ['railway redeploy']),
  'postgres.table_missing': problem('error', ['npm run restore -- --check', 'npm run restore']),
  'postgres.index_missing': problem('error', ['npm run doctor -- --fix --only postgres']),
  'postgres.permission_denied': problem('error', [
    'psql "<owner URL>" -c "grant all on all tables in schema public to ROLE"',
  ]),
  'postgres.disk_full': problem('error'),
  'postgres.write_failed': problem('error'),
  'postgres.slow': problem('warn'),
  'postgres.column_missing': problem('error', ['npm run restore -- --check']),
} as const satisfies CodeTable;
