/** What makes a database slow or stop over months (docs/scale.md). */
import { problem, rung, type CodeTable } from './entry.ts';

export const upkeepCodes = {
  'postgres.upkeep': rung,
  'postgres.replica': rung,
  'postgres.replica_away': problem('warn', ['psql "$DATABASE_READ_URL" -c "select pg_is_in_recovery()"']),
  'postgres.replica_lagging': problem('warn', [
    'psql "$DATABASE_URL" -c "select application_name, state, replay_lag from pg_stat_replication"',
    'psql "$DATABASE_READ_URL" -c "select pg_wal_replay_resume()"',
  ]),
  'postgres.replica_is_primary': problem('warn'),
  'postgres.replica_other_database': problem('error'),
  'postgres.dead_rows': problem('warn', ['psql "$DATABASE_URL" -c "vacuum (analyze, verbose) TABLE"']),
  'postgres.old_transaction': problem('warn', [
    'psql "$DATABASE_URL" -c "select pg_terminate_backend(PID)"',
    'psql "$DATABASE_URL" -c "rollback prepared \'NAME\'"',
  ]),
  'postgres.wraparound_near': problem('error', ['psql "$DATABASE_URL" -c "vacuum (freeze, verbose)"']),
  'postgres.index_never_used': problem('info', ['psql "$DATABASE_URL" -c "drop index concurrently INDEX"']),
  'postgres.growing_fast': problem('warn', [
    'psql "$DATABASE_URL" -c "select * from size_samples order by at desc limit 14"',
  ]),
} as const satisfies CodeTable;
