import { networkCodes } from './network.ts';
import { loginCodes } from './postgres-login.ts';
import { recordCodes } from './postgres-records.ts';
import { schemaCodes } from './postgres-schema.ts';
import { upkeepCodes } from './postgres-upkeep.ts';
import { problem, rung, type CodeTable } from './entry.ts';

export const postgresCodes = {
  ...networkCodes('postgres'),
  'postgres.tls_required': problem('error', ['export DATABASE_URL="$DATABASE_URL?sslmode=require"']),
  'postgres.tls_not_offered': problem('error'),
  'postgres.tls_self_signed': problem('error', ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem']),
  'postgres.login': rung,
  'postgres.server': rung,
  'postgres.writable': rung,
  'postgres.migrations': rung,
  'postgres.schema': rung,
  'postgres.write_read': rung,
  'postgres.audit': rung,
  'postgres.records': rung,
  'postgres.latency': rung,
  ...loginCodes,
  ...schemaCodes,
  ...recordCodes,
  ...upkeepCodes,
  'postgres.root_certificate_missing': problem('error'),
  'postgres.autovacuum_off': problem('warn', [
    'psql "$DATABASE_URL" -c "alter system set autovacuum = on" -c "alter system set track_counts = on" -c "select pg_reload_conf()"',
    'psql "$DATABASE_URL" -c "alter table TABLE reset (autovacuum_enabled)"',
  ]),
  'postgres.idle_in_transaction': problem('warn', ['psql "$DATABASE_URL" -c "select pg_terminate_backend(PID)"']),
  'postgres.pooled_transaction_mode': problem('warn'),
} as const satisfies CodeTable;
