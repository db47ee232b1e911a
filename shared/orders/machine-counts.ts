/** The machines to choose from: how many orders of a filter each has. */
import type { MatchingConfig } from '../config.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { sumsSql } from '../sums/read-sums.ts';
import { orderConditions, type OrderFilter, whereOf } from './order-filter.ts';
import { MOST_LISTED } from './machines.ts';
import type { MachineCount } from './order-schema.ts';
import type { Condition } from './search.ts';

/**
 * The most first. Out of the sums of days where nothing but the period, or what is pending in it, is asked for; else
 * from the orders.
 */
export async function machineCounts(db: Db, filter: OrderFilter, matching: MatchingConfig): Promise<MachineCount[]> {
  const { from = null, to = null, pending, ...rest } = filter;
  if (pending !== false && Object.values(rest).every((value) => value === undefined)) {
    const period = { from, to };
    const what = pending === true ? 'pending_count' : 'count';
    return db.transaction(
      async (trx) => {
        const cells = await sumsSql(trx, { period, matching, dimensions: ['machine'] });
        return counted(trx, {
          sql: `select key as machine_code, sum(${what})::bigint as orders from (${cells}) cells
            where key is not null group by key having sum(${what}) > 0`,
          bindings: [],
        });
      },
      { readOnly: true, isolationLevel: 'repeatable read' },
    );
  }
  const where = whereOf(await orderConditions(db, filter));
  return counted(db, {
    sql: `select o.machine_code, count(*) as orders from orders o
      where o.machine_code is not null and ${where.sql} group by o.machine_code`,
    bindings: where.bindings,
  });
}

async function counted(db: DbOrTransaction, counts: Condition): Promise<MachineCount[]> {
  const rows = await selectRows<{ code: string; name: string | null; orders: string }>(
    db,
    `select c.machine_code as code, coalesce(m.address, m.category) as name, c.orders
     from (${counts.sql}) c
     left join machines m on m.machine_code = c.machine_code
     order by c.orders desc, c.machine_code
     limit ${MOST_LISTED}`,
    counts.bindings,
  );
  return rows.map(({ code, name, orders }) => ({ machineCode: code, machineName: name, orders: Number(orders) }));
}
