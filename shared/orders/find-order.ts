/** One order by its id. */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow } from '../db/rows.ts';
import { ORDER_COLUMNS, type OrderRow } from './list-orders.ts';

/** An order with the facts that its status was decided by. */
export interface OrderFacts extends OrderRow {
  has_hw: boolean;
  has_vh: boolean;
  unpaid: boolean;
  refunded: boolean;
  base_from: Date | null;
  base_to: Date | null;
  /** VendHub's price less HW's, decimal text */
  price_delta: string | null;
  time_delta_s: number | null;
  machine_conflict: boolean;
  type_conflict: boolean;
  type_unknown: boolean;
  brew_failed: boolean;
  code_disagrees: boolean;
  times_disagree: boolean;
  ambiguous: boolean;
}

export async function findOrder(db: DbOrTransaction, id: string): Promise<OrderFacts | null> {
  return selectRow<OrderFacts>(
    db,
    `select ${ORDER_COLUMNS}, o.has_hw, o.has_vh, o.unpaid, o.refunded, o.base_from, o.base_to,
      trim_scale(o.price_delta)::text as price_delta,
       o.time_delta_s, o.machine_conflict, o.type_conflict, o.type_unknown, o.brew_failed, o.code_disagrees,
         o.times_disagree, o.ambiguous
     from orders o
     left join machines m on m.machine_code = o.machine_code
     where o.id = ?`,
    [id],
  );
}

/** The order that claimed the proof whose own row had this id; null when the id never was one. */
export async function findClaimingOrder(db: DbOrTransaction, vanishedId: string): Promise<string | null> {
  const row = await selectRow<{ order_id: string }>(
    db,
    `select order_id
     from fiscal_receipts
     where orphan_order_id = ?
     union all
     select order_id
     from gateway_payments
      where orphan_order_id = ?`,
    [vanishedId, vanishedId],
  );
  return row === null || row.order_id === vanishedId ? null : row.order_id;
}

/** The file whose taking back took the order along; null when that is not why it is not there. */
export async function findUndoneOrder(
  db: DbOrTransaction,
  id: string,
): Promise<{ fileId: string; fileName: string; orderNumber: string | null } | null> {
  const row = await selectRow<{ file_id: string; name: string; order_number: string | null }>(
    db,
    `select u.file_id, f.name, u.order_number from undone_orders u join uploaded_files f on f.id = u.file_id
      where u.order_id = ?`,
    [id],
  );
  return row === null ? null : { fileId: row.file_id, fileName: row.name, orderNumber: row.order_number };
}
