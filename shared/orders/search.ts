/**
 * What `q` may mean: the beginning of an order number, the key of a receipt or payment, a machine, goods. Each meaning is resolved to
 * something an index finds, by small look-ups first; no extension of the database is needed.
 */
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { GATEWAYS } from './codes.ts';
import { fold, machineCodesLike } from './machines.ts';

/** A piece of SQL with `?` for its bindings, in order. */
export interface Condition {
  sql: string;
  bindings: readonly unknown[];
}

/** One key names few records; a check number may occur once a module. */
const MAX_PROOFS = 200;

export async function searchOf(db: DbOrTransaction, q: string): Promise<Condition[]> {
  const text = q.trim();
  const [proofOrders, machines, goods] = await Promise.all([ordersOfProofs(db, text), machineCodesLike(db, text), goodsLike(db, text)]);
  const meanings: Condition[] = [];
  for (const spelling of new Set([text, text.toLowerCase()])) meanings.push(numberBeginsWith(spelling));
  if (proofOrders.length > 0) meanings.push({ sql: 'o.id = any(?::bigint[])', bindings: [proofOrders] });
  if (machines.length > 0) meanings.push({ sql: 'o.machine_code = any(?::text[])', bindings: [machines] });
  if (goods.length > 0) meanings.push({ sql: 'o.goods_name = any(?::text[])', bindings: [goods] });
  return meanings;
}

/** Numbers compare by bytes, so a prefix is a range of their unique index; no UTF-8 text sorts after U+10FFFF. */
function numberBeginsWith(prefix: string): Condition {
  return { sql: '(o.order_number >= ? and o.order_number < ?)', bindings: [prefix, `${prefix}\u{10ffff}`] };
}

async function ordersOfProofs(db: DbOrTransaction, key: string): Promise<string[]> {
  const rows = await selectRows<{ order_id: string }>(
    db,
    `(select order_id from fiscal_receipts where natural_key = ? limit ${MAX_PROOFS})
     union (select order_id from fiscal_receipts where fiscal_check_number = ? limit ${MAX_PROOFS})
     union (select order_id from gateway_payments where gateway = any(?::text[]) and natural_key = any(?::text[]) limit ${MAX_PROOFS})`,
    [key, key, [...GATEWAYS], [key, key.toLowerCase()]],
  );
  return rows.map((row) => row.order_id);
}

/** Goods are few: their table is read whole, and letters of every alphabet fold alike. */
async function goodsLike(db: DbOrTransaction, text: string): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(db, 'select name from goods');
  const part = fold(text);
  return rows.map((row) => row.name).filter((name) => fold(name).includes(part));
}
