/** What can be exported and how it is asked for (api.md section 4, POST /exports). */
import type { TimeGroup } from '../analytics/buckets.ts';
import type { OrderFilter } from '../orders/order-filter.ts';

export const EXPORT_KINDS = ['orders', 'changes', 'errors', 'analytics'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** Every format of the contract; those that can be written are in formats.ts. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'xls', 'json', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export type ExportRequest =
  | { kind: 'orders'; filter: OrderFilter }
  /** history of the orders that the filter holds; of one file alone where it is named */
  | { kind: 'changes'; filter: OrderFilter & { fileId?: string } }
  | { kind: 'errors'; filter: { fileId: string } }
  | { kind: 'analytics'; filter: { from?: Date; to?: Date; group?: TimeGroup } };

/** Reads back what was stored as JSON: instants became text. */
export function restoreRequest(kind: ExportKind, stored: Record<string, unknown>): ExportRequest {
  const filter: Record<string, unknown> = { ...stored };
  for (const end of ['from', 'to']) if (typeof filter[end] === 'string') filter[end] = new Date(filter[end]);
  return { kind, filter } as ExportRequest;
}
