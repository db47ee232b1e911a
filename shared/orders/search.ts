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

/**
 * The unique index of order numbers has the collation of the database. A range in it holds every number with a prefix of letters and
 * digits, whatever that collation is, and possibly others: starts_with has the last word.
 */
function numberBeginsWith(prefix: string): Condition {
  const head = /^[0-9A-Za-z]*/.exec(prefix)?.[0] ?? '';
  const next = following(head);
  const parts = ['starts_with(o.order_number, ?)'];
  const bindings = [prefix];
  if (head !== '') {
    parts.push('o.order_number >= ?');
    bindings.push(head);
  }
  if (next !== null) {
    parts.push('o.order_number < ?');
    bindings.push(next);
  }
  return { sql: `(${parts.join(' and ')})`, bindings };
}

/** The least text after everything that begins with this one, in any collation that sorts digits and letters as people do. */
function following(head: string): string | null {
  const last = head.at(-1)?.toLowerCase();
  if (last === undefined || last === 'z') return null;
  return head.slice(0, -1) + (last === '9' ? 'a' : String.fromCharCode(last.charCodeAt(0) + 1));
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

/** Distinct goods are read by skipping through their index: as many look-ups as there are goods, whatever the number of orders. */
async function goodsLike(db: DbOrTransaction, text: string): Promise<string[]> {
  const rows = await selectRows<{ name: string }>(
    db,
    `with recursive goods as (
       (select goods_name as name from orders where goods_name is not null order by goods_name limit 1)
       union all
       select (select o.goods_name from orders o where o.goods_name > g.name order by o.goods_name limit 1) from goods g where g.name is not null
     ) select name from goods where name is not null`,
  );
  const part = fold(text);
  return rows.map((row) => row.name).filter((name) => fold(name).includes(part));
}
