import type { Client } from 'pg';

/**
 * The steps that follow join these rows; without figures for a table that has just grown much the planner would scan
 * where it should seek. Only for the columns named: others are left to autovacuum.
 */
export async function refreshStatistics(
  client: Client,
  table: string,
  added: number,
  columns: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ known: number }>(
    `select reltuples as known from pg_class where oid = $1::regclass`,
    [table],
  );
  if (added > 0.1 * Math.max(Number(rows[0]?.known ?? 0), 0))
    await client.query(`analyze ${table} (${columns.join(', ')})`);
}
