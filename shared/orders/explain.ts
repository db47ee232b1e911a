/** By which line of the decision table an order has its status (rules.md section 5.3), and what that line looked at. */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { type DecisionRule, PROOF_RULES, RECORD_RULES } from '../rules/decision-table.ts';
import { demandedProofs, LOOKBACK_S, machineReach, proofWindowS } from '../rules/windows.ts';
import { decideSelect } from '../reconcile/decide.ts';
import { ANYWHERE } from '../reconcile/id-ranges.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { RuleCode } from '../texts/tables.ts';
import type { OrderFacts } from './find-order.ts';
import type { UsedCoverage } from './order-schema.ts';

export interface Judgement {
  /** the line that gave the status */
  rule: RuleCode;
  /** the line of what proves the payment, also where an earlier one gave the status */
  proofRule: RuleCode;
  receipt_agrees: boolean;
  payment_agrees: boolean;
  price_differs: boolean;
  time_outside: boolean;
}

type JudgedRow = Omit<Judgement, 'rule' | 'proofRule'> & { record_rule: number; proof_rule: number };

/** Judges the order once more as it stands, by the engine's own expression. */
export async function judge(db: DbOrTransaction, id: string, matching: MatchingConfig): Promise<Judgement | null> {
  const scope = `(select x.* from orders x where x.id = ?)`;
  const decided = decideSelect({
    matching,
    from: `(select x.*, x.status = 'void' as is_void from ${scope} x) o`,
    linksOf: { relation: scope, orders: ANYWHERE },
    explain: true,
  });
  const row = await selectRow<JudgedRow>(db, decided, [id, id, id]);
  if (row === null) return null;
  const { record_rule: recordRule, proof_rule: proofRule, ...figures } = row;
  const proof = noOf(PROOF_RULES, proofRule);
  return { ...figures, rule: recordRule === 0 ? proof : noOf(RECORD_RULES, recordRule), proofRule: proof };
}

function noOf(rules: readonly DecisionRule[], position: number): RuleCode {
  return (rules[position - 1] as DecisionRule).no;
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
  if (order.proof_source !== null) {
    const windowS = proofWindowS(matching, order.proof_source);
    const span = reach(order.time, windowS, windowS);
    return [
      { source: 'happy_workers', span },
      { source: 'vendhub', span },
    ];
  }
  const proofs = order.unpaid || order.refunded ? [] : demandedProofs(order.payment_type);
  return [
    demandedSale(order, matching),
    ...proofs.map((source) => ({ source, span: proofWindow(order, proofWindowS(matching, source)) })),
  ];
}

/**
 * The report of the other side of a sale: VendHub's of a machine's row, the machines' of a row that VendHub alone has.
 */
function demandedSale(order: OrderFacts, matching: MatchingConfig): { source: SourceName; span: Span } {
  const { hwVendhubWindowS: windowS } = matching;
  if (order.base_from !== null && order.base_to !== null) {
    const span = { from: reach(order.base_from, windowS, 0).from, to: reach(order.base_to, 0, windowS).to };
    return { source: 'vendhub', span };
  }
  const { backS, forwardS } = machineReach(matching);
  return { source: 'happy_workers', span: reach(order.time, backS, forwardS) };
}

/** Whether each stretch lies wholly inside what the loaded reports cover. */
export async function usedCoverage(
  db: DbOrTransaction,
  demanded: readonly { source: SourceName; span: Span }[],
): Promise<UsedCoverage[]> {
  const rows = await selectRows<{ covered: boolean; empty_day: boolean }>(
    db,
    `select exists (
         select 1 from source_coverage c
         where c.source = d.source and c.covered_from <= d.time_from and c.covered_to >= d.time_to
       ) as covered,
       not exists (
         select 1 from source_days s
         where s.source = d.source
           and s.day between (d.time_from at time zone 'Asia/Tashkent')::date
             and (d.time_to at time zone 'Asia/Tashkent')::date
       ) as empty_day
     from unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) with ordinality d (source, time_from, time_to, at)
     order by d.at`,
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
