/** The orders around a proof that none of them claims. */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import { columnHoldsPriceSql } from '../rules/receipt-columns.ts';
import { LOOKBACK_S } from '../rules/windows.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { proofWindow } from './explain.ts';
import type { OrderFacts } from './find-order.ts';
import type { NearMiss } from './near-misses.ts';
import { recordIdOf } from './records.ts';
import type { NearMissCode } from '../texts/tables.ts';

const EQUAL_AMOUNT_REACH_S = 3_600;
const SHOWN = 10;

/** An order near a proof; `recordId` and `key` are those of its first machine record, else of VendHub's. */
export type NearOrder = NearMiss & Required<Pick<NearMiss, 'orderNumber' | 'status' | 'paymentType'>>;

interface NearOrderRow {
  id: string;
  order_number: string;
  status: string;
  payment_type: string;
  has_hw: boolean;
  ambiguous: boolean;
  late: boolean;
  holds: boolean;
  forbidden: boolean;
  agrees: boolean;
  equal: boolean;
  time: Date;
  price: string;
  record_id: string;
  amount_delta: string;
  time_delta_s: number;
}

export async function nearOrders(
  db: DbOrTransaction,
  proof: OrderFacts,
  matching: MatchingConfig,
): Promise<{ candidates: NearOrder[]; nearMisses: NearOrder[] }> {
  const fiscal = proof.proof_source === 'fiscal_bills';
  const windowS = fiscal ? matching.fiscalWindowS : matching.gatewayWindowS;
  const tolerance = `${matching.amountTolerance}::numeric`;
  const at = (seconds: number): string => `p.time + make_interval(secs => ${seconds})`;
  const near = (amount: string): string => `o.price between ${amount} - ${tolerance} and ${amount} + ${tolerance}`;
  const holdsPrice = (column: string): string =>
    columnHoldsPriceSql({ column, amount: 'p.amount' }, 'o.price', tolerance);
  const record = fiscal
    ? `select id, amount, coalesce(cash_amount, 0) as cash, coalesce(card_amount, 0) as card, fiscal_time as time,
      operation_type = 'sale' as live from fiscal_receipts where id = ?`
    : `select id, amount, amount as cash, amount as card, transaction_time as time, payment_status = 'success' as live
      from gateway_payments where id = ?`;
  const agrees = fiscal
    ? `(o.payment_type = 'cash' and ${holdsPrice('p.cash')} or o.payment_type = 'card' and ${holdsPrice('p.card')})`
    : `(o.payment_type in ('qr', '${proof.proof_source}') and abs(p.amount - o.price) <= ${tolerance})`;
  const holds = fiscal
    ? `exists (select 1 from fiscal_receipts x where x.order_id = o.id and x.operation_type = 'sale')`
    : `exists (select 1 from gateway_payments x where x.order_id = o.id and x.payment_status = 'success')`;
  const rows = await selectRows<NearOrderRow>(
    db,
    `with p as (${record})
     select o.id, o.order_number, o.status, o.payment_type, o.has_hw, o.ambiguous, o.refunded or o.unpaid as late,
       o.time, trim_scale(o.price)::text as price,
       ${holds} as holds, ${agrees} as agrees, abs(p.amount - o.price) <= ${tolerance} as equal,
       exists (select 1 from manual_decisions d
         where d.kind = 'unlink' and d.order_id = o.id and d.proof_source = ? and d.proof_id = p.id
         and d.stale_at is null and d.undone_at is null) as forbidden,
       coalesce((select h.id from happy_workers_orders h where h.order_id = o.id order by h.creation_time, h.natural_key
         limit 1),
         (select v.id from vendhub_sales v where v.order_id = o.id order by v.event_time, v.natural_key
           limit 1)) as record_id,
       trim_scale(p.amount - o.price)::text as amount_delta, extract(epoch from p.time - o.time)::float8 as time_delta_s
     from p join orders o on o.order_number is not null and (
       (${near('p.amount')} and o.time between ${at(-EQUAL_AMOUNT_REACH_S)} and ${at(EQUAL_AMOUNT_REACH_S)})
       or o.time between ${at(-2 * windowS)} and ${at(2 * windowS + LOOKBACK_S)})
     order by abs(extract(epoch from p.time - o.time)), o.order_number limit 200`,
    [proof.proof_id, proof.proof_source],
  );
  const candidates: NearOrder[] = [];
  const nearMisses: NearOrder[] = [];
  for (const row of rows) {
    const window = proofWindow(row, windowS);
    const inside = proof.time >= window.from && proof.time <= window.to;
    if (proof.ambiguous && row.ambiguous && inside && row.agrees)
      candidates.push(view(row, { code: 'equally_good', params: {} }));
    else nearMisses.push(view(row, whyNotOrder(proof, row, { inside, windowS })));
  }
  return { candidates, nearMisses: nearMisses.slice(0, SHOWN) };
}

function view(row: NearOrderRow, reason: NearMiss['reason']): NearOrder {
  const source = row.has_hw ? 'happy_workers' : 'vendhub';
  return {
    recordId: recordIdOf({ source, id: row.record_id }),
    source,
    key: row.order_number,
    amount: row.price,
    time: tashkentIso(row.time),
    amountDelta: row.amount_delta,
    timeDeltaS: row.time_delta_s,
    orderId: row.id,
    orderNumber: row.order_number,
    status: row.status,
    paymentType: row.payment_type,
    reason,
  };
}

function whyNotOrder(
  proof: OrderFacts,
  row: NearOrderRow,
  { inside, windowS }: { inside: boolean; windowS: number },
): NearMiss['reason'] {
  const plain = (code: NearMissCode): NearMiss['reason'] => ({ code, params: {} });
  if (proof.status === 'void') return plain('not_live');
  if (row.forbidden) return plain('forbidden');
  if (!row.equal && !row.agrees) return plain('other_amount');
  if (!row.agrees) {
    if (proof.proof_source === 'fiscal_bills')
      return plain(row.payment_type === 'cash' || row.payment_type === 'card' ? 'other_column' : 'other_kind');
    return plain(GATEWAYS.some((gateway) => gateway === row.payment_type) ? 'other_gateway' : 'other_kind');
  }
  if (row.holds) return plain('has_proof');
  if (!inside) return { code: 'outside_window', params: { windowS } };
  if (row.late) return plain('late_order');
  return plain(row.ambiguous ? 'equally_good' : 'taken_otherwise');
}
