/**
 * How far apart in time the records of one sale lie, per pair of sources, and what a window twice as wide would add (rules.md section 5.1: the
 * tolerances were never settled, so the operator is shown the figures).
 *
 * VendHub: seconds by which its row lies outside the machine's own stretch (creation to end), negative before it, 0 inside. Proofs: the proof's
 * time less the order's, of linked sale receipts and successful payments.
 */
import type { Histogram } from './summary-schema.ts';

/** Seconds; a bucket runs from one edge to the next, the first and the last are open. */
const BUCKET_EDGES_S = [-600, -300, -120, -60, -30, -20, -10, -5, -2, 0, 2, 5, 10, 20, 30, 60, 120, 300, 600] as const;
export const BUCKET_EDGES = `array[${BUCKET_EDGES_S.join(', ')}]::float8[]`;

/** As width_bucket numbers them: 0 lies below the first edge. */
export const bucketOf = (seconds: number): number => BUCKET_EDGES_S.filter((edge) => edge <= seconds).length;

/** @param counts by bucket as width_bucket numbers them, 0 = below the first edge */
export function histogramOf(pair: string, toleranceS: number, matchedAt2x: number, counts: ReadonlyMap<number, number>): Histogram {
  const buckets = Array.from({ length: BUCKET_EDGES_S.length + 1 }, (_, at) => ({
    fromS: BUCKET_EDGES_S[at - 1] ?? null,
    toS: BUCKET_EDGES_S[at] ?? null,
    count: counts.get(at) ?? 0,
  }));
  return { pair, toleranceS, matchedAt2x, buckets };
}
