import type { Shape } from '../client/shapes.ts';

type Status = Shape<'Order'>['status'];

/** Whether an order under it needs somebody, as the page counts; a new status does not compile until it stands here. */
const needsAttention: Readonly<Record<Status, boolean>> = {
  hw_only: true,
  vendhub_only: true,
  number_conflict: true,
  price_mismatch: true,
  gateway_mismatch: true,
  fiscal_mismatch: true,
  time_out_of_range: true,
  ambiguous_match: true,
  payme_only: true,
  click_only: true,
  uzum_only: true,
  fiscal_only: true,
  matched: false,
  fully_matched: false,
  void: false,
  unmatched: false,
};

/** The filter of the orders that need attention: what waits for a report that is not loaded yet is not among them. */
export const ATTENTION = {
  status: Object.entries(needsAttention)
    .filter(([, needed]) => needed)
    .map(([status]) => status)
    .join(','),
  pending: 'false',
} as const;
