/**
 * Return receipts (rules.md section 5.1, last rule): a return is claimed by the refunded cash or card order whose
 * linked sale receipt (same module, amount and column) is the latest before it and not yet offset; returns go in time
 * order; others stay void.
 */
import type { Client } from 'pg';
import { COUNTER_TYPES, sqlList } from '../rules/codes.ts';
import type { ReconcileContext } from './context.ts';

export interface ReturnReceipt {
  id: number;
  time: number;
  /** orders that an operator parted it from */
  forbidden?: readonly number[];
}

export interface OffsetableSale {
  orderId: number;
  time: number;
}

/**
 * Pure: both lists of one (module, amount, column), in time order; of sales at one time the lower key stands last,
 * since the last is taken first. Gives the order of each return, or null.
 */
export function offsetReturns(
  returns: readonly ReturnReceipt[],
  sales: readonly OffsetableSale[],
): Map<number, number | null> {
  const claimed = new Map<number, number | null>();
  const open: OffsetableSale[] = [];
  let next = 0;
  for (const receipt of returns) {
    for (let sale = sales[next]; sale !== undefined && sale.time < receipt.time; sale = sales[++next]) open.push(sale);
    const latest = open.findLastIndex((sale) => receipt.forbidden?.includes(sale.orderId) !== true);
    const [sale] = latest === -1 ? [] : open.splice(latest, 1);
    claimed.set(receipt.id, sale?.orderId ?? null);
  }
  return claimed;
}

/**
 * Writes into link_changes the returns whose claim differs, for all keys that have any and that this change touches.
 * Links of sales must be applied already. @returns whether there are any
 */
export async function evaluateReturns({ client }: ReconcileContext): Promise<boolean> {
  const any = await client.query(`select 1 from fiscal_receipts where operation_type = 'return' limit 1`);
  if (any.rowCount === 0) return false;
  await createKeys(client);
  const rows = await receiptsOfKeys(client);
  const groups = new Map<string, ReceiptOfKey[]>();
  for (const row of rows) {
    const group = groups.get(row.key);
    if (group === undefined) groups.set(row.key, [row]);
    else group.push(row);
  }
  const changes: Claim[] = [];
  for (const group of groups.values()) {
    const returns = group
      .filter((row) => row.is_return && row.fixed === null)
      .map((row) => ({ id: Number(row.id), time: Number(row.time), forbidden: (row.forbidden ?? []).map(Number) }));
    const sales = group
      .filter((row) => !row.is_return)
      .map((row) => ({ orderId: Number(row.order_id), time: Number(row.time) }));
    const claimed = offsetReturns(returns, sales);
    for (const row of group) {
      if (!row.is_return) continue;
      const order = row.fixed !== null ? Number(row.fixed) : (claimed.get(Number(row.id)) ?? null);
      const current = row.link_rule === null ? null : Number(row.order_id);
      if (order !== current) changes.push({ id: Number(row.id), old: Number(row.order_id), order });
    }
  }
  if (changes.length > 0) await writeClaims(client, changes);
  return changes.length > 0;
}

/**
 * What makes a return belong to a sale, of all returns that this change touches, as the work table return_keys.
 */
async function createKeys(client: Client): Promise<void> {
  const parts = `fiscal_module, amount, coalesce(cash_amount, 0) as cash, coalesce(card_amount, 0) as card`;
  await client.query(`
    insert into work_return_keys (fiscal_module, amount, cash, card)
    with touched as (
      select id from work_touched_receipts
      union
      select proof_id from work_link_changes where kind = 'r' and not is_new
      union
      select r.id from work_touched_orders t join fiscal_receipts r on r.order_id = t.order_id
    ), keys as (
      select ${parts} from touched join fiscal_receipts using (id)
    ), returns as (
      select distinct ${parts} from fiscal_receipts where operation_type = 'return'
    )
    select r.*
    from returns r
    where exists (
        select 1 from keys k
        where k.amount = r.amount and k.cash = r.cash and k.card = r.card
          and k.fiscal_module is not distinct from r.fiscal_module
      )
      -- what a corrected receipt was before: of that only amount and time are known
      or r.amount in (select amount from work_positions where of_receipt)`);
}

interface ReceiptOfKey {
  key: string;
  id: string;
  time: string;
  order_id: string;
  link_rule: string | null;
  is_return: boolean;
  fixed: string | null;
  forbidden: string[] | null;
}

/**
 * Returns of these keys, and linked sales of refunded orders, each in the order in which they are taken. Beginning with
 * what was refunded: of an amount that sells well there are receipts of years.
 */
async function receiptsOfKeys(client: Client): Promise<ReceiptOfKey[]> {
  const decided = (kind: 'link' | 'unlink'): string =>
    `from manual_decisions d
        where d.kind = '${kind}' and d.stale_at is null and d.undone_at is null
          and d.proof_source = 'fiscal_bills' and d.proof_id = r.id`;
  const { rows } = await client.query<ReceiptOfKey>(`
    select concat_ws('|', coalesce(r.fiscal_module, ''), r.amount, k.cash, k.card) as key,
      r.id,
      (extract(epoch from r.fiscal_time) * 1000)::bigint as time,
      r.order_id, r.link_rule,
      r.operation_type = 'return' as is_return,
      (
        select d.order_id ${decided('link')}
        limit 1
      ) as fixed,
      (
        select array_agg(d.order_id) ${decided('unlink')}
      ) as forbidden
    from (
      select r.* from fiscal_receipts r where r.operation_type = 'return'
      union all
      select r.*
      from orders o
      join fiscal_receipts r on r.order_id = o.id
      where o.refunded and o.payment_type in ${sqlList(COUNTER_TYPES)}
        and r.operation_type = 'sale' and r.link_rule is not null
    ) r
    join work_return_keys k on r.fiscal_module is not distinct from k.fiscal_module
      and r.amount = k.amount
      and coalesce(r.cash_amount, 0) = k.cash
      and coalesce(r.card_amount, 0) = k.card
    order by 1, r.fiscal_time,
      case when r.operation_type = 'return' then r.natural_key end collate "C",
      r.natural_key collate "C" desc`);
  return rows;
}

interface Claim {
  id: number;
  old: number;
  order: number | null;
}

async function writeClaims(client: Client, changes: readonly Claim[]): Promise<void> {
  await client.query(
    `insert into work_link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous, round)
     select 'r', c.id, c.old, c.order_id, case when c.order_id is null then null else 'return' end, false, 2
     from unnest($1::bigint[], $2::bigint[], $3::bigint[]) c (id, old, order_id)
     on conflict (kind, proof_id) do update set
       old_order_id = excluded.old_order_id, order_id = excluded.order_id, rule = excluded.rule,
         round = excluded.round`,
    [changes.map((c) => c.id), changes.map((c) => c.old), changes.map((c) => c.order)],
  );
}
