import type { ApiClient } from './client.ts';
import type { ErrorGroup } from './types.ts';

/** Rejected rows by kind and column, each with its first rows. */
export async function errorGroupsOf(api: ApiClient, fileId: string, signal: AbortSignal): Promise<ErrorGroup[]> {
  return (await api.get(`/files/${encodeURIComponent(fileId)}/errors/groups`, { signal })).items;
}
