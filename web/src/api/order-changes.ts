import type { ApiClient } from './client.ts';
import type { Page, SourceName, UserRef } from './types.ts';

/** One line of an order's history: a field of a source record (filled, changed), or a status, a link, a decision of the order. */
export interface OrderChange {
  id: string;
  source: SourceName | null;
  field: string;
  oldValue: string | null;
  newValue: string | null;
  changeType: 'filled' | 'changed' | 'status' | 'link' | 'unlink' | 'decision';
  cause: 'file' | 'recompute' | 'manual';
  version: number | null;
  changedAt: string;
  changedBy: string | UserRef | null;
  changedByName?: string | null;
  fileId: string | null;
  fileName?: string | null;
  row: number | null;
}

export function changesOf(api: ApiClient, orderId: string, limit: number, signal: AbortSignal): Promise<Page<OrderChange>> {
  return api.get<Page<OrderChange>>(`/orders/${encodeURIComponent(orderId)}/changes`, { query: { limit }, signal });
}
