/** By which line of the decision table an order has its status (rules.md section 5.3), and what that line looked at. */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { LOOKBACK_S } from '../reconcile/context.ts';
import { decideSelect } from '../reconcile/decide.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { RuleCode } from '../texts/order-why.ts';
import { GATEWAYS } from '../rules/codes.ts';
import type { OrderFacts } from './find-order.ts';
import type { UsedCoverage } from './order-schema.ts';

export interface Judgement {
  /** 9 to 17; 0 for orphans */
  line: number;
  receipt_agrees: boolean;
  payment_agrees: boolean;
  price_differs: boolean;
  time_outside: boolean;
  hw_covered: boolean | null;
  vh_covered: boolean | null;
}

/** Judges the order once more as it stands, by the engine's own expression. */
export async function judge(db: DbOrTransaction, id: string, matching: MatchingConfig): Promise<Judgement | null> {
  const scope = `(select x.* from orders x where x.id = ?)`;
  const decided = decideSelect({
    matching,
    from: `(select x.*, x.status = 'void' as is_void from ${scope} x) o`,
    linksOf: scope,
    explain: true,
  });
  return selectRow<Judgement>(db, decided, [id, id, id]);
}

/** The line's name: 1 to 17, and 9a. */
export function ruleOf(order: OrderFacts, judgement: Judgement): RuleCode {
  if (order.order_number === null) return order.ambiguous ? '2' : '4';
  if (order.machine_conflict) return '1';
  if (order.ambiguous) return '2';
  if (!order.has_hw) return '3';
  if (!order.has_vh) return order.pending ? '6' : '5';
  if (judgement.price_differs) return '7';
  if (judgement.time_outside) return '8';
  if (judgement.line === 9 && order.payment_type !== 'test' && order.payment_type !== 'vip') return '9a';
  if (judgement.line === 13 && order.payment_type === 'qr') return '14';
  return String(judgement.line) as RuleCode;
}

export interface Span {
  from: Date;
  to: Date;
}

const reach = (time: Date, backS: number, forwardS: number): Span => ({
  from: new Date(time.getTime() - backS * 1000),
  to: new Date(time.getTime() + forwardS * 1000),
});

/** Where a proof of an order must lie; without an HW row it reaches further back. */
export function proofWindow(order: Pick<OrderFacts, 'time' | 'has_hw'>, windowS: number): Span {
  return reach(order.time, windowS + (order.has_hw ? 0 : LOOKBACK_S), windowS);
}

/** The reports whose absence or presence the status hangs on, each with the stretch that must be covered. */
export function demandedCoverage(order: OrderFacts, matching: MatchingConfig): { source: SourceName; span: Span }[] {
  const { hwVendhubWindowS, fiscalWindowS, gatewayWindowS } = matching;
  if (order.order_number === null) {
    const span = reach(order.time, ...both(order.proof_source === 'fiscal_bills' ? fiscalWindowS : gatewayWindowS));
    return [
      { source: 'happy_workers', span },
      { source: 'vendhub', span },
    ];
  }
  const demanded: { source: SourceName; span: Span }[] = [];
  if (order.base_from !== null && order.base_to !== null) {
    const span = {
      from: new Date(order.base_from.getTime() - hwVendhubWindowS * 1000),
      to: new Date(order.base_to.getTime() + hwVendhubWindowS * 1000),
    };
    demanded.push({ source: 'vendhub', span });
  } else demanded.push({ source: 'happy_workers', span: reach(order.time, hwVendhubWindowS + 600, hwVendhubWindowS) });
  if (order.unpaid || order.refunded) return demanded;
  if (order.payment_type === 'cash' || order.payment_type === 'card')
    demanded.push({ source: 'fiscal_bills', span: proofWindow(order, fiscalWindowS) });
  for (const gateway of GATEWAYS) {
    if (order.payment_type === gateway || order.payment_type === 'qr')
      demanded.push({ source: gateway, span: proofWindow(order, gatewayWindowS) });
  }
  return demanded;
}

const both = (seconds: number): [number, number] => [seconds, seconds];

/** Whether each stretch lies wholly inside what the loaded reports cover. */
export async function usedCoverage(db: DbOrTransaction, demanded: readonly { source: SourceName; span: Span }[]): Promise<UsedCoverage[]> {
  const rows = await selectRows<{ covered: boolean; empty_day: boolean }>(
    db,
    `select exists (
         select 1 from source_coverage c where c.source = d.source and c.covered_from <= d.time_from and c.covered_to >= d.time_to
       ) as covered,
       not exists (
         select 1 from source_days s
         where s.source = d.source
           and s.day between (d.time_from at time zone 'Asia/Tashkent')::date and (d.time_to at time zone 'Asia/Tashkent')::date
       ) as empty_day
     from unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) with ordinality d (source, time_from, time_to, at) order by d.at`,
    [
      demanded.map(({ source }) => source),
      demanded.map(({ span }) => span.from.toISOString()),
      demanded.map(({ span }) => span.to.toISOString()),
    ],
  );
  return demanded.map(({ source, span }, at) => ({
    source,
    from: tashkentIso(span.from),
    to: tashkentIso(span.to),
    covered: rows[at]?.covered ?? false,
    emptyDay: rows[at]?.empty_day ?? false,
  }));
}
