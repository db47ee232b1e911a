/** What the doctor finds between the address of PostgreSQL and a session on it. */
import { problem, type CodeTable } from './entry.ts';

export const loginCodes = {
  'postgres.url_missing': problem('error', ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"]),
  'postgres.url_sqlite': problem('error', ["railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'"]),
  'postgres.wrong_password': problem('error', [
    'railway variables --service Postgres',
    "railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_URL}}'",
  ]),
  'postgres.password_missing': problem('error', ['railway variables --service Postgres']),
  'postgres.login_refused': problem('error', ['psql "$DATABASE_URL" -c "select 1"']),
  'postgres.no_database': problem('error', [
    'createdb --maintenance-db="<DATABASE_URL of the database postgres>" NAME',
  ]),
  'postgres.too_many_connections': problem('error', [
    'psql "$DATABASE_URL" -c "select application_name, state, count(*) from pg_stat_activity group by 1, 2 order by 3 desc"',
  ]),
  'postgres.connections_near_limit': problem('warn'),
  'postgres.starting': problem('error', ['railway logs --service Postgres']),
  'postgres.startup_refused': problem('error', [
    "railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_UNPOOLED_URL}}'",
  ]),
  'postgres.session_settings_lost': problem('warn', [
    "railway variables --set 'DATABASE_URL=${{Postgres.DATABASE_UNPOOLED_URL}}'",
    `psql "$DATABASE_URL" -c "alter role current_user set timezone = 'Asia/Tashkent'"` +
      ` -c "alter role current_user set statement_timeout = '30s'"` +
      ` -c "alter role current_user set lock_timeout = '1s'"` +
      ` -c "alter role current_user set idle_in_transaction_session_timeout = '5s'"`,
  ]),
  'postgres.login_failed': problem('error', ['psql "$DATABASE_URL" -c "select 1"']),
} as const satisfies CodeTable;
