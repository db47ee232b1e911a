/**
 * How far apart in time the records of one sale lie, per pair of sources, and what a window twice as wide would add
 * (rules.md section 5.1: the tolerances were never agreed on, so the operator is shown the figures).
 *
 * VendHub: seconds by which its row lies outside the machine's own stretch (creation to end), negative before it, 0
 * inside. Proofs: the proof's time less the order's, of linked sale receipts and successful payments.
 */
import { BUCKET_EDGES_S } from '../sums/time-buckets.ts';
import type { Histogram } from './summary-schema.ts';

/** @param counts by bucket as width_bucket numbers them, 0 = below the first edge */
export function histogramOf(
  pair: string,
  toleranceS: number,
  matchedAt2x: number,
  counts: ReadonlyMap<number, number>,
): Histogram {
  const buckets = Array.from({ length: BUCKET_EDGES_S.length + 1 }, (_, at) => ({
    fromS: BUCKET_EDGES_S[at - 1] ?? null,
    toS: BUCKET_EDGES_S[at] ?? null,
    count: counts.get(at) ?? 0,
  }));
  return { pair, toleranceS, matchedAt2x, buckets };
}
