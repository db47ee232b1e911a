/** One order in full: every leg with its fields and origin, why it has its status, and what was decided about it. */
import type { MatchingConfig } from '../config.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import {
  issueTexts,
  orderStatusTexts,
  differenceTexts,
  nearMissTexts,
  ruleTexts,
  type TextTable,
} from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderText } from '../texts/text.ts';
import { decisionsOf, decisionView } from './decision-rows.ts';
import { type Difference, differencesOf, heldProofs } from './differences.ts';
import { demandedCoverage, type Judgement, judge, usedCoverage } from './explain.ts';
import { findOrder, type OrderFacts } from './find-order.ts';
import { type Legs, legsOf } from './legs.ts';
import { type NearMiss, nearProofs } from './near-misses.ts';
import { nearOrders } from './near-orders.ts';
import type { HeldProof, OrderDetail } from './order-schema.ts';
import { orderView } from './order-view.ts';
import { fullLegs } from './record-fields.ts';

/** null when there is no such order. */
export async function orderDetail(
  db: DbOrTransaction,
  id: string,
  matching: MatchingConfig,
  lang: Lang,
): Promise<OrderDetail | null> {
  const order = await findOrder(db, id);
  if (order === null) return null;
  const legs = (await legsOf(db, [id])).get(id) as Legs;
  const full = await fullLegs(db, legs);
  const decisions = (await decisionsOf(db, [id])).get(id) ?? [];
  const judgement = await judge(db, id, matching);
  if (judgement === null) return null;
  const proofs = await heldProofs(db, order);
  const coverage = await usedCoverage(db, demandedCoverage(order, matching));
  const { rule } = judgement;
  const near = await whatLiesNear(db, order, matching);
  const differences = differencesOf({ order, judgement, legs: full, proofs, coverage, matching });
  const worded = (table: TextTable, { code, params }: { code: string; params: Record<string, string | number> }) => ({
    code,
    params,
    message: renderText(table, code, params, lang),
  });
  const missView = (miss: NearMiss) => ({ ...miss, reason: worded(nearMissTexts, miss.reason) });
  return {
    ...orderView(order, legs, decisions),
    legs: full,
    decisions: decisions.map(decisionView),
    matchScore: matchScore(order, judgement),
    ownerCode: ownerCode(order, proofs),
    why: {
      rule,
      message: renderText(ruleTexts, rule, {}, lang),
      issues: order.issues.map((code) =>
        worded(code in issueTexts ? issueTexts : orderStatusTexts, { code, params: {} }),
      ),
      figures: { price: order.price, priceDelta: order.price_delta, timeDeltaS: order.time_delta_s, proofs },
      windows: {
        hwVendhubS: matching.hwVendhubWindowS,
        fiscalS: matching.fiscalWindowS,
        gatewayS: matching.gatewayWindowS,
        amountTolerance: matching.amountTolerance,
      },
      coverage,
      differences: differences.map((difference: Difference) => worded(differenceTexts, difference)),
      candidates: near.candidates.map(missView),
      nearMisses: near.nearMisses.map(missView),
    },
  };
}

async function whatLiesNear(
  db: DbOrTransaction,
  order: OrderFacts,
  matching: MatchingConfig,
): Promise<{ candidates: NearMiss[]; nearMisses: NearMiss[] }> {
  if (order.order_number === null) return nearOrders(db, order, matching);
  // an order that has what it needs has no near miss
  if (order.status === 'fully_matched' && order.issues.length === 0) return { candidates: [], nearMisses: [] };
  return nearProofs(db, order, matching);
}

/** Number of agreeing sources (rules.md section 5.2). */
function matchScore(order: OrderFacts, judgement: Judgement): number {
  if (order.order_number === null || !order.has_hw || !order.has_vh)
    return 1 + Number(judgement.receipt_agrees || judgement.payment_agrees);
  const base = order.machine_conflict || judgement.price_differs || judgement.time_outside ? 1 : 2;
  return base + Number(judgement.receipt_agrees || judgement.payment_agrees);
}

/** The owner's error name (rules.md section 5.2); null where there is none. */
function ownerCode(order: OrderFacts, proofs: readonly HeldProof[]): string | null {
  const paid = proofs.some((proof) => proof.source !== 'fiscal_bills');
  if (GATEWAYS.some((gateway) => order.status === `${gateway}_only`)) return 'EXCESS_PAYMENT';
  switch (order.status) {
    case 'fully_matched':
      return order.issues.includes('excess_payment') ? 'EXCESS_PAYMENT' : 'OK';
    case 'hw_only':
      return 'NO_MATCH_IN_REPORT';
    case 'gateway_mismatch':
      return paid ? 'PAYMENT_MISMATCH' : 'NO_PAYMENT_FOUND';
    case 'price_mismatch':
      return 'PAYMENT_MISMATCH';
    case 'fiscal_mismatch':
      return proofs.some((proof) => proof.source === 'fiscal_bills') ? 'PAYMENT_MISMATCH' : 'FISCAL_MISSING';
    case 'matched':
      return 'PARTIAL_MATCH';
    case 'unmatched':
      return 'UNPROCESSED';
    default:
      return null;
  }
}
