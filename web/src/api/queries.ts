import { keepPreviousData } from '@tanstack/vue-query';
import type { MaybeRefOrGetter } from 'vue';
import { toValue } from 'vue';
import type { ApiClient } from './client.ts';
import type { FileItem, Limits, Page, Session } from './types.ts';

/** Keys and readings that several pages share. */

export function useLimits(api: ApiClient) {
  return {
    queryKey: ['limits'],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Limits>('/limits', { signal }),
    staleTime: 5 * 60_000,
  };
}

export function useSessionsList(api: ApiClient, limit: number) {
  return {
    queryKey: ['sessions', limit],
    queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Page<Session>>('/sessions', { query: { limit }, signal }),
    refetchInterval: (query: { state: { data?: Page<Session> } }) =>
      query.state.data?.items.some((session) => session.status === 'queued' || session.status === 'processing') ? 3_000 : false,
  } as const;
}

export function useFilesPage(api: ApiClient, filter: MaybeRefOrGetter<{ status: string[]; source: string[]; cursor: string | null }>) {
  return {
    queryKey: ['files', filter],
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const { status, source, cursor } = toValue(filter);
      return api.get<Page<FileItem>>('/files', { query: { status, source, cursor, limit: 50 }, signal });
    },
    placeholderData: keepPreviousData,
  };
}
