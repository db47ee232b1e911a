import type { Shape } from '../../../client/shapes.ts';
import type { ApiClient } from './client.ts';
import type { Page } from './types.ts';

/**
 * One line of an order's history: a field of a source record (filled, changed), or a status, a link, a decision of the
 * order.
 */
export type OrderChange = Shape<'OrderChange'>;

export function changesOf(
  api: ApiClient,
  orderId: string,
  limit: number,
  signal: AbortSignal,
): Promise<Page<OrderChange>> {
  return api.get(`/orders/${encodeURIComponent(orderId)}/changes`, { query: { limit }, signal });
}
