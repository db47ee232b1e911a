import type { Client } from 'pg';

/**
 * Runs a statement without a method that the planner takes for cheaper than it is there, inside a transaction and in
 * one round trip. @returns how many rows it wrote
 */
export async function runWithout(
  client: Client,
  method: 'bitmapscan' | 'hashjoin',
  statement: string,
): Promise<number> {
  const results: unknown = await client.query(`
    set local enable_${method} = off;
    ${statement};
    set local enable_${method} = on`);
  const [, written] = results as [unknown, { rowCount: number | null }, unknown];
  return written.rowCount ?? 0;
}
