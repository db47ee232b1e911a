/** What the work tables name as touched, looked at once: most files leave most steps without anything to do. */
import type { Client } from 'pg';
import type { LoneSide } from './facts-sql.ts';
import { type IdRanges, idRanges } from './id-ranges.ts';
import { analyzeWorkTable, MANY_ROWS } from './work-tables.ts';

export interface Touched {
  /** whose rows they are that orders came into being with, one each; null: there are none */
  side: LoneSide | null;
  /** orders of which not that is known */
  hasOthers: boolean;
  /** orders that lost their last record */
  hasVanished: boolean;
  receipts: boolean;
  payments: boolean;
  /** where all of these orders lie */
  orders: IdRanges;
}

/** Gives the planner figures of what is much. */
export async function lookAtTouched(client: Client): Promise<Touched> {
  const upTo = (table: string): string => `(select count(*) from (select from ${table} limit ${MANY_ROWS + 1}) t)::int`;
  const { rows } = await client.query<{
    side: LoneSide | null;
    hasOthers: boolean;
    hasVanished: boolean;
    orders: number;
    receipts: number;
    payments: number;
  }>(`
    select (select alone from work_touched_orders where alone is not null limit 1) as side,
      exists (select 1 from work_touched_orders where alone is null) as "hasOthers",
      exists (select 1 from work_vanished) as "hasVanished",
      ${upTo('work_touched_orders')} as orders,
      ${upTo('work_touched_receipts')} as receipts,
      ${upTo('work_touched_payments')} as payments`);
  const [found] = rows;
  if (found === undefined) throw new Error('a select without from gave no row');
  const { orders, receipts, payments, ...rest } = found;
  await analyzeWorkTable(client, 'work_touched_orders', { rows: orders });
  await analyzeWorkTable(client, 'work_touched_receipts', { rows: receipts });
  await analyzeWorkTable(client, 'work_touched_payments', { rows: payments });
  return {
    ...rest,
    receipts: receipts > 0,
    payments: payments > 0,
    orders: await idRanges(client, '(select order_id as id from work_touched_orders)', orders),
  };
}
