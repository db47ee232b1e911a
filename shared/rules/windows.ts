/** How far around an order the records that belong to it may lie (rules.md 5.1, 5.3), seconds. */
import type { MatchingConfig } from '../config.ts';
import { GATEWAYS } from '../ingest/sources/index.ts';
import { COUNTER_TYPES, type ProofSource } from './codes.ts';

/**
 * How much further back the window of an order without an HW row reaches: its time is a delivery time (rules.md 5.1).
 */
export const LOOKBACK_S = 100;
/** End of an HW row's window after its creation when it was neither refunded nor delivered (rules.md 5.1 stage 2). */
export const OPEN_END_S = 600;

export interface Reach {
  backS: number;
  forwardS: number;
}

/** Of a proof around its order, without LOOKBACK_S. */
export function proofWindowS(matching: MatchingConfig, source: ProofSource): number {
  return source === 'fiscal_bills' ? matching.fiscalWindowS : matching.gatewayWindowS;
}

/** Where the HW row of a sale that VendHub alone knows would lie, around VendHub's time. */
export function machineReach({ hwVendhubWindowS }: MatchingConfig): Reach {
  return { backS: hwVendhubWindowS + OPEN_END_S, forwardS: hwVendhubWindowS };
}

/** Longest reach of any proof window around an order's time. */
export function widestWindowS(matching: MatchingConfig): number {
  return Math.max(matching.fiscalWindowS, matching.gatewayWindowS);
}

/** The reports that hold the proof of an order of this kind of payment; an untyped QR order may be in any gateway's. */
export function demandedProofs(paymentType: string): readonly ProofSource[] {
  if (COUNTER_TYPES.some((type) => type === paymentType)) return ['fiscal_bills'];
  return GATEWAYS.filter((gateway) => paymentType === gateway || paymentType === 'qr');
}

/** Sources of proofs, receipts first. */
export const PROOF_SOURCES: readonly ProofSource[] = ['fiscal_bills', ...GATEWAYS];
