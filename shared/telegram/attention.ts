/** How many orders need attention now, as the first page counts them. */
import { selectRow } from '../db/rows.ts';
import { sumsSql } from '../sums/read-sums.ts';
import type { BotDeps } from './incoming.ts';

/** @returns null when it could not be counted in time */
export async function openOrders({
  reads,
  config,
  logger,
}: Pick<BotDeps, 'reads' | 'config' | 'logger'>): Promise<number | null> {
  try {
    return await reads.transaction(
      async (trx) => {
        const cells = await sumsSql(trx, {
          period: { from: null, to: null },
          matching: config.matching,
          dimensions: ['total'],
        });
        const row = await selectRow<{ count: string }>(
          trx,
          `select coalesce(sum(problems), 0)::bigint as count from (${cells}) cells where dimension = 'total'`,
        );
        return Number(row?.count ?? 0);
      },
      { readOnly: true, isolationLevel: 'repeatable read' },
    );
  } catch (error) {
    logger.warn('orders that need attention could not be counted', { error });
    return null;
  }
}
