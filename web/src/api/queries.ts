import type { ApiClient } from './client.ts';
import type { Page, Session } from './types.ts';

/** Keys and readings that several pages share. */

export function useLimits(api: ApiClient) {
  return {
    queryKey: ['limits'],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get('/limits', { signal }),
    staleTime: 5 * 60_000,
  };
}

export function useSessionsList(api: ApiClient, limit: number) {
  return {
    queryKey: ['sessions', limit],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get('/sessions', { query: { limit }, signal }),
    refetchInterval: (query: { state: { data?: Page<Session> } }) =>
      query.state.data?.items.some((session) => session.status === 'queued' || session.status === 'processing')
        ? 3_000
        : false,
  } as const;
}
