import type { Knex } from 'knex';

/**
 * PostgreSQL vacuums a table once a fifth of it is dead: of twenty million orders that is never, and re-uploads leave
 * their dead rows lying. Large tables are vacuumed after one row in fifty; small ones that are rewritten all the time
 * after a thousand rows, whatever their size. These settings lock nobody out (share update exclusive).
 */
const LARGE = [
  'orders',
  'happy_workers_orders',
  'vendhub_sales',
  'fiscal_receipts',
  'gateway_payments',
  'order_issues',
  'order_changes',
  'row_errors',
  'order_sums',
] as const;
const BUSY = [
  'uploaded_files',
  'file_progress',
  'processing_sessions',
  'order_sums_stale',
  'service_instances',
  'monitor_samples',
  'refresh_tokens',
  'revoked_tokens',
  'notices',
  'storage_suspects',
  'exports',
] as const;

const LARGE_SETTINGS = {
  autovacuum_vacuum_scale_factor: 0.02,
  autovacuum_vacuum_threshold: 2_000,
  autovacuum_vacuum_insert_scale_factor: 0.05,
  autovacuum_analyze_scale_factor: 0.02,
};
const BUSY_SETTINGS = { autovacuum_vacuum_scale_factor: 0, autovacuum_vacuum_threshold: 1_000 };
/** Chunks are written and removed, never changed; their bytes lie in the table beside. */
const CHUNK_SETTINGS = {
  autovacuum_vacuum_scale_factor: 0.02,
  'toast.autovacuum_vacuum_scale_factor': 0.02,
};

const TABLES: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
  ...LARGE.map((table) => [table, LARGE_SETTINGS] as const),
  ...BUSY.map((table) => [table, BUSY_SETTINGS] as const),
  ['file_chunks', CHUNK_SETTINGS],
];

export async function up(knex: Knex): Promise<void> {
  for (const [table, settings] of TABLES) {
    const list = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    await knex.raw(`alter table ${table} set (${list.join(', ')})`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const [table, settings] of TABLES)
    await knex.raw(`alter table ${table} reset (${Object.keys(settings).join(', ')})`);
}
