/** Orders as the API shows them (api.md section 4). */
import type { DbOrTransaction } from '../db/client.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { type DecisionRow, decisionsOf, decisionView } from './decision-rows.ts';
import { fieldChangesOf, type ImportFilter } from './field-changes.ts';
import { type Legs, legsOf } from './legs.ts';
import type { OrderRow } from './list-orders.ts';
import type { ListedOrder, OrderView } from './order-schema.ts';

export function orderView(row: OrderRow, legs: Legs, decisions: readonly DecisionRow[]): OrderView {
  const [decision] = decisions;
  return {
    id: row.id,
    orderNumber: row.order_number,
    machineCode: row.machine_code,
    machineName: row.machine_name,
    status: row.status,
    pending: row.pending,
    settled: row.settled,
    issues: row.issues,
    paymentType: row.payment_type,
    price: row.price,
    time: tashkentIso(row.time),
    goodsName: row.goods_name,
    version: row.version,
    lastChange: row.last_change,
    decision: decision === undefined ? null : decisionView(decision),
    legs,
  };
}

/**
 * Views of rows with their legs, decisions and field changes: three queries for all of them.
 *
 * @param imports whose changes are told; those of all imports where it names none
 */
export async function orderViews(db: DbOrTransaction, rows: readonly OrderRow[], imports: ImportFilter): Promise<ListedOrder[]> {
  const ids = rows.map((row) => row.id);
  const [legs, decisions, changes] = await Promise.all([legsOf(db, ids), decisionsOf(db, ids), fieldChangesOf(db, ids, imports)]);
  return rows.map((row) => ({
    ...orderView(row, legs.get(row.id) as Legs, decisions.get(row.id) ?? []),
    changes: changes.get(row.id) ?? [],
  }));
}
