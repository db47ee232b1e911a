/** Buckets of differences in time, as sums count them and histograms show them. */

/** Seconds; a bucket runs from one edge to the next, the first and the last are open. */
export const BUCKET_EDGES_S = [
  -600, -300, -120, -60, -30, -20, -10, -5, -2, 0, 2, 5, 10, 20, 30, 60, 120, 300, 600,
] as const;
/** The same as an array in SQL. */
export const BUCKET_EDGES = `array[${BUCKET_EDGES_S.join(', ')}]::float8[]`;

/** As width_bucket numbers them: 0 lies below the first edge. */
export const bucketOf = (seconds: number): number => BUCKET_EDGES_S.filter((edge) => edge <= seconds).length;
