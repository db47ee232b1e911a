import type { MatchingConfig } from '../config.ts';
import type { Range } from './ranges.ts';

/** What cells are counted of. */
export interface CellRequest {
  ranges: readonly Range[];
  matching: MatchingConfig;
}

/** What a cell says besides day, dimension, key, count and sum where nothing is pending or a problem in it. */
export const PLAIN = '0::bigint as problems, 0::bigint as pending_count, 0::numeric as pending_sum';
export const TIMELESS = 'null::timestamptz as first, null::timestamptz as last';
