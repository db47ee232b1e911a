/**
 * What lies near and is not linked: for an order the unclaimed and ambiguous proofs around it, for a proof the orders
 * around it, each with how far it is in time and amount and why it is not the one. Equal amounts are looked for an hour
 * around, other amounts in twice the window.
 */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRows } from '../db/rows.ts';
import { CARD_OF_RECEIPT, CASH_OF_RECEIPT, columnHoldsPrice, columnHoldsPriceSql } from '../rules/receipt-columns.ts';
import { LOOKBACK_S } from '../rules/windows.ts';
import { tashkentIso } from '../tashkent-time.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import type { ProofSource } from '../rules/codes.ts';
import type { OrderFacts } from './find-order.ts';
import { proofWindow } from './explain.ts';
import type { NearRecord } from './order-schema.ts';
import { recordIdOf } from './records.ts';
import type { NearMissCode } from '../texts/tables.ts';

const EQUAL_AMOUNT_REACH_S = 3_600;
const SHOWN = 10;

/** Its reason is worded only when it is shown. */
export type NearMiss = Omit<NearRecord, 'reason'> & {
  reason: { code: NearMissCode; params: Record<string, string | number> };
};

interface ProofRow {
  source: ProofSource;
  id: string;
  natural_key: string;
  order_id: string;
  ambiguous: boolean;
  live: boolean;
  forbidden: boolean;
  time: Date;
  amount: string;
  cash: string | null;
  card: string | null;
  amount_delta: string;
  time_delta_s: number;
  agrees: boolean;
}

/** Proofs around an order: those that tie it up (candidates), and those that nearly fit. */
export async function nearProofs(
  db: DbOrTransaction,
  order: OrderFacts,
  matching: MatchingConfig,
): Promise<{ candidates: NearMiss[]; nearMisses: NearMiss[] }> {
  const tolerance = `${matching.amountTolerance}::numeric`;
  const wants = kindsWanted(order.payment_type);
  const [receipts, payments] = [
    around({
      timeColumn: 'r.fiscal_time',
      amountColumn: 'r.amount',
      anyAmount: wants.receipts,
      windowS: matching.fiscalWindowS,
      tolerance,
    }),
    around({
      timeColumn: 'r.transaction_time',
      amountColumn: 'r.amount',
      anyAmount: wants.payments,
      windowS: matching.gatewayWindowS,
      tolerance,
    }),
  ];
  const split = `or (r.fiscal_time between ${at(-EQUAL_AMOUNT_REACH_S)} and ${at(EQUAL_AMOUNT_REACH_S)}
      and r.cash_amount > 0 and r.card_amount > 0
      and (abs(r.cash_amount - o.price) <= ${tolerance} or abs(r.card_amount - o.price) <= ${tolerance}))`;
  const rows = await selectRows<ProofRow>(
    db,
    `with o as (select id, price, time, payment_type, has_hw from orders where id = ?)
     select p.*, trim_scale(p.paid - p.price)::text as amount_delta,
       extract(epoch from p.time - p.order_time)::float8 as time_delta_s from (
       select 'fiscal_bills' as source, r.id, r.natural_key, r.order_id, r.ambiguous, r.operation_type = 'sale' as live,
         r.fiscal_time as time,
         trim_scale(r.amount)::text as amount, trim_scale(r.cash_amount)::text as cash,
           trim_scale(r.card_amount)::text as card,
         case o.payment_type when 'cash' then coalesce(nullif(r.cash_amount, 0), r.amount)
           when 'card' then coalesce(nullif(r.card_amount, 0), r.amount) else r.amount end as paid,
         o.price, o.time as order_time, ${isForbidden(`'fiscal_bills'`)} as forbidden,
         case o.payment_type when 'cash' then ${columnHoldsPriceSql(CASH_OF_RECEIPT, 'o.price', tolerance)}
           when 'card' then ${columnHoldsPriceSql(CARD_OF_RECEIPT, 'o.price', tolerance)} else false end as agrees
       from o join fiscal_receipts r on ${receipts} ${split}
       where r.link_rule is null
       union all
       select r.gateway, r.id, r.natural_key, r.order_id, r.ambiguous, r.payment_status = 'success', r.transaction_time,
         trim_scale(r.amount)::text, null, null, r.amount, o.price, o.time, ${isForbidden('r.gateway')},
         abs(r.amount - o.price) <= ${tolerance} and (o.payment_type = 'qr' or o.payment_type = r.gateway)
       from o join gateway_payments r on ${payments}
       where r.link_rule is null
     ) p
     order by abs(extract(epoch from p.time - p.order_time)), p.natural_key limit 200`,
    [order.id],
  );
  const candidates: NearMiss[] = [];
  const nearMisses: NearMiss[] = [];
  for (const row of rows) {
    const windowS = row.source === 'fiscal_bills' ? matching.fiscalWindowS : matching.gatewayWindowS;
    const window = proofWindow(order, windowS);
    const inside = row.time >= window.from && row.time <= window.to;
    if (order.ambiguous && row.ambiguous && inside && row.agrees)
      candidates.push(missOf(row, { code: 'equally_good', params: {} }));
    else
      nearMisses.push(
        missOf(row, whyNotProof(order, row, { inside, windowS, tolerance: Number(matching.amountTolerance) })),
      );
  }
  return { candidates, nearMisses: nearMisses.slice(0, SHOWN) };
}

