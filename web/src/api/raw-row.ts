import type { ApiClient } from './client.ts';
import type { SourceName } from './types.ts';

/** The row as it stands in the stored file: header and cell, in the file's own order. */
export async function rawRowOf(
  api: ApiClient,
  orderId: string,
  source: SourceName,
  signal: AbortSignal,
): Promise<[string, string][]> {
  const raw = await api.get(`/orders/${encodeURIComponent(orderId)}/raw/${encodeURIComponent(source)}`, { signal });
  const width = Math.max(raw.header.length, raw.cells.length);
  return Array.from({ length: width }, (_, index): [string, string] => [
    raw.header[index] ?? `${index + 1}`,
    String(raw.cells[index] ?? ''),
  ]);
}
