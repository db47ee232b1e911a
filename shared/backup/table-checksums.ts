import type { ClientBase } from 'pg';

export type TableSums = Record<string, { rows: number; checksum: string }>;

/**
 * Rows and content checksum of every table of the product, whatever the order of its rows: the sum of a 64-bit hash of
 * each row's text. The settings make the text the same on every server.
 */
export async function tableChecksums(client: ClientBase): Promise<TableSums> {
  await client.query(
    `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local extra_float_digits = 3;
     set local bytea_output = 'hex'; set local statement_timeout = 0`,
  );
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      order by relname`,
  );
  const sums: TableSums = {};
  for (const { name } of tables) {
    const { rows } = await client.query<{ count: string; sum: string }>(
      `select count(*) as count, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as sum
        from ${client.escapeIdentifier(name)} t`,
    );
    sums[name] = { rows: Number(rows[0]?.count ?? 0), checksum: rows[0]?.sum ?? '0' };
  }
  return sums;
}

/** Names of tables that differ, with what was expected and found. */
export function differingTables(expected: TableSums, found: TableSums): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].toSorted();
  return names
    .filter((name) => expected[name]?.rows !== found[name]?.rows || expected[name]?.checksum !== found[name]?.checksum)
    .map((name) => `${name} (${expected[name]?.rows ?? 'none'} rows expected, ${found[name]?.rows ?? 'none'} found)`);
}