const at = (seconds: number): string => `o.time + make_interval(secs => ${seconds})`;

const isForbidden = (source: string): string =>
  `exists (select 1 from manual_decisions d
    where d.kind = 'unlink' and d.order_id = o.id and d.proof_source = ${source} and d.proof_id = r.id
           and d.stale_at is null and d.undone_at is null)`;

/** Two stretches, each with an index of its own: (amount, time) and (time). */
function around(options: {
  timeColumn: string;
  amountColumn: string;
  anyAmount: boolean;
  windowS: number;
  tolerance: string;
}): string {
  const { timeColumn, amountColumn, anyAmount, windowS, tolerance } = options;
  const equal =
    `(${amountColumn} between o.price - ${tolerance} and o.price + ${tolerance} ` +
    `and ${timeColumn} between ${at(-EQUAL_AMOUNT_REACH_S)} and ${at(EQUAL_AMOUNT_REACH_S)})`;
  if (!anyAmount) return equal;
  return `(${equal} or ${timeColumn} between ${at(-2 * windowS - LOOKBACK_S)} and ${at(2 * windowS)})`;
}

/** Of which kind of proof every amount is worth a look. */
function kindsWanted(type: string): { receipts: boolean; payments: boolean } {
  const qr = type === 'qr' || (GATEWAYS as readonly string[]).includes(type);
  const register = type === 'cash' || type === 'card';
  return { receipts: register || type === 'unknown', payments: qr || type === 'unknown' };
}

function missOf(row: ProofRow, reason: NearMiss['reason']): NearMiss {
  return {
    recordId: recordIdOf(row),
    source: row.source,
    key: row.natural_key,
    amount: row.amount,
    time: tashkentIso(row.time),
    amountDelta: row.amount_delta,
    timeDeltaS: row.time_delta_s,
    orderId: row.order_id,
    reason,
  };
}

/** The first reason that applies, the plainest first. */
function whyNotProof(
  order: OrderFacts,
  row: ProofRow,
  { inside, windowS, tolerance }: { inside: boolean; windowS: number; tolerance: number },
): NearMiss['reason'] {
  const plain = (code: NearMissCode): NearMiss['reason'] => ({ code, params: {} });
  if (!row.live) return plain('not_live');
  if (row.forbidden) return plain('forbidden');
  const type = order.payment_type;
  const isQr = type === 'qr' || (GATEWAYS as readonly string[]).includes(type);
  if (row.source === 'fiscal_bills') {
    if (type !== 'cash' && type !== 'card') return plain('other_kind');
    const other = { column: Number(type === 'cash' ? row.card : row.cash), amount: Number(row.amount) };
    if (!row.agrees)
      return plain(columnHoldsPrice(other, Number(order.price), tolerance) ? 'other_column' : 'other_amount');
  } else {
    if (!isQr) return plain('other_kind');
    if (Math.abs(Number(row.amount_delta)) > tolerance) return plain('other_amount');
    if (!row.agrees) return plain('other_gateway');
  }
  if (!inside) return { code: 'outside_window', params: { windowS } };
  return plain(row.ambiguous ? 'equally_good' : 'taken_otherwise');
}
